import ArgumentParser
import ClaimFormats
import ClaimPipeline
import ClaimStore
import ClaimsApp
import ClaimsDomain
import DurableExecution
import Foundation

struct AdjustCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "adjust",
    abstract: "Decide claims once more: by other rules, other coverage, corrected totals, or after an appeal.",
    discussion: """
      The first decision stays on record. The claim is decided again under a number of its own; in the same transaction \
      the first decision is reversed, with all it had added to the year's totals. What had been paid counts toward the \
      new payment; what was paid too much is withheld from later payments to the provider. Where the outcome is the same, \
      nothing is done. Afterward the family's claims that would come out otherwise now are listed.

      EXAMPLES
        claims adjust CLM-0123456789abcdef0123 --plans rules/ --cause rules --reason 'fee of 2026-07 was wrong'
        claims adjust A-1001 --cause appeal --waive timely-filing --reason 'proof of timely filing received'
        claims adjust --all --payer SAMPLE01 --received-from 2026-07-01 --cause rules --reason 'fee of 2026-07 was wrong'
        claims adjust --touched-by CLM-0123456789abcdef0123 --cause accumulators --reason 'deductible was freed'
      """)

  @Argument(
    help: ArgumentHelp("Claim intake ids, or claim numbers; or --all for all that match.", valueName: "ID"),
    completion: .claims)
  var ids: [String] = []

  @Option(
    help: ArgumentHelp("In place of IDs: all claims of the family that this claim's outcome changes.", valueName: "ID"))
  var touchedBy: String?

  @OptionGroup var bulk: BulkOptions

  @Option(help: "Why it is decided again: rules, coverage, accumulators or appeal.")
  var cause: AdjustCause

  @Option(
    help: ArgumentHelp(
      "A rule, or a reason to wait for a person, that is set aside, as `claims show` names it: timely-filing. More than "
        + "once for more. What was set aside is on record.",
      valueName: "RULE"), transform: Waiver.init(asked:))
  var waive: [Waiver] = []

  @OptionGroup var person: PersonOptions

  @OptionGroup(title: "Deciding and paying") var options: RunOptions

  @Option(help: "text for people, json for programs: an object for each claim that was decided again.")
  var output: OutputForm = .text

  func validate() throws {
    guard ids.isEmpty || touchedBy == nil else { throw ValidationError("name claims, or --touched-by one claim") }
    try bulk.validate(beside: ids.first ?? touchedBy)
  }

  func run() async throws {
    if bulk.all {
      return try await decideAll(.adjust(cause.cause, waiving: waive), bulk, with: options, by: person, output)
    }
    do {
      var configuration = options.configuration()
      configuration.isStoreExpected = true
      try await adjust(in: try await ClaimsApp.build(configuration))
    } catch {
      throw ExitStatus.of(error)
    }
  }

  private func adjust(in app: ClaimsApp) async throws {
    let adjuster = ClaimAdjuster(app, by: try person.signOff(), rulesAreNamed: options.plans != nil)
    let touched = TouchedClaims(app)
    var names = ids
    if let touchedBy {
      let claim = try await app.store.read { try StandingClaim(named: touchedBy, in: $0) }
      names = try await touched.touched(by: claim).map(\.row.id.text)
      if names.isEmpty { Terminal.complain("no claim of the family would come out otherwise") }
    }
    var open: ExitStatus?
    for name in names {
      let adjustment = try await adjuster.adjust(name, for: cause.cause, waiving: waive)
      try show(adjustment)
      if let followUp = adjustment.followUp, open != .unavailable { open = ExitStatus(followUp) }
      guard adjustment.result != nil, touchedBy == nil else { continue }
      try await tell(touched, by: name, in: app.store)
    }
    if let open { throw ExitCode(open) }
  }

  private func show(_ adjustment: ClaimAdjustment) throws {
    var output = Output()
    switch self.output {
    case .text: output.line(try AdjustmentPage(adjustment).text())
    case .json: if let result = adjustment.result { output.bytes(try ClaimReport(result)?.jsonLine ?? []) }
    }
    output.flush()
  }

  private func tell(_ touched: TouchedClaims, by name: String, in store: ClaimStore) async throws {
    guard let claim = try? await store.read({ try StandingClaim(named: name, in: $0) }) else { return }
    let others = try await touched.touched(by: claim)
    guard !others.isEmpty else { return }
    Terminal.complain(
      "\(others.count.counted("claim")) of the family would come out otherwise now: "
        + others.prefix(5).map(\.row.id.text).joined(separator: " ") + (others.count > 5 ? " …" : "")
        + "; decide them again with: claims adjust --touched-by \(claim.row.id) --cause accumulators --reason …")
  }
}

extension Waiver {
  /// - Throws: `ValidationError` with the list of possible waivers.
  fileprivate init(asked text: String) throws {
    guard let waiver = Waiver(rawValue: text), Self.choices.contains(waiver) else {
      throw ValidationError(
        "\(text.displayed) cannot be set aside; what can is \(Self.choices.map(\.rawValue).joined(separator: ", "))")
    }
    self = waiver
  }
}

enum AdjustCause: String, ExpressibleByArgument, CaseIterable {
  case rules, coverage, accumulators, appeal

  var cause: ClaimRevision.Cause {
    switch self {
    case .rules: .rules
    case .coverage: .coverage
    case .accumulators: .accumulators
    case .appeal: .appeal
    }
  }
}
