import ClaimStore
import ClaimsDomain
import DurableExecution
import TestSupport

/// Claims and filters that are drawn at random from few values, so that many claims meet a condition, and share a day.
enum SampleSearch {
  static func claim(_ number: Int, _ random: inout SeededGenerator) -> StoredClaim {
    let status = ClaimStatus.allCases.randomElement(using: &random) ?? .paid
    let id = ClaimIntakeID("CLM-\(ContentDigest.sha256("\(number)".utf8).prefix(20))")
    let charge = Money(cents: .random(in: 0...9, using: &random) * 1_000)
    var row = ClaimRow(
      id: id, claimNumber: ClaimNumber("A-\(number / 2)"), payerID: PayerID(Self.payers.drawn(&random)),
      memberID: MemberID(members.drawn(&random)), receivedOn: day(&random), ruleset: RulesetID("r"), charge: charge,
      status: status, keys: ClaimKeys(intake: KeyText("idemp:intake:\(number)")))
    if [.adjudicated, .paid, .denied].contains(status) {
      row.adjudicationID = AdjudicationID("ADJ-\(number)")
      row.amounts = DecidedAmounts(allowed: .zero, memberResponsibility: .zero, planPaid: .zero)
    }
    let first = day(&random)
    let last = CalendarDate(dayNumber: first.dayNumber + .random(in: 0...3, using: &random)) ?? first
    let care = ClaimCare(
      provider: oneIn(8, &random) ? nil : ProviderReference(providers.drawn(&random)),
      days: oneIn(8, &random) ? nil : DateRange(first, through: last))
    return StoredClaim(row: row, care: care, body: Array("{}".utf8))
  }

  /// What a claim is found by, which follows from its number: one procedure or two, and of some a reason.
  static func marks(of claim: StoredClaim) -> Set<ClaimMark> {
    let number = Int(claim.row.keys.intake.text.split(separator: ":").last ?? "") ?? 0
    let procedures = [procedures[number % 3], procedures[number % 2]]
    return Set(
      procedures.compactMap { try? ClaimMark(.procedure, named: $0) }
        + [ClaimMark(run: number % 4 + 1)]
        + (number.isMultiple(of: 5) ? [try? ClaimMark(.reason, named: reasons[number % 4])] : []).compactMap(\.self))
  }

  /// A filter with about three conditions.
  static func filter(_ random: inout SeededGenerator) -> ClaimFilter {
    var filter = ClaimFilter()
    if oneIn(12, &random) { filter.claimNumber = ClaimNumber("A-\(Int.random(in: 0...150, using: &random))") }
    if oneIn(3, &random) { filter.status = ClaimStatus.allCases.randomElement(using: &random) }
    if oneIn(3, &random) { filter.memberID = MemberID(members.drawn(&random)) }
    if oneIn(4, &random) { filter.payerID = PayerID(payers.drawn(&random)) }
    if oneIn(4, &random) { filter.provider = ProviderReference(providers.drawn(&random)) }
    if oneIn(4, &random) { filter.receivedFrom = day(&random) }
    if oneIn(4, &random) { filter.receivedThrough = day(&random) }
    if oneIn(5, &random) { filter.serviceFrom = day(&random) }
    if oneIn(5, &random) { filter.serviceThrough = day(&random) }
    if oneIn(5, &random) { filter.chargeAtLeast = Money(cents: .random(in: 0...9, using: &random) * 1_000) }
    if oneIn(5, &random) { filter.chargeAtMost = Money(cents: .random(in: 0...9, using: &random) * 1_000) }
    if oneIn(4, &random) { filter.procedure = try? ClaimMark(.procedure, named: procedures.drawn(&random)) }
    if oneIn(6, &random) { filter.reason = try? ClaimMark(.reason, named: reasons.drawn(&random)) }
    if oneIn(8, &random) { filter.run = ClaimMark(run: .random(in: 1...5, using: &random)) }
    return filter
  }

  private static let procedures = ["99213", "J1885", "0450"]
  private static let reasons = ["CO-97", "OA-18", "N130", "near-duplicate"]
  private static let payers = ["P1", "P2"]
  private static let members = ["M1", "M2", "M3", "M4"]
  private static let providers = ["1234567893", "1992000002", "Juniper's Practice"]

  private static func day(_ random: inout SeededGenerator) -> CalendarDate {
    CalendarDate(year: 2026, month: 3, day: .random(in: 1...12, using: &random)) ?? .openEnd
  }

  private static func oneIn(_ count: Int, _ random: inout SeededGenerator) -> Bool {
    Int.random(in: 1...count, using: &random) == 1
  }
}

extension [String] {
  fileprivate func drawn(_ random: inout SeededGenerator) -> String { randomElement(using: &random) ?? "" }
}

extension ClaimFilter {
  /// Whether a claim matches, decided without a database.
  func matches(_ claim: StoredClaim) -> Bool {
    let row = claim.row
    return claimNumber.allows(row.claimNumber) && status.allows(row.status) && memberID.allows(row.memberID)
      && payerID.allows(row.payerID) && (provider == nil || provider == claim.care.provider)
      && receivedFrom.isAtMost(row.receivedOn) && receivedThrough.isAtLeast(row.receivedOn)
      && Set([procedure, reason, run].compactMap(\.self)).isSubset(of: SampleSearch.marks(of: claim))
      && chargeAtLeast.isAtMost(row.charge) && chargeAtMost.isAtLeast(row.charge) && matchesCare(claim.care.days)
  }

  private func matchesCare(_ days: DateRange?) -> Bool {
    guard let days else { return serviceFrom == nil && serviceThrough == nil }
    return serviceFrom.isAtMost(days.last) && serviceThrough.isAtLeast(days.first)
  }
}

extension Optional where Wrapped: Comparable {
  fileprivate func isAtMost(_ value: Wrapped) -> Bool { map { $0 <= value } ?? true }
  fileprivate func isAtLeast(_ value: Wrapped) -> Bool { map { $0 >= value } ?? true }
}

extension Optional where Wrapped: Equatable {
  fileprivate func allows(_ value: Wrapped) -> Bool { self == nil || self == value }
}
