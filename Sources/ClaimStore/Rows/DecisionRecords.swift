package import ClaimsDomain
package import DurableExecution

/// Decisions as rows, so that the database itself can enforce that they balance and can find duplicate services.
package protocol DecisionRecords {
  /// What decisions start from, in one question. The totals are locked in the order of their scopes until the transaction
  /// ends; all else is read after the lock. So when two transactions decide claims of one member, the second sees what the
  /// first has decided.
  func precedents(for sought: SoughtPrecedents) throws -> Precedents

  /// The lines with a procedure that were allowed on these days. Lines of replaced claims are left out.
  ///
  /// - Parameter careDays: digests of `CareDay`.
  func allowedLines(on careDays: [String]) throws -> [AllowedLineRow]

  func insert(_ decisions: [DecisionRow]) throws

  /// Notes what claims are found by, besides what is noted already.
  func mark(_ claims: [MarkedClaim]) throws
}

/// What the decisions of a batch ask the store.
package struct SoughtPrecedents: Sendable {
  package var scopes: [AccumulatorScope]
  /// Digests of `ServiceSignature`.
  package var exact: [String]
  /// Digests of `NearSignature` or `AnesthesiaShare`; empty if no plan uses them.
  package var near: [String]
  /// The numbers that original claims have, their members, their billing providers, and their first days of care.
  package var numbers: [ClaimNumber]
  package var members: [MemberID]
  package var providers: [ProviderReference]
  package var days: [CalendarDate]

  package init(
    scopes: [AccumulatorScope] = [], exact: [String] = [], near: [String] = [], numbers: [ClaimNumber] = [],
    members: [MemberID] = [], providers: [ProviderReference] = [], days: [CalendarDate] = []
  ) {
    self.scopes = scopes
    self.exact = exact
    self.near = near
    self.numbers = numbers
    self.members = members
    self.providers = providers
    self.days = days
  }
}

/// What is on record when the claims of a batch are decided.
package struct Precedents: Sendable {
  /// Scopes without entries are absent.
  package var totals: [AccumulatorScope: Money] = [:]
  /// The claims whose decision allowed a service with one of the signatures, by signature. Replaced claims are left out.
  package var allowed: [String: Set<ClaimIntakeID>] = [:]
  /// Claims with one of the numbers that are decided or suspended and that no other claim has replaced: those of the
  /// members, and those of the providers that begin on one of the days.
  package var numbered: [ClaimRow] = []

  package init() {}
}

/// The location of an allowed line: its code, modifiers, and units are in the claim's text.
package struct AllowedLineRow: Hashable, Sendable {
  package var claimID: ClaimIntakeID
  package var number: Int
  package var careDay: String
  /// The day within the line, which may span several days; 0 is the first.
  package var daysAfterFirst: Int

  package init(claimID: ClaimIntakeID, number: Int, careDay: String, daysAfterFirst: Int) {
    self.claimID = claimID
    self.number = number
    self.careDay = careDay
    self.daysAfterFirst = daysAfterFirst
  }
}

package struct DecisionRow: Hashable, Sendable {
  package var id: AdjudicationID
  package var claimID: ClaimIntakeID
  package var effectKey: KeyText
  package var decision: Decision
  /// The signatures of each line, by line number.
  package var signatures: [Int: SignatureDigests]

  package init(
    id: AdjudicationID, claimID: ClaimIntakeID, effectKey: KeyText, decision: Decision,
    signatures: [Int: SignatureDigests]
  ) {
    self.id = id
    self.claimID = claimID
    self.effectKey = effectKey
    self.decision = decision
    self.signatures = signatures
  }
}

/// A line's signatures as the database stores them: SHA-256 in hex, because the signature texts contain the member's
/// number. Empty if there is none.
package struct SignatureDigests: Hashable, Sendable {
  /// The digest of the line's `ServiceSignature`.
  package let exact: String
  /// The digests for each day of the line, in order; empty if the plan uses none of them.
  package let days: [Day]
  /// The digests of the `NearSignature` for the day before the line and the day after it; empty for a line that is not
  /// compared with others. They are looked for and never stored.
  package let neighbors: [String]

  package static let none = SignatureDigests(exact: "", days: [], neighbors: [])

  /// The days that the database stores for a line: the first day and, if the line was allowed, the others.
  package func keptDays(isDenied: Bool) -> ArraySlice<Day> {
    (days.isEmpty ? [.empty] : days).prefix(isDenied ? 1 : .max)
  }

  package struct Day: Hashable, Sendable {
    /// The digest of the `NearSignature` if the plan checks for near duplicates, or of the `AnesthesiaShare` if the
    /// plan prices it.
    package let near: String
    /// The digest of the `CareDay`; only if the plan edits codes by the day.
    package let careDay: String
    /// The near signatures of other lines that affect this one.
    package let excluded: [String]

    package static let empty = Day(near: "", careDay: "", excluded: [])
  }

  /// The signatures that a plan uses to find lines, besides the exact one.
  package struct Sought: OptionSet, Sendable {
    package let rawValue: Int

    package static let near = Sought(rawValue: 1)
    package static let careDay = Sought(rawValue: 2)
    package static let anesthesia = Sought(rawValue: 4)

    /// The combinations that any plan may use.
    package static let possible = (0..<8).map(Sought.init)

    package init(rawValue: Int) {
      self.rawValue = rawValue
    }

    /// - Parameter plan: the plan in force; nil if there is none.
    package init(by plan: BenefitPlan?) {
      self = []
      if plan?.nearDuplicates != nil { insert(.near) }
      if plan?.editsCareDays == true { insert(.careDay) }
      if plan?.pricesAnesthesia == true { insert(.anesthesia) }
    }
  }

  private init(exact: String, days: [Day], neighbors: [String]) {
    (self.exact, self.days, self.neighbors) = (exact, days, neighbors)
  }

  package init(of line: ServiceLine, in claim: SubmittedClaim, member: MemberID, seeking sought: Sought) {
    exact = Self.digest(ServiceSignature(of: line, in: claim, member: member)?.text)
    guard !sought.isEmpty, let dates = claim.serviceDates(of: line) else {
      (days, neighbors) = ([], [])
      return
    }
    let first = Day(of: line, on: dates.first, claim, member, seeking: sought)
    // A line without signatures for its first day has none for the others.
    days =
      first == .empty
      ? [] : [first] + dates.days.dropFirst().map { Day(of: line, on: $0, claim, member, seeking: sought) }
    // Anesthesia that the plan prices is found by its share and compared by its own rule.
    let isCompared = sought.contains(.near) && first.excluded == [first.near]
    neighbors =
      isCompared
      ? [dates.first.dayNumber - 1, dates.last.dayNumber + 1].compactMap(CalendarDate.init(dayNumber:)).compactMap {
        NearSignature(of: line, on: $0, in: claim, member: member).map { Self.digest($0.text) }
      } : []
  }

  fileprivate static func digest(_ text: String?) -> String { text.map { ContentDigest.sha256($0.utf8) } ?? "" }
}

extension SignatureDigests.Day {
  fileprivate init(
    of line: ServiceLine, on day: CalendarDate, _ claim: SubmittedClaim, _ member: MemberID,
    seeking sought: SignatureDigests.Sought
  ) {
    let digest = SignatureDigests.digest
    careDay = sought.contains(.careDay) ? digest(CareDay(of: line, on: day, in: claim, member: member)?.text) : ""
    if sought.contains(.anesthesia), let share = AnesthesiaShare(of: line, on: day, member: member) {
      near = digest(share.text)
      excluded = share.excluded.map { digest($0.text) }
    } else {
      near = sought.contains(.near) ? digest(NearSignature(of: line, on: day, in: claim, member: member)?.text) : ""
      excluded = near.isEmpty ? [] : [near]
    }
  }
}

extension Ruleset {
  /// The plan in force on a line's first day; nil if there is none.
  package func plan(of line: ServiceLine, in claim: SubmittedClaim, among spans: [Coverage]) -> BenefitPlan? {
    guard let day = claim.serviceDates(of: line)?.first,
      case .active(let coverage) = CoverageStanding(on: day, among: spans)
    else { return nil }
    return plans[coverage.planID]
  }
}
