/// Why a claim waits for a person, which of its lines are affected, and which other claims to compare with it.
package struct Suspense: Hashable, Sendable {
  package let reason: SuspenseReason
  /// Line numbers in ascending order; empty when the reason concerns the claim as a whole.
  package let lines: [Int]
  package let otherClaims: [ClaimIntakeID]
  /// How the claim resembles the other claims, where that is the reason: the closest line for each of them.
  package let resemblances: [Resemblance]

  package init(
    _ reason: SuspenseReason, lines: [Int] = [], beside otherClaims: [ClaimIntakeID] = [],
    resemblances: [Resemblance] = []
  ) {
    self.reason = reason
    self.lines = lines.sorted()
    self.otherClaims = otherClaims
    self.resemblances = resemblances
  }

  /// Names each claim among the resemblances, with the closest of them.
  init(_ reason: SuspenseReason, resembling found: [Resemblance]) {
    let closest = Resemblance.closest(of: found)
    self.init(reason, beside: closest.map(\.claimID), resemblances: closest)
  }

  /// The reason's code, such as `other-payer-first`.
  package var code: String { reason.code }

  /// Text for the examiner.
  package var text: String {
    guard !lines.isEmpty else { return reason.text }
    let numbers = lines.map(String.init).joined(separator: ", ")
    return "\(reason.text) (line\(lines.count == 1 ? "" : "s") \(numbers))"
  }
}

extension SuspenseReason {
  /// The first reason that applies to a claim; nil when it can be decided automatically.
  ///
  /// - Parameters:
  ///   - coordinates: Whether the member's plan defines what it pays after other payers.
  ///   - member: The person who has the member number on the claim, if known.
  package init?(_ claim: SubmittedClaim, coordinates: Bool = false, of member: MemberIdentity? = nil) {
    let reason = Self.reasons(in: claim, coordinates, member).first { !$0.canBeSetAside || !claim.waives(.wait($0)) }
    guard let reason else { return nil }
    self = reason
  }

  /// All reasons that apply, the most serious first. Setting one aside does not affect the others.
  private static func reasons(
    in claim: SubmittedClaim, _ coordinates: Bool, _ member: MemberIdentity?
  ) -> [SuspenseReason] {
    var reasons: [SuspenseReason] = []
    if let member, claim.difference(from: member) != nil { reasons.append(.memberDiffers) }
    if claim.purpose == .subrogation { reasons.append(.subrogation) }
    if claim.stay?.isForDenial == true { reasons.append(.billedForDenial) }
    if claim.assignsBenefits == false { reasons.append(.benefitsNotAssigned) }
    if claim.relatedCauses?.isEmpty == false { reasons.append(.liability) }
    if let unclear = claim.unclearTurn {
      reasons.append(unclear)
    } else if claim.payerSequence != .primary {
      if !coordinates {
        reasons.append(.otherPayerFirst)
      } else {
        do {
          _ = try OtherPayerAccount(of: claim)
        } catch {
          reasons.append(error)
        }
      }
    }
    switch claim.frequency.code {
    case "1": if claim.namesOurs { reasons.append(.priorClaimNamed) }
    case "2", "3", "4": reasons.append(.interimBill)
    case "7", "8": if claim.priorClaims.isEmpty { reasons.append(.priorClaimUnnamed) }
    default: reasons.append(.unusualFrequency)
    }
    return reasons
  }
}

/// Why no decision could be made. A failure is never a decision about the claim: the ruleset or the claim is not
/// suitable for a decision, and a person has to review it.
package enum AdjudicationFailure: Error, Hashable, CustomStringConvertible {
  /// The plan prices by a schedule that the ruleset does not contain.
  case unknownFeeSchedule(String, plan: PlanID)
  /// The plan pays by a network that the ruleset does not contain.
  case unknownNetwork(String, plan: PlanID)
  /// Neither the line nor the claim has a date of service. `ClaimValidation` rejects such a claim at intake.
  case undatedLine(Int)
  /// The claim waits for a person, for a reason that `Adjudicator.suspense` returns in advance or that a rule found.
  case suspended(Suspense)
  case amount(MoneyError)
  case unbalanced(BalanceError)

  package var description: String {
    switch self {
    case .unknownFeeSchedule(let name, let plan): "plan \(plan) prices by fee schedule \(name), which the ruleset lacks"
    case .unknownNetwork(let name, let plan): "plan \(plan) has the network \(name), which the ruleset lacks"
    case .undatedLine(let number): "line \(number) has no date of service"
    case .suspended(let suspense): suspense.text
    case .amount(let error): error.description
    case .unbalanced(let error): error.description
    }
  }
}
