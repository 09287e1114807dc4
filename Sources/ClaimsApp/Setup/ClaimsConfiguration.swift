package import ClaimOperations
import ClaimStore

/// The configuration of a run from its command line.
package struct ClaimsConfiguration: Sendable {
  package var store: StoreLocation
  /// The cache; nil for none.
  package var cache: CacheLocation?
  /// Where to find the bank. By default it runs in this process, with its books next to the store.
  package var bank = BankOptions()
  /// The folder of plans, fees, and members; nil for the samples in the binary.
  package var plans: String?
  /// The file about the payer, which letters name; nil when none is named.
  package var payer: String?
  /// The ruleset name for decisions; nil for a name derived from the content of the rules.
  package var ruleset: String?
  /// The plan in which to enroll unknown members.
  package var enroll: String?
  /// The model that is asked about forms in doubt; nil for none.
  package var pageModel: PageModelConfiguration?
  package var received = DayOfReceipt.today
  package var leaseDuration = Duration.seconds(5)
  /// How long to wait for claims that another worker is processing; nil for three leases.
  package var patience: Duration?
  /// Whether the store must exist already.
  package var isStoreExpected = false
  /// Whether the run is a trial: it registers nothing, enrolls no members, and has no bank.
  package var isTrial = false

  package init(store: StoreLocation) {
    self.store = store
  }

  /// Opens the store, and creates it or upgrades its tables if needed.
  ///
  /// - Throws: `StoreFailure`; `SetupError.unavailable` when the store must exist and does not.
  func openStore() async throws -> ClaimStore {
    if isStoreExpected { try await store.requireExisting() }
    return try await store.open(cache: cache, lease: leaseDuration)
  }
}
