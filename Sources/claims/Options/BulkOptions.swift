import ArgumentParser
import ClaimFormats
import ClaimOperations
import ClaimStore
import ClaimsApp
import ClaimsDomain
import DurableExecution

/// All claims that a filter finds, in place of one. They are shown first, and acted on once that was confirmed.
struct BulkOptions: ParsableArguments {
  @Flag(help: "In place of one: all that match the conditions. Without --confirm they are only counted.")
  var all = false

  @Option(
    help: ArgumentHelp(
      "The digest that the same command has printed without --confirm. It is refused if what matches has changed since.",
      valueName: "DIGEST"))
  var confirm: String?

  @OptionGroup(title: "Which claims") var conditions: FilterOptions

  /// The most claims of one act.
  static let limit = 10_000

  /// - Parameter name: what names one claim; nil where it is absent.
  /// - Throws: `ValidationError` unless either one is named or all.
  func validate(beside name: String?) throws {
    guard all == (name == nil) else { throw ValidationError("name one, or --all that match") }
    guard all || (confirm == nil && conditions.given.isEmpty) else {
      throw ValidationError("--confirm and conditions go with --all")
    }
  }
}

/// Shows what an act on many claims would be on, or does it.
struct BulkRun {
  let desk: BulkDesk
  let act: BulkAct
  let filter: ClaimFilter
  let confirm: String?
  let output: OutputForm

  init(desk: BulkDesk, act: BulkAct, filter: ClaimFilter, confirm: String?, output: OutputForm) {
    (self.desk, self.act, self.filter) = (desk, act, filter)
    (self.confirm, self.output) = (confirm, output)
  }

  /// - Throws: `ValidationError` for conditions that contradict each other.
  init(desk: BulkDesk, act: BulkAct, options: BulkOptions, output: OutputForm) throws {
    self.init(
      desk: desk, act: act, filter: try options.conditions.filter(), confirm: options.confirm, output: output)
  }

  /// - Throws: `ExitCode` if some were refused; any other error before the first was acted on.
  func run(by signOff: SignOff) async throws {
    do {
      guard let digest = confirm else { return show(try await desk.plan(act, filter)) }
      let outcomes = try await desk.perform(act, filter, confirmed: digest, by: signOff) { show($0) }
      show(outcomes)
      if outcomes[.refused] ?? 0 > 0 { throw ExitCode(.badInput) }
    } catch let refusal as BulkRefusal {
      throw SetupError.badInput("\(refusal)")
    }
  }

  private func show(_ plan: BulkPlan) {
    guard output == .text else {
      var json = OrderedJSON()
      plan.write(to: &json)
      return Output.write(json.bytes + [UInt8(ascii: "\n")])
    }
    Output.say("\(plan.act): \(plan.subjects.count.counted("claim"))")
    if let charge = plan.charge {
      Output.say(
        "  charged \(charge.dollars), decided and waiting to be paid \(plan.waitingToBePaid.dollars), paid so far "
          + "\(plan.paid.dollars)")
    }
    guard !plan.subjects.isEmpty else { return Output.say("nothing matches, and nothing was changed") }
    Output.say("nothing was changed; to do it, give the same command with --confirm \(plan.digest)")
  }

  private func show(_ result: BulkResult) {
    var output = Output()
    switch self.output {
    case .text:
      output.line(
        "\(result.subject.displayed)  \(result.outcome.rawValue)" + (result.detail.map { "  \($0.displayed)" } ?? ""))
    case .json:
      var json = OrderedJSON()
      result.write(to: &json)
      output.bytes(json.bytes + [UInt8(ascii: "\n")])
    }
    output.flush()
  }

  private func show(_ outcomes: [BulkOutcome: Int]) {
    switch output {
    case .text:
      Output.say(
        BulkOutcome.allCases.map { "\(outcomes[$0] ?? 0) \($0.rawValue)" }.joined(separator: ", "))
    case .json:
      var json = OrderedJSON()
      json.object { json in
        json.key("summary")
        json.write(outcomes)
      }
      Output.write(json.bytes + [UInt8(ascii: "\n")])
    }
  }
}
