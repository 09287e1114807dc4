import ClaimPipeline
package import ClaimsDomain

/// What a run is told on its command line.
package struct ClaimsConfiguration: Sendable {
  package var store: StoreLocation
  /// Nil for none.
  package var cache: CacheLocation?
  /// Where the bank is; without anything a bank in this process, with books of its own beside the store.
  package var bank = BankOptions()
  /// A folder of plans, fees and members; nil for the samples in the binary.
  package var plans: String?
  /// What decisions name; nil for a name made from the content of the rules.
  package var ruleset: String?
  /// Enrols members nobody knows in this plan.
  package var enroll: String?
  /// The day of receipt; nil for today.
  package var receivedOn: CalendarDate?
  package var leaseDuration = Duration.seconds(5)
  /// How long to wait for claims another worker is at; nil for three leases.
  package var patience: Duration?

  package init(store: StoreLocation) {
    self.store = store
  }
}
