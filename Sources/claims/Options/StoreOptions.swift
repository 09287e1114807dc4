import ArgumentParser
import ClaimsApp

/// Where the store is; every command that looks into one takes it.
struct StoreOptions: ParsableArguments {
  @Option(
    name: .customLong("store"),
    help: ArgumentHelp(
      "Where claims, keys and responses are kept: sqlite:FILE, made if it is not there, or postgres://HOST/DATABASE with "
        + "all that libpq allows (several hosts, TLS, PG* variables, ~/.pgpass).",
      valueName: "STORE"), transform: { SecretAddress($0) { try StoreLocation(parsing: $0) } })
  private var address = SecretAddress(StoreOptions.standard)

  var store: StoreLocation { address.location ?? Self.standard }

  /// The option as it would be given again, without a password; nothing for the standard.
  func given() -> String { store == Self.standard ? "" : " --store \(store)" }

  func validate() throws { try address.validate() }

  /// The same in every command, so that `process` and `show` without options speak of the same store.
  private static var standard: StoreLocation { .sqlite(path: "claims.db") }
}
