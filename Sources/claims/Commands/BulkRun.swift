import ArgumentParser
import ClaimFormats
import ClaimOperations
import ClaimStore
import ClaimsApp
import ClaimsDomain
import DurableExecution

/// Decides one claim on a person's instruction, and prints the result.
func decide(
  with options: RunOptions, by person: PersonOptions, _ act: (any ClaimDesk) async throws -> ClaimAdjustment
) async throws {
  do {
    var configuration = options.configuration()
    configuration.isStoreExpected = true
    let app = try await ClaimsApp.build(configuration)
    let desk = ClaimAdjuster(app, by: try person.signOff(), rulesAreNamed: options.plans != nil)
    let adjustment = try await act(desk)
    Output.say(try AdjustmentPage(adjustment).text())
    if let followUp = adjustment.followUp { throw ExitCode(ExitStatus(followUp)) }
  } catch {
    throw ExitStatus.of(error)
  }
}

/// Shows what an act on many claims would decide, or does it.
func decideAll(
  _ act: BulkAct, _ bulk: BulkOptions, with options: RunOptions, by person: PersonOptions, _ output: OutputForm
) async throws {
  do {
    var configuration = options.configuration()
    configuration.isStoreExpected = true
    let app = try await ClaimsApp.build(configuration)
    let desk = BulkDesk(app, rulesAreNamed: options.plans != nil, limit: BulkOptions.limit)
    try await BulkRun(desk: desk, act: act, options: bulk, output: output).run(by: try person.signOff())
  } catch {
    throw ExitStatus.of(error)
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

  /// - Throws: `ExitCode` if some were refused, or are finished only by a later run; any other error before the first
  ///   was acted on.
  func run(by signOff: SignOff) async throws {
    do {
      guard let digest = confirm else { return show(try await desk.plan(act, filter)) }
      var followUp: FollowUp?
      let outcomes = try await desk.perform(act, filter, confirmed: digest, by: signOff) { result in
        show(result)
        followUp = followUp ?? result.followUp
      }
      show(outcomes)
      if let followUp { throw ExitCode(ExitStatus(followUp)) }
      if outcomes[.refused] ?? 0 > 0 { throw ExitCode(.badInput) }
    } catch let refusal as BulkRefusal {
      throw SetupError.badInput("\(refusal)")
    }
  }

  private func show(_ plan: BulkPlan) {
    guard output == .text else {
      return Output.write(OrderedJSON.line { plan.write(to: &$0) })
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
    case .json: output.bytes(OrderedJSON.line { result.write(to: &$0) })
    }
    output.flush()
  }

  private func show(_ outcomes: [BulkOutcome: Int]) {
    switch output {
    case .text:
      Output.say(
        BulkOutcome.allCases.map { "\(outcomes[$0] ?? 0) \($0.rawValue)" }.joined(separator: ", "))
    case .json:
      Output.write(
        OrderedJSON.line {
          $0.object { json in
            json.key("summary")
            json.write(outcomes)
          }
        })
    }
  }
}
