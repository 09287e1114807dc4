package import DurableExecution

/// Where claims are kept: a durable store that also knows the rows of a payer.
package protocol ClaimStore: DurableStore where Transaction: ClaimTransaction {
  /// Returns when work may have been queued, or when the time is over. Only a hint: whoever waits looks then.
  func awaitWork(upTo duration: Duration) async
}

/// Everything a claim's transaction may ask and write. Every statement takes a batch; one is a batch of one.
package protocol ClaimTransaction:
  DurableTransaction, MemberDirectory, ClaimRecords, DecisionRecords, AccumulatorLedger, PaymentRecords,
  PayeeBalances, GeneralLedger, AuditTrail, RulesetRegister, ClaimQueue, OperatorRecords, VerificationRecords,
  RemittanceRecords
{}
