package import ClaimsDomain
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

/// Which content each ruleset name stands for. The first to use a name decides it for good.
package protocol RulesetRegister {
  /// The digest the name stands for: the one given when the name is new, else the one it was first used with.
  func register(_ ruleset: RulesetID, digest: String) throws -> String
}

/// The effects whose keys the store looks for itself: the second part of `idemp:elig:…`.
package enum EffectName {
  package static let eligibility = "elig"
  package static let void = "void"
  package static let `return` = "return"
}

extension Timestamp {
  /// The day in UTC.
  package var day: CalendarDate {
    let dayMicroseconds: Int64 = 86_400_000_000
    let (days, rest) = microseconds.quotientAndRemainder(dividingBy: dayMicroseconds)
    return CalendarDate(dayNumber: Int(rest < 0 ? days - 1 : days)) ?? .openEnd
  }
}
