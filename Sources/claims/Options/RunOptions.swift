import ArgumentParser
import ClaimsApp
import ClaimsDomain

/// What claims are decided and paid with.
struct RunOptions: ParsableArguments {
  @OptionGroup var store: StoreOptions

  @Option(
    help: ArgumentHelp(
      "The bank, for example http://127.0.0.1:8090 (see `claims gateway`). Without it a bank runs in this process, with "
        + "a database of its own beside the store.", valueName: "URL"))
  var gateway: String?

  @Option(
    help: ArgumentHelp(
      "A folder with plans (*.yaml), fee schedules and members (*.csv). Without it the samples in the binary: PPO, HMO, "
        + "HDHP.", valueName: "DIR"))
  var plans: String?

  @Option(
    help: ArgumentHelp(
      "The name decisions are recorded under; changed rules need a new one. Without it a name made from their content.",
      valueName: "ID"))
  var ruleset: String?

  @Option(
    help: ArgumentHelp("Enrol members nobody knows in this plan, so that anybody's file runs.", valueName: "PLAN"))
  var enroll: String?

  func configuration() -> ClaimsConfiguration {
    var configuration = ClaimsConfiguration(store: store.store)
    configuration.gateway = gateway
    configuration.plans = plans
    configuration.ruleset = ruleset
    configuration.enroll = enroll
    return configuration
  }
}

extension CalendarDate: ExpressibleByArgument {
  public init?(argument: String) {
    self.init(parsing: argument)
  }
}
