import ArgumentParser
import ClaimFormats
import ClaimPipeline
import ClaimsApp
import ClaimsDomain
import DurableExecution

struct ReconcileCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reconcile",
    abstract: "Hold a store against its bank's books, and put on record what the bank has paid and the store has lost.",
    discussion: """
      A store that was restored from a backup knows nothing of the payments that were made after it; a second store that \
      is paid from the same bank knows nothing of the first one's. Neither pays anything before it is reconciled. \
      Afterwards a claim that the bank has paid is closed with that payment when it is processed again, and no money \
      moves. Where the bank has paid something else than is due now, the claim waits for a person.

      EXAMPLES
        claims reconcile --store sqlite:payer.db
        claims reconcile --store postgres:///claims --gateway http://bank:8090

      Exit status: 0 when nothing is left to do; 65 when transfers are left that a person has to look at.
      """)

  @OptionGroup var store: StoreOptions

  @OptionGroup var bank: BankArguments

  @Option(help: "text for people, json for programs: an object for each transfer that is left, and a summary.")
  var output: OutputForm = .text

  func run() async throws {
    do {
      try bank.options.check(for: store.store)
      let isDone = try await reconcile(try await store.store.openExisting())
      if !isDone { throw ExitCode(ExitStatus.badInput.rawValue) }
    } catch {
      throw ExitStatus.of(error)
    }
  }

  /// - Returns: whether nothing is left to do.
  private func reconcile(_ open: some ClaimStore) async throws -> Bool {
    let location = store.store
    guard let connection = try await BankConnection.find(bank.options, of: open, at: location, to: .look) else {
      throw SetupError.unavailable(
        "\(location): its bank is not at hand; name it with --gateway URL, or its books with --bank-db FILE")
    }
    let found = try await Reconciliation(open, with: connection.books, of: connection.link).reconcile()
    let left = try await open.read { try OpenTransfer.all(in: $0) }
    var output = Output()
    switch self.output {
    case .text:
      output.line("bank \(connection.link.bank): \(found.counted("transfer")) found that the store knew nothing of")
      for open in left { output.line("\(open.line)\n  \(open.advice)") }
      output.line(
        left.isEmpty ? "every transfer is accounted for" : "\(left.count.counted("transfer")) left to account for")
    case .json:
      for open in left { output.bytes(open.jsonLine) }
      output.bytes(OpenTransfer.summary(found: found, left: left.count))
    }
    output.flush()
    return left.isEmpty
  }
}

extension OpenTransfer {
  /// `transfer-7  95.00  to 1234567893  for CLM-…`
  fileprivate var line: String {
    "\(transfer.id)  \(transfer.amount)  to \(transfer.payee)  for \(transfer.reference)"
  }

  fileprivate var code: String {
    switch meaning {
    case .claimNotHere: "claim-not-here"
    case .claimUnderWay: "claim-under-way"
    case .refusedForIt: "refused-for-it"
    case .differs: "differs"
    case .notDue: "not-due"
    case .paidTwice: "paid-twice"
    case .returned: "returned"
    }
  }

  fileprivate var advice: String {
    switch meaning {
    case .claimNotHere:
      "the claim is not in this store: process its file again, and it is closed with this transfer"
    case .claimUnderWay: "the claim is closed with this transfer when it is processed again"
    case .refusedForIt(let key):
      "the payment of the claim was refused, since this transfer pays it: run `claims keys release '\(key)' --reason …`, "
        + "then process the claim again, and it is closed with this transfer"
    case .differs(let due):
      "by today's decision \(due) is due: find out which is right before its payment is released"
    case .notDue(let status): "the claim is \(status.rawValue) here, and the bank has paid it: find out which is right"
    case .paidTwice: "the claim is paid here by another transfer: have this one returned"
    case .returned: "the money came back: nothing stands"
    }
  }

  fileprivate var jsonLine: [UInt8] {
    var json = OrderedJSON()
    json.object { json in
      json.member("transfer_id", transfer.id)
      json.member("tracking_id", transfer.trackingID.text)
      json.member("amount", transfer.amount)
      json.member("payer", transfer.payer.text)
      json.member("payee", transfer.payee)
      json.member("claim_intake_id", transfer.reference)
      json.member("meaning", code)
      if case .differs(let due) = meaning { json.member("due", due) }
      json.member("advice", advice)
    }
    return json.bytes + [UInt8(ascii: "\n")]
  }

  fileprivate static func summary(found: Int, left: Int) -> [UInt8] {
    var json = OrderedJSON()
    json.object { json in
      json.key("summary")
      json.object { json in
        json.member("found", found)
        json.member("left", left)
      }
    }
    return json.bytes + [UInt8(ascii: "\n")]
  }
}
