import ArgumentParser
import ClaimOperations
import ClaimStore
import ClaimsApp
import ClaimsDomain

struct ReceiptCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "receipt",
    abstract: "Show what the bank has signed about a payment, or verify such a receipt.",
    discussion: """
      A receipt proves that the bank has said that it moved the money. It does not prove that the money arrived.

      EXAMPLES
        claims receipt show A-1001 > receipt.jws
        claims gateway --db bank.db --print-keys > bank.jwks     what the bank publishes at /.well-known/jwks.json
        claims receipt verify receipt.jws --keys bank.jwks       needs no store
      """,
    subcommands: [Show.self, Verify.self])
}

extension ReceiptCommand {
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Print what the bank has signed about a payment, byte for byte, a line for each transfer.",
      discussion: """
        ID is a payment id (PAY-…), a claim intake id (CLM-…), or the provider's claim number. A payment that was voided \
        has a second receipt, for the money that came back.
        """)

    @OptionGroup var store: StoreOptions

    @Argument(
      help: ArgumentHelp("A payment id, a claim intake id or a claim number.", valueName: "ID"), completion: .claims)
    var id: String

    @Option(name: .customLong("output"), help: "text for the receipts alone, json for programs: an object a payment.")
    var form: OutputForm = .text

    func run() async throws {
      do {
        let payments = try await store.store.openForReading().read { [id] in try $0.payments(named: id) }
        guard !payments.isEmpty else {
          throw SetupError.badInput("there is no payment of \(id.prefix(80)) in \(store.store)")
        }
        guard payments.contains(where: { $0.receipt != nil }) else {
          throw SetupError.badInput(
            "the bank has signed nothing about \(id.prefix(80)): no money moved, or its bank signs no receipts")
        }
        var output = Output()
        for payment in payments {
          switch form {
          case .text: for receipt in [payment.receipt, payment.returnReceipt] { receipt.map { output.line($0) } }
          case .json: output.bytes(ReceiptPage.json(payment))
          }
        }
        output.flush()
      } catch {
        throw ExitStatus.of(error)
      }
    }
  }
}
