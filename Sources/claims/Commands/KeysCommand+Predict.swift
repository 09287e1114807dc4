import ArgumentParser
import ClaimFormats
import ClaimOperations
import ClaimPipeline
import ClaimStore
import ClaimsApp
import ClaimsDomain
import DurableExecution

extension KeysCommand {
  struct Predict: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "predict",
      abstract: "Say under which keys claims will be acted on, before they are: each effect, and its amount.",
      discussion: """
        The claims are decided as `claims process` would decide them, on the store as it is, and the decision is thrown \
        away. The key of a payment holds what is allowed and what the member owes. A \
        claim that is processed in between may change what is left of a deductible, and with it an amount and a key.

        EXAMPLES
          claims keys predict claims.837
          claims keys predict claims.837 --output json | jq -r .pay
        """)

    @Argument(help: ArgumentHelp("Claim files, folders, or -.", valueName: "PATH"), completion: .file())
    var paths: [String]

    @Option(
      help: ArgumentHelp(
        "The day the claims count as received, as for `claims process`. Without it today (UTC).",
        valueName: "YYYY-MM-DD"))
    var received: CalendarDate?

    @OptionGroup(title: "Deciding") var options: RunOptions

    @Option(help: "text for people, json for programs: an object a claim.")
    var output: OutputForm = .text

    func validate() throws { try received?.mustHaveCome() }

    func run() async throws {
      do {
        var configuration = options.configuration()
        (configuration.isTrial, configuration.isStoreExpected) = (true, true)
        configuration.received = received.map(DayOfReceipt.day) ?? .today
        let app = try await ClaimsApp.build(configuration)
        let feed = ClaimFeed(try ClaimSource.sources(paths), partners: app.partners)
        var (printed, isWhole) = (Output(), true)
        try await KeyPrediction(app.processor).run(over: feed) { item in
          switch item {
          case .fault(let source, let why):
            Terminal.complain("\(source.displayed): \(why.displayed)")
            isWhole = false
          case .passedOver(let source, let fault):
            Terminal.passOver(source, fault)
          case .claim(let number, let predicted):
            switch output {
            case .text: printed.line(Self.text(number, predicted))
            case .json: printed.bytes(OrderedJSON.line { predicted.write(to: &$0, of: number) })
            }
          }
        }
        printed.flush()
        guard isWhole else { throw ExitCode(.badInput) }
      } catch {
        throw ExitStatus.of(error)
      }
    }

    private static func text(_ number: ClaimNumber, _ predicted: PredictedKeys) -> String {
      if case .none(let why) = predicted { return "\(number.text.displayed)\n  none: \(why.displayed)" }
      return ([number.text.displayed] + predicted.named.map { "  \($0.key)" }).joined(separator: "\n")
    }
  }
}
