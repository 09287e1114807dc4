import ArgumentParser
import BankProtocol
import ClaimFormats
import ClaimOperations
import ClaimPipeline
import ClaimStore
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
      Afterward a claim that the bank has paid is closed with that payment when it is processed again, and no money \
      moves. Where the bank has paid something else than is due now, the claim waits for a person, who takes the payment \
      back where it is not due.

      EXAMPLES
        claims reconcile --store sqlite:payer.db
        claims reconcile --store postgres:///claims --gateway http://bank:8090
        claims reconcile take-back transfer-7 --reason 'decided by the wrong fees' --store sqlite:payer.db
      """,
    subcommands: [Find.self, TakeBack.self],
    defaultSubcommand: Find.self)
}

extension ReconcileCommand {
  struct Find: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "find",
      abstract: "Find transfers that the store knows nothing of, and list those that are still open.",
      discussion: "Exit status: 0 when nothing is left to do; 65 when transfers are left to account for.")

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
    private func reconcile(_ open: ClaimStore) async throws -> Bool {
      let connection = try await bank.find(for: open, at: store.store, to: .look)
      let found = try await Reconciliation(open, with: connection.books, of: connection.link).reconcile()
      let left = try await open.read { try OpenTransfer.all(in: $0) }
      var output = Output()
      switch self.output {
      case .text:
        output.line(
          "bank \(connection.link.bank): \(found.counted("transfer")) found that the store knew nothing of")
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

  struct TakeBack: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "take-back",
      abstract: "Have the bank return a transfer that is not due.",
      discussion: """
        Only for a transfer that `claims reconcile` has found, whose claim is decided here, and where something else or \
        nothing is due. Who says so and why is on record before the bank is told. The money comes back whole, once, \
        however often it is asked for. Then process the claim again: what is due is paid.

        A transfer for a claim that is not here may be another store's, or for a claim that was decided by hand after the \
        backup was made. Such a one is taken back with --unknown-claim only.
        """)

    @Argument(help: ArgumentHelp("The bank's number for the transfer.", valueName: "TRANSFER"))
    var transfer: String

    @Flag(help: "Take it back though its claim is not in this store.")
    var unknownClaim = false

    @OptionGroup var person: PersonOptions

    @OptionGroup var store: StoreOptions

    @OptionGroup var bank: BankArguments

    func run() async throws {
      do {
        try bank.options.check(for: store.store)
        Output.say(try await takeBack(try await store.store.openExisting()))
      } catch {
        throw ExitStatus.of(error)
      }
    }

    private func takeBack(_ open: ClaimStore) async throws -> String {
      let (transfer, signOff) = (transfer, try person.signOff())
      guard try await open.read({ try $0.foundTransfer(named: transfer) }) != nil else { throw refusal(.notFound) }
      let connection = try await bank.find(for: open, at: store.store, to: .pay)
      let agent = ReturnAgent(
        open, at: connection.bank, books: connection.books, runner: DurableRunner(worker: .thisProcess()))
      let outcome: ActivityOutcome<ReturnResponse>
      do {
        outcome = try await agent.takeBack(transfer, evenIfUnknown: unknownClaim, by: signOff)
      } catch let error as ReturnRefusal {
        throw refusal(error)
      } catch let failure as ActivityFailure {
        throw SetupError.unavailable("\(failure.message); run it again")
      }
      switch outcome {
      case .completed(let done):
        return "\(transfer) of \(done.response.amount) came back; process its claim again, and what is due is paid"
      case .failed(let failure, _):
        throw SetupError.badInput("\(transfer.shown): the bank does not take it back: \(failure.message)")
      case .inProgress:
        throw SetupError.unavailable("\(transfer.shown): whether it came back is not known yet; run it again")
      case .mismatch(let key):
        throw SetupError.badInput("\(transfer.shown): key \(key) was used for another request; nothing was changed")
      }
    }

    private func refusal(_ refusal: ReturnRefusal) -> SetupError { .badInput("\(transfer.shown): \(refusal)") }
  }
}

extension BankArguments {
  /// Finds the bank of a store.
  ///
  /// - Throws: `SetupError` when the bank is not available, `StoreFailure`.
  fileprivate func find(
    for store: ClaimStore, at location: StoreLocation, to purpose: BankConnection.Purpose
  ) async throws -> BankConnection {
    guard let connection = try await BankConnection.find(options, of: store, at: location, to: purpose) else {
      throw SetupError.unavailable(
        "\(location): its bank is not at hand; name it with --gateway URL, or its books with --bank-db FILE")
    }
    return connection
  }
}

extension String {
  /// The text as it was typed, shortened and without control characters.
  fileprivate var shown: String { String(displayed.prefix(80)) }
}

extension OpenTransfer {
  /// A line such as `transfer-7  95.00  to 1234567893  for CLM-…`.
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
    case .paidAnew: "paid-anew"
    case .cameBack: "came-back"
    case .returned: "returned"
    }
  }

  fileprivate var advice: String {
    switch meaning {
    case .claimNotHere:
      "the claim is not in this store: process its file again, or decide it by hand as before, and it is closed with this "
        + "transfer; where it is not due, run `claims reconcile take-back \(transfer.id) --unknown-claim --reason …`"
    case .claimUnderWay: "the claim is closed with this transfer when it is processed again"
    case .refusedForIt(let key):
      "the payment of the claim was refused, since this transfer pays it: run `claims keys release '\(key)' --reason …`, "
        + "then process the claim again, and it is closed with this transfer"
    case .differs(let due, _):
      "by today's decision \(due) is due: where that is right, run `claims reconcile take-back \(transfer.id) "
        + "--reason …` and process the claim again"
    case .notDue(let status):
      "the claim is \(status.rawValue) here, and the bank has paid it: where nothing is due, run "
        + "`claims reconcile take-back \(transfer.id) --reason …`"
    case .paidTwice:
      "the claim is paid here by another transfer: run `claims reconcile take-back \(transfer.id) --reason …`"
    case .paidAnew: "the claim's payment here came back, and this one stands in its place: leave it"
    case .cameBack(nil): "its money came back: process the claim again, and what is due is paid"
    case .cameBack(let key?):
      "its money came back: run `claims keys release '\(key)' --reason …`, then process the claim again"
    case .returned: "the claim is paid here, and this brought the money back: find out why"
    }
  }

  fileprivate var jsonLine: [UInt8] {
    OrderedJSON.line {
      $0.object { json in
        json.member("transfer_id", transfer.id)
        json.member("tracking_id", transfer.trackingID.text)
        json.member("amount", transfer.amount)
        json.member("payer", transfer.payer.text)
        json.member("payee", transfer.payee)
        json.member("claim_intake_id", transfer.reference)
        json.member("meaning", code)
        if case .differs(let due, _) = meaning { json.member("due", due) }
        json.member("advice", advice)
      }
    }
  }

  fileprivate static func summary(found: Int, left: Int) -> [UInt8] {
    OrderedJSON.line {
      $0.object { json in
        json.key("summary")
        json.object { json in
          json.member("found", found)
          json.member("left", left)
        }
      }
    }
  }
}
