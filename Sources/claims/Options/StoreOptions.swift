import ArgumentParser
import ClaimsApp

/// Where the store is; every command that looks into one takes it.
struct StoreOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Where claims, keys and responses are kept: sqlite:FILE. The file is made if it is not there.",
      valueName: "sqlite:FILE"))
  var store: StoreLocation = StoreOptions.standard

  /// The same in every command, so that `process` and `show` without options speak of the same store.
  private static var standard: StoreLocation { StoreLocation(path: "claims.db") }
}

extension StoreLocation: ExpressibleByArgument {
  public init?(argument: String) {
    guard let location = try? StoreLocation(parsing: argument) else { return nil }
    self = location
  }

  public var defaultValueDescription: String { description }
}
