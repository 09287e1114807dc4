package import DurableExecution

/// Where claims are kept: a durable store that also knows the rows of a payer.
package protocol ClaimStore: DurableStore where Transaction: ClaimTransaction {
  /// Returns when work may have been queued, or when the time is over. Only a hint: whoever waits looks then.
  func awaitWork(upTo duration: Duration) async

  /// Compares the store's tables with those this program makes. Changes nothing.
  ///
  /// - Returns: nil where that cannot be done, since we may not make anything to compare with.
  /// - Throws: `StoreFailure`.
  func shapeComparison() async throws -> ShapeComparison?
}

/// Everything a claim's transaction may ask and write. Every statement takes a batch; one is a batch of one.
package protocol ClaimTransaction:
  DurableTransaction, MemberDirectory, ClaimRecords, DecisionRecords, AccumulatorLedger, PaymentRecords,
  PayeeBalances, GeneralLedger, AuditTrail, RulesetRegister, ClaimQueue, OperatorRecords, VerificationRecords,
  RemittanceRecords, BankRecords
{}
