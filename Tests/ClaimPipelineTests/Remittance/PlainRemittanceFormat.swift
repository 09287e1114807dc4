import ClaimOperations
import ClaimPipeline
import ClaimsDomain
import DurableExecution

/// A remittance as a list: enough to see who was told what.
struct PlainRemittanceFormat: RemittanceFormat {
  /// The provider's numbers of claims that this form has no words for.
  var unwritable: Set<String> = []

  struct Unwritable: Error, CustomStringConvertible {
    let description = "no words"
  }

  func refusal(of claim: ClaimPayment) -> String? {
    unwritable.contains(claim.claimNumber.text) ? Unwritable().description : nil
  }

  func file(_ advice: RemittanceAdvice, number: Int, isProduction: Bool, written: Timestamp) throws -> [UInt8] {
    let lines =
      ["check \(advice.payment.trace) pays \(advice.payment.amount)"]
      + advice.claims.map { "\($0.claimNumber) \($0.paid)" }
    return Array(lines.joined(separator: "\n").utf8)
  }
}
