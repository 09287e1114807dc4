package import DurableExecution

// The records that each agent may read and write. An agent is generic over its own role, so a write to the records of another
// does not compile. `ClaimTransaction` has every role.

package typealias IntakeRecords = DurableTransaction & ClaimRecords
/// Eligibility reads the directory, and enrolls members on request. It changes no claim.
package typealias EligibilityRecords = DurableTransaction & MemberDirectory
/// Adjudication records decisions, totals, and the postings of what is owed. It knows no payments.
package typealias AdjudicationRecords =
  DurableTransaction & ClaimRecords & DecisionRecords & AccumulatorLedger & GeneralLedger
/// Payment records payments and their postings. It changes no decision and no total.
package typealias PayingRecords =
  DurableTransaction & ClaimRecords & PaymentRecords & PayeeBalances & GeneralLedger & BankRecords
package typealias AuditRecords = DurableTransaction & ClaimRecords & AuditTrail
/// A void takes a payment back, so it works on the records of payment.
package typealias VoidRecords = PayingRecords
/// Reversal takes back what a replaced claim has used and was paid.
package typealias ReversalRecords =
  DurableTransaction & ClaimRecords & AccumulatorLedger & PaymentRecords & PayeeBalances & GeneralLedger
  & BankRecords
package typealias EnrollmentRecords = DurableTransaction & MemberDirectory
/// Remittance records what was reported to providers. It moves no money.
package typealias RemittingRecords =
  DurableTransaction & ClaimRecords & PaymentRecords & PayeeBalances & RemittanceRecords & VerificationRecords
