import ArgumentParser
import ClaimsApp

/// Where the store is; every command that looks into one takes it.
struct StoreOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Where claims, keys and responses are kept: sqlite:FILE, made if it is not there, or postgres://HOST/DATABASE with "
        + "all that libpq allows (several hosts, TLS, PG* variables, ~/.pgpass).",
      valueName: "STORE"), transform: StoreLocation.init(parsing:))
  var store: StoreLocation = StoreOptions.standard

  /// The same in every command, so that `process` and `show` without options speak of the same store.
  private static var standard: StoreLocation { .sqlite(path: "claims.db") }
}
