import ArgumentParser
import ClaimOperations
import ClaimsApp
import ClaimsDomain
import DurableExecution
import Foundation

/// The location of the store, for every command that uses one.
struct StoreOptions: ParsableArguments {
  @Option(
    name: .customLong("store"),
    help: ArgumentHelp(
      "Where claims, keys and responses are kept: sqlite:FILE, made if it is not there, or postgres://HOST/DATABASE with "
        + "all that libpq allows (several hosts, TLS, PG* variables, ~/.pgpass).",
      valueName: "STORE"), transform: { SecretAddress($0) { try StoreLocation(parsing: $0) } })
  private var address = StoreOptions.byDefault

  var store: StoreLocation { address.location ?? Self.standard }

  /// The option as it would be given again, fit for a shell and without a password; empty for the default store.
  func given() -> String { store == Self.standard ? "" : " --store \(store.shareable.shellWord)" }

  func validate() throws { try address.validate() }

  /// The default store. It is the same in every command, so that `process` and `show` without options use the same
  /// store.
  private static var standard: StoreLocation { .sqlite(path: "claims.db") }

  private static var byDefault: SecretAddress<StoreLocation> {
    Settings.text(.store).map { text in SecretAddress(text) { try StoreLocation(parsing: $0) } }
      ?? SecretAddress(standard)
  }
}

/// An address that may contain a password. The command-line parser prints any value that it cannot read, so this type
/// accepts every value and reports what is wrong with it in its own words.
struct SecretAddress<Location: Sendable>: Sendable {
  /// The location; nil when the address cannot be read.
  let location: Location?
  private let refusal: String?

  init(_ location: Location) {
    self.location = location
    refusal = nil
  }

  init(_ text: String, parse: (String) throws -> Location) {
    do {
      location = try parse(text)
      refusal = nil
    } catch {
      location = nil
      refusal = "\(error)"
    }
  }

  /// - Throws: `ValidationError`.
  func validate() throws {
    if let refusal { throw ValidationError(refusal) }
  }
}

/// The location of the bank, for every command that pays or compares a store with its bank.
struct BankArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The bank, for example http://127.0.0.1:8090 (see `claims gateway`). Without it a bank runs in this process, with "
        + "a database of its own beside the store. A store stays with the bank it was first paid from.",
      valueName: "URL"))
  var gateway: String?

  @Option(
    help: ArgumentHelp(
      "The database of the bank in this process, where it is not where the store has it on record.", valueName: "FILE"),
    completion: .file())
  var bankDb: String?

  var options: BankOptions { BankOptions(gateway: gateway ?? Settings.text(.gateway), books: bankDb) }
}

/// The payer that remittances, acknowledgments and letters name.
struct PayerOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Who pays: name, numbers, address and contacts, as Fixtures/payer/payer.yaml has them. Without it remittances name "
        + "the sample payer, and letters the plan.",
      valueName: "FILE"), completion: .file())
  var payer: String?

  /// The path of the payer file; nil when none is named.
  var path: String? { payer ?? Settings.text(.payer) }

  /// - Throws: `SetupError`.
  func source() throws(SetupError) -> PayerSource {
    let source = try PayerSource(path: path)
    if source.isSample {
      Terminal.complain("the payer is the sample one, and its files are marked as test data; name yours with --payer")
    }
    return source
  }
}

/// The person who makes a manual change, and the reason. Both go on record.
struct PersonOptions: ParsableArguments {
  @Option(help: "Why, in a few words that stay on record.")
  var reason: String

  @Option(help: "Who says so; without it your user name.")
  var by: String = NSUserName()

  func validate() throws {
    do {
      _ = try signOff()
    } catch {
      throw ValidationError(error.description)
    }
  }

  func signOff() throws(SignOffDefect) -> SignOff { try SignOff(by: by, reason: reason) }
}

/// The same for a command that changes something only on request, and needs a reason only then.
struct RequestedPersonOptions: ParsableArguments {
  @Option(help: "Why, in a few words that stay on record.")
  var reason: String?

  @Option(help: "Who says so; without it your user name.")
  var by: String = NSUserName()

  /// - Throws: `ValidationError` without a usable reason or person.
  func signOff() throws -> SignOff {
    do {
      return try SignOff(by: by, reason: reason ?? "")
    } catch {
      throw ValidationError(error.description)
    }
  }
}

extension ChosenDenial: ExpressibleByArgument {
  public init?(argument: String) { self.init(parsing: argument) }
}

extension KeyStatus: ExpressibleByArgument {}
