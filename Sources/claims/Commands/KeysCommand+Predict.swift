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

    @OptionGroup(title: "Deciding") var options: RunOptions

    @Option(help: "text for people, json for programs: an object a claim.")
    var output: OutputForm = .text

    /// Claims that are decided together, so that each sees what those before it would use.
    private static let batch = 500

    func run() async throws {
      do {
        var configuration = options.configuration()
        (configuration.isTrial, configuration.isStoreExpected) = (true, true)
        let app = try await ClaimsApp.build(configuration)
        let feed = ClaimFeed(try ClaimSource.sources(paths), partners: app.partners)
        var isWhole = true
        while let entries = try await feed.next(upTo: Self.batch) {
          var claims: [SubmittedClaim] = []
          for entry in entries {
            switch entry.item {
            case .claim(let claim, _): claims.append(claim)
            case .rejected(let rejection): tell(entry.source, "\(rejection)", &isWhole)
            case .fault(let fault): tell(entry.source, "\(fault)", &isWhole)
            case .form(let form): tell(entry.source, form.waitsFor, &isWhole)
            case .passedOver(let fault): Terminal.passOver(entry.source, fault)
            }
          }
          try await printKeys(of: claims, app)
        }
        guard isWhole else { throw ExitCode(.badInput) }
      } catch {
        throw ExitStatus.of(error)
      }
    }

    private func tell(_ source: String, _ fault: String, _ isWhole: inout Bool) {
      Terminal.complain("\(source.displayed): \(fault.displayed)")
      isWhole = false
    }

    private func printKeys(of claims: [SubmittedClaim], _ app: ClaimsApp) async throws {
      let placed = claims.placed
      let numbers = Answers(placed.map { ($0.place, $0.value.claimNumber) })
      var output = Output()
      for predicted in try await app.processor.predictedKeys(of: placed) {
        let number = numbers[predicted.place]?.text ?? ""
        switch self.output {
        case .text: output.line(Self.text(number, predicted.value))
        case .json: output.bytes(Self.json(number, predicted.value))
        }
      }
      output.flush()
    }

    private static func named(_ keys: ClaimKeys) -> [(name: String, key: KeyText)] {
      let all: [(String, KeyText?)] = [
        ("intake", keys.intake), ("elig", keys.eligibility), ("adj", keys.adjudication), ("pay", keys.payment),
        ("audit", keys.audit),
      ]
      return all.compactMap { name, key in key.map { (name, $0) } }
    }

    private static func text(_ number: String, _ predicted: PredictedKeys) -> String {
      switch predicted {
      case .keys(let keys): ([number.displayed] + named(keys).map { "  \($0.key)" }).joined(separator: "\n")
      case .none(let why): "\(number.displayed)\n  none: \(why.displayed)"
      }
    }

    private static func json(_ number: String, _ predicted: PredictedKeys) -> [UInt8] {
      OrderedJSON.line {
        $0.object { json in
          json.member("claim_number", number)
          switch predicted {
          case .keys(let keys): for (name, key) in named(keys) { json.member(name, key.text) }
          case .none(let why): json.member("none", why)
          }
        }
      }
    }
  }
}
