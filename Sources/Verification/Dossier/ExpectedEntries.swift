import ClaimStore
import ClaimsDomain
import DurableExecution

/// The accumulator entries that a decision accounts for, computed from the decision itself. The deductible (PR-1),
/// coinsurance (PR-2), and copay (PR-3) of each line count toward the member and the family under the coverage in force
/// on the line's day. What the line used of a benefit's limit counts toward the member.
struct ExpectedEntries: Hashable, Sendable {
  let amounts: [AccumulatorPlace: Money]

  static let none = ExpectedEntries(amounts: [:])

  private init(amounts: [AccumulatorPlace: Money]) {
    self.amounts = amounts
  }

  /// Returns nil for a decision with a line that the claim or the coverage does not include.
  ///
  /// - Throws: `MoneyError.overflow` when a sum exceeds 64 bits.
  init?(_ decision: Decision, of claim: SubmittedClaim, among spans: [Coverage], under key: KeyText) throws(MoneyError)
  {
    var amounts: [AccumulatorScope: Money] = [:]
    for line in decision.lines where !line.isDenied {
      let (deductible, outOfPocket) = try Self.credit(of: line)
      let used = line.use?.amounts ?? []
      guard outOfPocket != .zero || !used.isEmpty else { continue }
      guard let service = claim.lines.first(where: { $0.number == line.number }),
        let day = claim.serviceDates(of: service)?.first,
        case .active(let coverage) = CoverageStanding(on: day, among: spans)
      else { return nil }
      // The plan year is the calendar year (`BenefitPlan.planYear`) for every plan.
      for scope in AccumulatorScope.costSharing(of: coverage, planYear: day.year, network: line.network) {
        let amount = scope.bucket.isDeductible ? deductible : outOfPocket
        if amount != .zero { amounts[scope] = try (amounts[scope] ?? .zero) + amount }
      }
      for (bucket, amount) in used {
        let scope = AccumulatorScope(
          holder: .member(coverage.memberID), planID: coverage.planID, planYear: day.year, bucket: bucket)
        amounts[scope] = try (amounts[scope] ?? .zero) + amount
      }
    }
    self.init(
      amounts: Dictionary(
        amounts.map { (AccumulatorPlace(scope: $0, effectKey: key), $1) }, uniquingKeysWith: { first, _ in first }))
  }

  /// Returns these entries along with those of a reversal, which takes the same amounts back under its own key.
  ///
  /// - Throws: `MoneyError.overflow`.
  func reversed(under key: KeyText) throws(MoneyError) -> ExpectedEntries {
    var all = amounts
    for (place, amount) in amounts {
      all[AccumulatorPlace(scope: place.scope, effectKey: key)] = try .zero - amount
    }
    return ExpectedEntries(amounts: all)
  }

  var places: [AccumulatorPlace] { Array(amounts.keys) }

  /// Returns whether the given entries equal the expected ones at the expected places.
  func match(_ entries: [AccumulatorRow]) -> Bool {
    amounts
      == Dictionary(entries.filter { amounts[$0.place] != nil }.map { ($0.place, $0.entry.amount) }) { first, _ in first
      }
  }

  private static func credit(
    of line: LineDecision
  ) throws(MoneyError) -> (deductible: Money, outOfPocket: Money) {
    if let credit = line.credit { return (credit.deductible, credit.outOfPocket) }
    return (try sum(of: [.deductible], on: line), try sum(of: CostShareKind.allCases, on: line))
  }

  private static func sum(of kinds: [CostShareKind], on line: LineDecision) throws(MoneyError) -> Money {
    let reasons = kinds.map(\.reason.rawValue)
    return try line.adjustments.lazy
      .filter { $0.group == .patientResponsibility && reasons.contains($0.reason) }
      .map(\.amount).total()
  }
}
