package import ClaimsDomain
package import DurableExecution

/// A durable store that also keeps the records of a payer.
package protocol ClaimStore: DurableStore where Transaction: ClaimTransaction {
  /// Returns when work may have been queued, or when the time is over. This is only a hint: the caller then checks the
  /// queue.
  func awaitWork(upTo duration: Duration) async

  /// Compares the store's tables with those that this program creates, without changing anything.
  ///
  /// - Returns: nil if the comparison is impossible because the program may not create anything to compare with.
  /// - Throws: `StoreFailure`.
  func shapeComparison() async throws -> ShapeComparison?
}

/// All queries and updates in a claim's transaction. Every operation takes a batch, which may have one element.
package protocol ClaimTransaction:
  DurableTransaction, MemberDirectory, ClaimRecords, DecisionRecords, AccumulatorLedger, PaymentRecords,
  PayeeBalances, GeneralLedger, AuditTrail, RulesetRegister, ClaimQueue, OperatorRecords, VerificationRecords,
  RemittanceRecords, BankRecords
{}

/// The content that each ruleset name refers to. The first use of a name fixes it permanently.
package protocol RulesetRegister {
  /// Returns the digest of a ruleset name: the given one if the name is new, otherwise the one it was first used with.
  func register(_ ruleset: RulesetID, digest: String) throws -> String
}

/// The names of the effects whose keys the store itself looks up: the second part of a key, as in `idemp:elig:…`.
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
