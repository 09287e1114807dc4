import ClaimOperations
import ClaimsApp
import Configuration
import Foundation
import Synchronization
import SystemPackage

/// What commands take where an option is not given: first from the environment, then from the file that `CLAIMS_CONFIG`
/// names. An option on the command line comes before both.
enum Settings {
  /// The names in the file, as the options have them. In the environment `tls-cert` is `CLAIMS_TLS_CERT`.
  enum Name: String, CaseIterable {
    case store, gateway, cache, plans, ruleset, enroll, payer, tokens, host, port, jobs, log, otlp
    case otlpTimeout = "otlp-timeout"
    case tlsCert = "tls-cert"
    case tlsKey = "tls-key"
    case bodyLimit = "body-limit"
    case verifyEvery = "verify-every"
    case rateLimit = "rate-limit"
    case fourEyesAbove = "four-eyes-above"
    case sendPagesTo = "send-pages-to"
    case pageModel = "page-model"
    case pageModelToken = "page-model-token"
    case pageModelPrice = "page-model-price"

    fileprivate var isNumber: Bool {
      [.port, .jobs, .bodyLimit, .verifyEvery, .rateLimit, .otlpTimeout].contains(self)
    }

    fileprivate var variable: String { "CLAIMS_" + rawValue.uppercased().replacing("-", with: "_") }
  }

  private static let values = Mutex<[Name: String]>([:])

  static func text(_ name: Name) -> String? { values.withLock { $0[name] } }

  static func number(_ name: Name) -> Int? { text(name).flatMap { Int($0) } }

  /// Reads the settings. Whoever starts the program does so once, before any command is read.
  ///
  /// - Throws: `SetupError.badInput` for a file that cannot be read, and for a setting that is unknown or not of its type.
  static func load(from environment: [String: String] = ProcessInfo.processInfo.environment) async throws {
    var providers: [any ConfigProvider] = [
      EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(with: "claims")
    ]
    if let file = environment["CLAIMS_CONFIG"] {
      try check(file)
      do {
        providers.append(try await FileProvider<JSONSnapshot>(filePath: FilePath(file)))
      } catch {
        throw SetupError.badInput("CLAIMS_CONFIG: \(file) cannot be read")
      }
    }
    let reader = ConfigReader(providers: providers)
    var found: [Name: String] = [:]
    for name in Name.allCases {
      let key = ConfigKey([name.rawValue])
      guard let value = name.isNumber ? try number(of: name, reader, environment) : reader.string(forKey: key) else {
        continue
      }
      found[name] = value
    }
    if let text = found[.log] {
      guard let form = ProgramLog.Form(rawValue: text) else {
        throw SetupError.badInput("CLAIMS_LOG: \(text.prefix(40).debugDescription) is neither text nor json")
      }
      ProgramLog.use(form)
    }
    values.withLock { [found] in $0 = found }
  }

  private static func number(
    of name: Name, _ reader: ConfigReader, _ environment: [String: String]
  ) throws(SetupError) -> String? {
    if let text = environment[name.variable], Int(text) == nil {
      throw .badInput("\(name.variable): \(text.prefix(40).debugDescription) is not a number")
    }
    return reader.int(forKey: ConfigKey([name.rawValue])).map(String.init)
  }

  /// Refuses a file with a setting that is unknown, since it may be a misspelled one, or not of its type.
  private static func check(_ file: String) throws(SetupError) {
    guard let data = FileManager.default.contents(atPath: file) else {
      throw .badInput("CLAIMS_CONFIG: \(file) cannot be read")
    }
    guard let members = (try? JSONSerialization.jsonObject(with: data)) as? [String: Any] else {
      throw .badInput("CLAIMS_CONFIG: \(file) is not a JSON object of settings")
    }
    for (member, value) in members.sorted(by: { $0.key < $1.key }) {
      guard let name = Name(rawValue: member) else {
        let known = Name.allCases.map(\.rawValue).sorted().joined(separator: ", ")
        throw .badInput(
          "CLAIMS_CONFIG: \(file): there is no setting \(member.prefix(40).debugDescription); there are \(known)")
      }
      guard name.isNumber ? value is Int : value is String else {
        throw .badInput("CLAIMS_CONFIG: \(file): \(member) must be a \(name.isNumber ? "number" : "text")")
      }
    }
  }
}
