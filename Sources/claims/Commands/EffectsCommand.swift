import ArgumentParser
import ClaimFormats
import ClaimOperations
import ClaimStore
import ClaimsAPI
import ClaimsApp
import DurableExecution
import Foundation

/// Keys for the effects of scripts: the operations of `/v1/effects`, without a service.
struct EffectsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "effects",
    abstract: "Keys for effects of your own: acquire, prepare, report, look up.",
    discussion: """
      What `/v1/effects` offers over HTTP, for scripts beside the store. Each prints the answer as one line of JSON; result \
      prints the response as it was reported. Keys belong to a name: those that must not act twice between them share it, \
      and a token of that name has the same keys over HTTP.

      A script acquires the key of an effect. Where the outcome is acquired, it acts and completes the key; where another \
      system acts, it prepares first. Where it is in_doubt, an earlier owner may have acted: ask the other system under the \
      tracking id. Where it is replayed, the effect is done.

      EXAMPLES
        claims effects acquire ship:42 --request order.json
        claims effects prepare ship:42 --epoch 1
        claims effects complete ship:42 --epoch 1 --body '{"parcel": "P-7"}'
        claims effects result ship:42

      Exit status: 0; 64 when an argument is not as it should be; 65 when the key is unknown, or was used for another \
      request; 69 when another owner has the key or has taken it over, or the store is out of reach.
      """,
    subcommands: [
      Acquire.self, Prepare.self, Heartbeat.self, Complete.self, Fail.self, Abandon.self, Check.self, Result.self,
      Tracked.self,
    ])
}

/// Whose keys, and in which store.
struct EffectOptions: ParsableArguments {
  @OptionGroup var store: StoreOptions

  @Option(help: "Whose keys: a name that those share who must not act twice; without it your user name.")
  var name = NSUserName()

  func validate() throws {
    guard TokenRegister.isName(name) else { throw ValidationError("--name has 1 to 64 letters, digits, and . _ - @") }
  }

  /// Asks what a request over HTTP would ask, and prints the answer.
  ///
  /// - Parameter answersStored: whether the answer may be a response that was reported, whatever its status.
  /// - Throws: `ExitCode`.
  func ask(
    _ operation: String, _ members: [String: Any]? = nil, isStoredResponse answersStored: Bool = false
  ) async throws {
    do {
      let store = try await store.store.openExisting()
      let service = LocalService(
        effectsOf: store, for: Caller(name: name, roles: [.agent]), worker: .thisProcess(),
        logger: ProgramLog.logger("effects"))
      let body = try members.map { try JSONSerialization.data(withJSONObject: $0, options: [.sortedKeys]) } ?? Data()
      let answer = try await service.answer(
        members == nil ? "GET" : "POST", "/v1/effects/\(operation)", Array(body), idempotencyKey: nil)
      if answersStored, answer.isReplay { return Output.write(answer.bytes) }
      guard (200..<300).contains(answer.status) else { throw Self.refusal(answer) }
      Output.write(answer.bytes + Array("\n".utf8))
    } catch {
      throw ExitStatus.of(error)
    }
  }

  private static func refusal(_ answer: LocalService.Answer) -> SetupError {
    let problem = try? JSONSerialization.jsonObject(with: Data(answer.bytes)) as? [String: Any]
    let detail = (problem?["detail"] as? String ?? "refused, with status \(answer.status)").displayed
    return switch answer.status {
    case 400: .usage(detail)
    case 404, 422: .badInput(detail)
    default: .unavailable(detail)
    }
  }
}

extension EffectsCommand {
  struct Acquire: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "acquire",
      abstract: "Ask for a key: acquired, in_doubt, or replayed with the response.",
      discussion: """
        The request tells a repeat from another use of the key: name a file with it, or its fingerprint.

        EXAMPLES
          claims effects acquire ship:42 --request order.json
          claims effects acquire ship:42 --fingerprint "$(sha256sum < order.json | cut -d ' ' -f 1)" --lease-seconds 300
        """)

    @OptionGroup var options: EffectOptions

    @Argument(help: ArgumentHelp("The key of the effect, made from the business itself.", valueName: "KEY"))
    var key: String

    @Option(help: ArgumentHelp("A file with the request; - for standard input.", valueName: "FILE"))
    var request: String?

    @Option(help: ArgumentHelp("SHA-256 of the request, in place of --request.", valueName: "HEX"))
    var fingerprint: String?

    @Option(help: "How long the key is yours without a heartbeat, up to 3600.")
    var leaseSeconds = 30

    @Option(help: "How long the response is kept: api-call, workflow or financial.")
    var retention: String?

    func validate() throws {
      guard (request == nil) != (fingerprint == nil) else {
        throw ValidationError("say what is asked for: --request FILE, or --fingerprint HEX")
      }
    }

    func run() async throws {
      let digest = try fingerprint ?? request.map { ContentDigest.sha256(try EffectBody.bytes(of: $0)) } ?? ""
      var members: [String: Any] = ["key": key, "fingerprint": digest, "lease_seconds": leaseSeconds]
      members["retention"] = retention
      try await options.ask("acquire", members)
    }
  }

  struct Prepare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "prepare",
      abstract: "Put on record under which tracking id another system will know the work, before it is asked.",
      discussion: """
        EXAMPLES
          claims effects prepare ship:42 --epoch 1
          claims effects prepare ship:42 --epoch 2 --tracking-id shp-8 --replaces shp-7
        """)

    @OptionGroup var options: EffectOptions
    @OptionGroup var owned: OwnedKey

    @Option(help: ArgumentHelp("Without it the one that acquire has named.", valueName: "ID"))
    var trackingID: String?

    @Option(
      help: ArgumentHelp(
        "The tracking id of the last preparation, under which nothing was done, nor will be.", valueName: "ID"))
    var replaces: String?

    func run() async throws {
      var members = owned.members
      members["tracking_id"] = trackingID
      members["replaces"] = replaces
      try await options.ask("prepare", members)
    }
  }

  struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "Say what is known of a key, without its response.")

    @OptionGroup var options: EffectOptions

    @Argument(help: ArgumentHelp("A key.", valueName: "KEY"))
    var key: String

    func run() async throws { try await options.ask("check", ["key": key]) }
  }

  struct Result: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "result", abstract: "Print the response of a key, as it was reported.")

    @OptionGroup var options: EffectOptions

    @Argument(help: ArgumentHelp("A key.", valueName: "KEY"))
    var key: String

    func run() async throws { try await options.ask("result", ["key": key], isStoredResponse: true) }
  }

  struct Tracked: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "tracking", abstract: "Find a key by a tracking id that it was prepared under, with its outcome.")

    @OptionGroup var options: EffectOptions

    @Argument(help: ArgumentHelp("A tracking id.", valueName: "ID"))
    var id: String

    func validate() throws {
      guard id.wholeMatch(of: /[A-Za-z0-9._~-]{1,100}/) != nil else {
        throw ValidationError("a tracking id has 1 to 100 letters, digits and . _ ~ -")
      }
    }

    func run() async throws { try await options.ask("tracking/\(id)") }
  }
}
