import ArgumentParser
import ClaimsApp
import ClaimsDomain
import Logging

/// The options that claims are decided and paid with.
struct RunOptions: ParsableArguments {
  @OptionGroup var store: StoreOptions

  @Option(
    name: .customLong("cache"),
    help: ArgumentHelp(
      "A Redis before a PostgreSQL, redis://HOST:PORT or unix:///PATH. It saves look-ups and decides nothing; it may be "
        + "lost at any time.", valueName: "URL"), transform: { SecretAddress($0, parse: CacheLocation.init(parsing:)) })
  private var cacheAddress: SecretAddress<CacheLocation>?

  var cache: CacheLocation? { (cacheAddress ?? Self.cacheByDefault)?.location }

  @OptionGroup var bank: BankArguments

  @Option(
    name: .customLong("plans"),
    help: ArgumentHelp(
      "A folder with plans (*.yaml), fee schedules and members (*.csv), and tables (claims rules import). Without it the samples in the binary: PPO, HMO, "
        + "HDHP.", valueName: "DIR"), completion: .directory)
  private var givenPlans: String?

  var plans: String? { givenPlans ?? Settings.text(.plans) }

  @Option(
    name: .customLong("ruleset"),
    help: ArgumentHelp(
      "The name decisions are recorded under; changed rules need a new one. Without it a name made from their content.",
      valueName: "ID"))
  private var givenRuleset: String?

  var ruleset: String? { givenRuleset ?? Settings.text(.ruleset) }

  @Option(
    name: .customLong("enroll"),
    help: ArgumentHelp("Enroll unknown members in this plan, so that any file runs.", valueName: "PLAN"))
  private var givenEnroll: String?

  var enroll: String? { givenEnroll ?? Settings.text(.enroll) }

  @Option(help: ArgumentHelp("Lease of pending payments, in milliseconds.", visibility: .hidden))
  var leaseMilliseconds: Int?

  func validate() throws { try (cacheAddress ?? Self.cacheByDefault)?.validate() }

  private static var cacheByDefault: SecretAddress<CacheLocation>? {
    Settings.text(.cache).map { SecretAddress($0, parse: CacheLocation.init(parsing:)) }
  }

  func configuration() -> ClaimsConfiguration {
    var configuration = ClaimsConfiguration(store: store.store)
    configuration.cache = cache
    configuration.bank = bank.options
    configuration.plans = plans
    configuration.ruleset = ruleset
    configuration.enroll = enroll
    if let leaseMilliseconds { configuration.leaseDuration = .milliseconds(leaseMilliseconds) }
    return configuration
  }
}

extension CacheLocation {
  /// Creates a location whose cache logs to the same place as a worker.
  fileprivate init(parsing text: String) throws {
    try self.init(parsing: text, logger: ProgramLog.logger("cache"))
  }
}

extension CalendarDate: ExpressibleByArgument {
  public init?(argument: String) {
    self.init(parsing: argument)
  }
}
