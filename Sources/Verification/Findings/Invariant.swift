/// What must be true of a store at any moment, whatever crashed, was retried, or raced. Each invariant has a name that
/// people can look up.
package enum Invariant: String, Sendable, Codable, CaseIterable {
  case readableRows = "readable-rows"
  case storedResponse = "stored-response"
  case keysOnRecord = "keys-on-record"
  case oneEventPerOutcome = "one-event-per-outcome"
  case logicalTimeGrows = "logical-time-grows"
  case stateIsFold = "state-is-fold"
  case claimAsReceived = "claim-as-received"
  case decisionBalances = "decision-balances"
  case paymentFollowsDecision = "payment-follows-decision"
  case oneStandingPayment = "one-standing-payment"
  case oneClaimPerCare = "one-claim-per-care"
  case sagaFollowsPayment = "saga-follows-payment"
  case ledgerFollowsClaims = "ledger-follows-claims"
  case ledgerBalances = "ledger-balances"
  case balancesFollowReversals = "balances-follow-reversals"
  case accumulatorsFollowDecisions = "accumulators-follow-decisions"
  case coverageAsSettled = "coverage-as-settled"
  case limitsHold = "limits-hold"
  case auditRestsOnEvidence = "audit-rests-on-evidence"
  case bankMatchesPayments = "bank-matches-payments"
  case bankPaysOnce = "bank-pays-once"
  case bankTransfersKnown = "bank-transfers-known"
  case heldPayeesWait = "held-payees-wait"
  case receiptsHold = "receipts-hold"
  case toldOnce = "told-once"
  case formsFollowActs = "forms-follow-acts"
  case noOrphans = "no-orphans"
  case tablesAsMade = "tables-as-made"

  /// What holds while the invariant is intact, in words for people.
  package var promise: String {
    switch self {
    case .readableRows: "every row reads as what it should be"
    case .storedResponse:
      "a stored response is there exactly when its key is done, byte for byte as it was first written"
    case .keysOnRecord: "every key that a claim, a row or an event names is on record, once"
    case .oneEventPerOutcome: "every outcome has exactly one event, and what is pending has none"
    case .logicalTimeGrows: "an effect's logical time is greater than that of the effect before it"
    case .stateIsFold: "a claim's row is the fold of its events"
    case .claimAsReceived: "a claim's text is the one that its intake key was derived from"
    case .decisionBalances:
      "charge = paid + adjustments on every line and claim, and the rows say what the response says"
    case .paymentFollowsDecision:
      "a payment is of the decision's amount, to the claim's billing provider, under its key"
    case .oneStandingPayment: "a claim has at most one standing payment"
    case .oneClaimPerCare: "no care is paid on two claims, unless a person has said that it is other care"
    case .sagaFollowsPayment: "a payment's saga stands where the payment stands"
    case .ledgerFollowsClaims: "each decision has its accrual and each payment its posting, and nothing else is posted"
    case .ledgerBalances: "the ledger sums to zero"
    case .balancesFollowReversals: "a payee owes what reversals left, without what payments have withheld since"
    case .accumulatorsFollowDecisions: "deductible and out-of-pocket entries are what the decisions say"
    case .coverageAsSettled: "whoever came by an enrollment transaction is covered as it left them"
    case .limitsHold: "no deductible or out-of-pocket total is above its plan's limit"
    case .auditRestsOnEvidence: "each outcome has its audit record, whose evidence is the stored responses"
    case .bankMatchesPayments: "the bank has made the payments we have on record, and no others"
    case .bankPaysOnce: "the bank has paid no claim twice"
    case .bankTransfersKnown: "every transfer at the bank is for a payment of ours"
    case .heldPayeesWait: "no payment is begun to a payee on hold"
    case .receiptsHold:
      "every receipt is signed with the key of the store's bank and states what its payment's row says"
    case .toldOnce: "each outcome is told its provider once at most, in a file that pays what the bank has moved for it"
    case .formsFollowActs:
      "a paper form says what was read or what an act on record has given it, and an accepted one is the claim of its pages"
    case .noOrphans: "no row is left without what it belongs to"
    case .tablesAsMade: "tables, constraints, indexes and triggers are those this program makes, and no others"
    }
  }
}
