import ArgumentParser
import ClaimFormats
import ClaimsAPI
import DurableExecution
import Foundation

extension KeysCommand {
  struct Derive: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "derive",
      abstract: "Derive the key of an effect by a named strategy. Nothing is stored.",
      discussion: """
        business is made from the values that identify the effect, and is the only one for money. token limits an action to \
        once in a window of time, and fingerprint names a computation: under both a retry may act twice, which a line on \
        standard error says.

        EXAMPLES
          claims keys derive business ship 42
          claims keys derive token --instance mailer-1 --action remind --at 2026-06-01T12:00:00Z --window day
          claims keys derive fingerprint --request '{"q": 1}' --environment production --use rules=2026
        """,
      subcommands: [Business.self, Token.self, Computation.self])
  }
}

/// How a derived key is printed, and how long its response will be kept.
struct DerivedKeyOptions: ParsableArguments {
  @Option(help: "How long the response will be kept: api-call, workflow or financial. Only business may be financial.")
  var retention: String?

  @Option(help: "text for people, json for programs: an object.")
  var output: OutputForm = .text

  /// Prints the key that the service derives from the same parts.
  ///
  /// - Parameter parts: each as JSON.
  /// - Throws: `ExitCode`.
  func print(_ strategy: KeyStrategy.Name, _ parts: KeyValuePairs<String, String>) throws {
    do {
      let list = parts.map { "\(Self.text($0.key)):\($0.value)" }.joined(separator: ",")
      let kept = retention.map { ",\"retention\":\(Self.text($0))" } ?? ""
      let derived = try DerivedKey(body: Array("{\"strategy\":\"\(strategy)\",\"parts\":{\(list)}\(kept)}".utf8))
      switch output {
      case .text: Output.say(derived.key.text)
      case .json: Output.write(OrderedJSON.line { derived.write(to: &$0) })
      }
      if let danger = derived.danger, output == .text { Terminal.complain("not for money: \(danger)") }
    } catch let problem as APIProblem {
      throw ExitStatus.of(ValidationError(problem.detail))
    } catch let refusal as KeyRefusal {
      throw ExitStatus.of(ValidationError("\(refusal)"))
    } catch {
      throw ExitStatus.of(error)
    }
  }

  /// Checks that a text is JSON. It goes into the key as it was given, so no number is rounded on the way.
  ///
  /// - Throws: `ValidationError`.
  static func json(_ text: String, _ option: String) throws -> String {
    guard (try? JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)) != nil else {
      throw ValidationError("\(option): this is not JSON")
    }
    return text
  }

  /// A text as JSON.
  static func text(_ text: String) -> String {
    var json = OrderedJSON()
    json.string(text)
    return String(decoding: json.bytes, as: UTF8.self)
  }
}

extension KeysCommand.Derive {
  struct Business: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "business",
      abstract: "From the values that identify the effect, in a fixed order.")

    @Argument(help: ArgumentHelp("The kind of effect: ship.", valueName: "EFFECT"))
    var effect: String

    @Argument(help: ArgumentHelp("The values: no time, no counter, no random number.", valueName: "SEGMENT"))
    var segments: [String]

    @OptionGroup var options: DerivedKeyOptions

    func run() throws {
      let list = segments.map(DerivedKeyOptions.text).joined(separator: ",")
      try options.print(.business, ["effect": DerivedKeyOptions.text(effect), "segments": "[\(list)]"])
    }
  }

  struct Token: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "token", abstract: "Of an action that is done once in a window of time.")

    @Option(help: "The instance of the agent that acts.")
    var instance: String

    @Option(help: "The kind of action: remind.")
    var action: String

    @Option(help: ArgumentHelp("When the action is due, in UTC.", valueName: "YYYY-MM-DDTHH:MM:SSZ"))
    var at: String

    @Option(help: "minute, hour or day.")
    var window: String

    @Option(help: ArgumentHelp("The parameters of the action; any JSON.", valueName: "JSON"))
    var parameters = "{}"

    @OptionGroup var options: DerivedKeyOptions

    func run() throws {
      let text = DerivedKeyOptions.text
      try options.print(
        .token,
        [
          "instance": text(instance), "action": text(action), "at": text(at), "window": text(window),
          "parameters": try DerivedKeyOptions.json(parameters, "--parameters"),
        ])
    }
  }

  struct Computation: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "fingerprint", abstract: "Of a computation whose result may be used again.")

    @Option(help: ArgumentHelp("The request; any JSON.", valueName: "JSON"))
    var request: String

    @Option(help: ArgumentHelp("The part of the state that the result depends on; any JSON.", valueName: "JSON"))
    var state = "{}"

    @Option(help: "Where it runs: production.")
    var environment: String

    @Option(
      help: ArgumentHelp(
        "A version of the rules, models or programs involved; more than once for more.", valueName: "NAME=VERSION"))
    var use: [String] = []

    @OptionGroup var options: DerivedKeyOptions

    func run() throws {
      let text = DerivedKeyOptions.text
      let versions = try use.map { use in
        let parts = use.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { throw ValidationError("--use \(use): it has the form NAME=VERSION") }
        return "\(text(parts[0])):\(text(parts[1]))"
      }
      try options.print(
        .fingerprint,
        [
          "request": try DerivedKeyOptions.json(request, "--request"),
          "state": try DerivedKeyOptions.json(state, "--state"), "environment": text(environment),
          "versions": "{\(versions.joined(separator: ","))}",
        ])
    }
  }
}
