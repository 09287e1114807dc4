import ClaimFormats
import ClaimsDomain
import Testing

/// Decides one member's claims by a plan file, one after another, and keeps the totals.
struct PlanDesk {
  let adjudicator: Adjudicator
  let plan: PlanID
  private let year: Int
  private let span: Coverage
  private(set) var totals: [AccumulatorScope: Money] = [:]

  /// - Parameters:
  ///   - terms: terms that replace or extend those of a plan that pays every charge in full.
  ///   - fees: the rows of the schedule `fees`, such as `G0463,,1500.00`.
  ///   - year: the year in which the member is enrolled.
  init(
    _ terms: [String: String] = [:], fees: [String] = [], networks: [SourceFile] = [], tables: [TableEdition] = [],
    year: Int = 2026, isFamily: Bool = false, spent: [AccumulatorScope.Bucket: String] = [:]
  ) throws {
    let rows = (["code,modifiers,amount,effective,termination"] + fees.map { $0 + ",\(year)-01-01," }) + [""]
    let ruleset = try RulesetFiles(
      plans: [Samples.file("plan.yaml", Self.yaml(terms))],
      feeSchedules: [Samples.file("fees.csv", rows.joined(separator: "\n"))], networks: networks,
      tables: tables
    ).ruleset()
    adjudicator = Adjudicator(ruleset: ruleset)
    plan = try #require(ruleset.plans.keys.first)
    self.year = year
    let whole = try #require(DateRange(Self.day("\(year)-01-01"), through: Self.day("\(year)-12-31")))
    span = Coverage(
      memberID: MemberID("M1"), familyID: FamilyID("M1"), planID: plan, effective: whole, coversFamily: isFamily)
    for (bucket, amount) in spent {
      let scopes = [AccumulatorScope.Holder.member(span.memberID), .family(span.familyID)].map { scope($0, bucket) }
      for scope in scopes { totals[scope] = try Money(parsing: amount) }
    }
  }

  private static func yaml(_ terms: [String: String]) -> String {
    let whole = [
      "id": "PLAN", "name": "Plan", "version": "\"1\"",
      "deductible": "{individual: 0, family: 0, embedded: true}",
      "out_of_pocket_maximum": "{individual: 99999999, family: 99999999, embedded: true}",
      "coinsurance": "0%", "cost_share_order": "deductible-first", "timely_filing_days": "365",
      "pricing": "{otherwise_percent_of_charge: 100%}",
    ].merging(terms) { _, term in term }
    return whole.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)\n" }.joined()
  }

  static func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(parsing: text)) }

  /// Decides a claim with one line for each charge.
  @discardableResult
  mutating func decide(_ charges: String..., code: String = "G0463", on day: String = "2026-03-02") throws -> Decision {
    try decide(Self.claim(charges, code: code, on: day))
  }

  mutating func decide(_ claim: SubmittedClaim) throws -> Decision {
    var accumulators = Accumulators(balances: totals)
    let decision = try adjudicator.decide(
      claim, under: .init(received: Self.day("\(year)-12-31"), spans: [span]), accumulators: &accumulators)
    totals = accumulators.balances
    return decision
  }

  static func claim(
    _ charges: [String], code: String = "G0463", on day: String = "2026-03-02", npi: String = "1234567893"
  ) throws -> SubmittedClaim {
    let date = try Self.day(day)
    let lines = try charges.enumerated().map { index, charge in
      ServiceLine(
        number: index + 1, procedure: ProcedureCode(code: code, modifiers: index == 0 ? [] : ["76"]),
        charge: try Money(parsing: charge), placeOfService: "11", serviceDates: DateRange(date))
    }
    return SubmittedClaim(
      kind: .professional, claimNumber: ClaimNumber("C1"), payer: Payer(id: PayerID("PAYER"), name: "Payer"),
      facilityCode: "11", charge: try lines.map(\.charge).total(),
      billingProvider: Provider(name: "Clinic", npi: npi),
      subscriber: Subscriber(memberID: MemberID("M1"), name: PersonName(last: "Quennell", first: "Marisol")),
      patient: .subscriber, lines: lines, digest: "")
  }

  func total(_ bucket: AccumulatorScope.Bucket, ofFamily: Bool = false) -> String {
    (totals[scope(ofFamily ? .family(span.familyID) : .member(span.memberID), bucket)] ?? .zero).description
  }

  private func scope(_ holder: AccumulatorScope.Holder, _ bucket: AccumulatorScope.Bucket) -> AccumulatorScope {
    AccumulatorScope(holder: holder, planID: plan, planYear: year, bucket: bucket)
  }
}

extension Decision {
  /// Every adjustment in order, such as `CO-45 25.00`, and the paid amount, as examiners read a remittance.
  var remitted: [String] {
    lines.flatMap(\.adjustments).map { "\($0.code) \($0.amount)" } + ["paid \(paid)"]
  }
}
