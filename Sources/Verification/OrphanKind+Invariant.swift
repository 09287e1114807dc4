import ClaimStore

extension OrphanKind {
  var invariant: Invariant {
    switch self {
    case .bodyWithoutClaim, .decisionWithoutClaim, .lineWithoutDecision, .entryWithoutClaim, .paymentWithoutClaim,
      .postingWithoutClaim, .auditWithoutClaim, .sagaWithoutPayment:
      .noOrphans
    case .strayPosting: .ledgerFollowsClaims
    case .strayBalance: .balancesFollowReversals
    case .auditWithoutKey, .eventWithoutKey, .keyInTwoPlaces, .remittanceWithoutKey, .settledWithoutKey: .keysOnRecord
    case .remittanceWithoutClaims, .untoldClaim, .falselyTold: .toldOnce
    case .paymentBegunOnHold: .heldPayeesWait
    }
  }

  /// Whether the IDs of this kind are effect keys, which are shown only as their rules allow.
  var isKey: Bool {
    switch self {
    case .entryWithoutClaim, .postingWithoutClaim, .sagaWithoutPayment, .strayPosting, .eventWithoutKey,
      .keyInTwoPlaces, .settledWithoutKey:
      true
    case .bodyWithoutClaim, .decisionWithoutClaim, .lineWithoutDecision, .paymentWithoutClaim, .auditWithoutClaim,
      .auditWithoutKey, .strayBalance, .remittanceWithoutKey, .remittanceWithoutClaims, .untoldClaim,
      .falselyTold, .paymentBegunOnHold:
      false
    }
  }

  var meaning: String {
    switch self {
    case .bodyWithoutClaim: "the text of a claim that is gone"
    case .decisionWithoutClaim: "a decision about a claim that is gone"
    case .lineWithoutDecision: "lines of a decision that is gone"
    case .entryWithoutClaim: "an accumulator entry for a claim that is gone"
    case .paymentWithoutClaim: "a payment for a claim that is gone"
    case .postingWithoutClaim: "a ledger posting for a claim that is gone"
    case .auditWithoutClaim: "an audit record of a claim that is gone"
    case .sagaWithoutPayment: "a payment saga without its payment"
    case .strayPosting: "a ledger posting that belongs to no decision, payment or reversal of its claim"
    case .auditWithoutKey: "an audit record whose key is gone"
    case .eventWithoutKey: "an event of an effect whose key is gone: the effect could be done again"
    case .strayBalance: "a payee that owes another sum than reversals left and payments withheld"
    case .settledWithoutKey: "an enrollment transaction whose key is gone: it could be taken in again"
    case .remittanceWithoutKey: "a remittance whose key is gone, and its file with it"
    case .remittanceWithoutClaims: "a remittance that tells of no claim"
    case .untoldClaim: "a claim that its check run was to tell, and has not"
    case .falselyTold: "a claim that is marked as told, and is in no check run"
    case .paymentBegunOnHold: "a payee on hold to whom more payments are under way than when the hold began"
    case .keyInTwoPlaces: "a key that is live and in the archive: its answer is no longer one"
    }
  }
}
