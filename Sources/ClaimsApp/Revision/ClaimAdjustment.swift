import BankProtocol
package import ClaimPipeline
package import ClaimStore
package import ClaimsDomain
import DurableExecution

/// The result of deciding a claim again.
package struct ClaimAdjustment: Sendable {
  package let prior: StandingClaim
  /// What was paid on the prior claim; nil if it was not decided.
  package var priorPaid: Money? { prior.unpaid == nil ? prior.row.amounts?.planPaid : .zero }
  /// The interest paid on the prior claim for late payment.
  package let priorInterest: Money
  /// The result of the new claim; nil when nothing changed.
  package let result: ClaimResult?
  /// The act as it was proposed, since it moves more money than one person may; nil for an act that was done.
  package var proposal: ProposedAct?

  /// The payment of the new claim; nil when the claim was not closed.
  package var payment: PaymentResponse? {
    guard case .claim(_, _, .audited(let claim))? = result?.kind, case .closed(let payment, _) = claim.closed.payment
    else { return nil }
    return payment
  }

  /// The interest paid on the new claim for late payment.
  package var interest: Money { payment?.interest ?? .zero }

  /// What to do about a claim that is not finished; nil for one that is.
  package var followUp: FollowUp? {
    unsettled.map { $0.isPaymentUnknown ? .later : $0.reason.followUp }
  }

  /// Why the claim is not finished; nil for one that is.
  var unsettled: Unsettled? {
    guard case .claim(_, _, .unsettled(let unsettled))? = result?.kind else { return nil }
    return unsettled
  }
}

extension AdjudicationResponse.Verdict {
  /// Returns whether both verdicts adjust the same amounts by the same codes, so that deciding again would move no
  /// money.
  func comesToTheSame(as other: Self) -> Bool {
    switch (self, other) {
    case (.suspended(let reason), .suspended(let other)): reason == other
    case (.decided(let decision), .decided(let other)): decision.outcome == other.outcome
    case (.suspended, .decided), (.decided, .suspended): false
    }
  }
}

extension Decision {
  /// The result of the decision, without its explanations.
  fileprivate var outcome: [[String]] {
    lines.map { line in
      ["\(line.number)", line.allowed.description, line.paid.description]
        + line.adjustments.map { "\($0.code) \($0.remark ?? "") \($0.amount)" }
    }
  }
}
