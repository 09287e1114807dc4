import ArgumentParser
import BankProtocol
import ClaimOperations
import ClaimPipeline
import ClaimStore
import ClaimsApp
import ClaimsDomain
import Foundation
import Sabotage

/// One run of the sample claims that fails as instructed. Demonstrations start it as a separate process.
struct Trial: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trial", abstract: "One run that goes wrong as it is told to.", shouldDisplay: false)

  @Argument(help: "The file with claims.")
  var claims: String

  @Option(help: "A store that a demonstration has made.")
  var store: String

  @Option(help: "The bank's URL; without it a bank in this process.")
  var gateway: String?

  @Flag(help: "Recognize nothing that was done before, and give the bank a new order in every try.")
  var forget = false

  @Option(help: "Die of SIGKILL just before the call of this number to store or bank.")
  var dieBefore: Int?

  @Flag(help: "Die of SIGKILL when the bank has paid a batch and before that is on record.")
  var dieAfterPayment = false

  @Option(help: "How long a payment is this run's, in milliseconds.")
  var lease = 5_000

  func run() async throws {
    do {
      let moment = dieAfterPayment ? DeathWatch.Moment.afterPayment : dieBefore.map { .before($0) }
      try await SampleRun(
        claims: claims, store: try DemoStore(madeAt: store), gateway: gateway, lease: .milliseconds(lease)
      )
      .run(DeathWatch(dyingAt: moment), forgetting: forget)
    } catch {
      throw ExitStatus.of(error)
    }
  }
}

/// Takes a file of claims through the pipeline of `claims process`, with sabotage between the pipeline and its store
/// and bank.
struct SampleRun {
  let claims: String
  let store: DemoStore
  let gateway: String?
  let lease: Duration

  /// - Throws: `SetupError`, `StoreFailure`.
  func run(_ watch: DeathWatch, forgetting: Bool) async throws {
    let open = try store.open(probe: watch.probe, forgettingAllBut: forgetting ? Self.nonce() : nil)
    if forgetting {
      try await run(over: open, isLevel: false) { bank in
        let fresh = FreshOrderBank(bank, fresh: .init(keys: true, trackingIDs: true), nonce: Self.nonce)
        return WatchedBank(fresh, watch: watch)
      }
    } else {
      try await run(over: open) { WatchedBank($0, watch: watch) }
    }
  }

  private func run(
    over store: ClaimStore, isLevel: Bool = true, wrappingBank wrap: (any PaymentBank) -> any PaymentBank
  ) async throws {
    var configuration = ClaimsConfiguration(store: .sqlite(path: self.store.path))
    configuration.bank.gateway = gateway
    configuration.received = DemoFolder.received.map(DayOfReceipt.day) ?? .today
    configuration.leaseDuration = lease
    let app = try await ClaimsApp.build(
      configuration, over: store, wrappingBank: wrap, refusingStoreBehindBank: isLevel)
    let feed = ClaimFeed(try ClaimSource.sources([claims]))
    _ = try await app.processor.resume()
    try await ClaimRun(app.processor, feed: feed, jobs: 1).run { _, _ in }
  }

  @Sendable private static func nonce() -> String { UUID().uuidString.lowercased().filter { $0 != "-" } }
}
