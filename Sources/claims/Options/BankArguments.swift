import ArgumentParser
import ClaimsApp

/// Where the bank is; every command that pays, or holds a store against its bank, takes it.
struct BankArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The bank, for example http://127.0.0.1:8090 (see `claims gateway`). Without it a bank runs in this process, with "
        + "a database of its own beside the store. A store stays with the bank it was first paid from.",
      valueName: "URL"))
  var gateway: String?

  @Option(
    help: ArgumentHelp(
      "The database of the bank in this process, where it is not where the store has it on record.", valueName: "FILE"))
  var bankDb: String?

  var options: BankOptions { BankOptions(gateway: gateway, books: bankDb) }
}
