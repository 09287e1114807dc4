import ClaimOperations
import ArgumentParser
import ClaimsApp
import ClaimsDomain
import DurableExecution
import Foundation

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

/// An address that may hold a password. The parser of the command line prints a value that it cannot read, so this one
/// takes every value, and says in words of its own what is wrong with it.
struct SecretAddress<Location: Sendable>: Sendable {
  /// Nil where the address cannot be read.
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

/// Who pays, as remittances and acknowledgments name it.
struct PayerOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Who pays: name, numbers, address and contacts, as Fixtures/payer/payer.yaml has them. Without it the sample.",
      valueName: "FILE"))
  var payer: String?

  /// - Throws: `SetupError`.
  func source() throws(SetupError) -> PayerSource {
    let source = try PayerSource(path: payer)
    if source.isSample {
      Terminal.complain("the payer is the sample one, and its files are marked as test data; name yours with --payer")
    }
    return source
  }
}

/// Whoever changes something by hand says who they are and why; both are on record.
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

extension ChosenDenial: ExpressibleByArgument {
  /// `CO-16`. 42 and A2 were retired long ago: they are read, and never written.
  public init?(argument: String) {
    guard let match = argument.wholeMatch(of: /(CO|PR|OA|PI)-([A-Z]?[0-9]{1,3})/),
      let group = AdjustmentGroup(rawValue: String(match.1)), !["42", "A2"].contains(match.2)
    else { return nil }
    self.init(group: group, reason: String(match.2))
  }
}

extension KeyStatus: ExpressibleByArgument {}
