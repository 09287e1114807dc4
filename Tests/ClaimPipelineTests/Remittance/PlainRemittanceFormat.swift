import ClaimOperations
import ClaimPipeline
import ClaimsDomain
import DurableExecution

/// A remittance as a plain list, which shows what was reported to whom.
struct PlainRemittanceFormat: RemittanceFormat {
  /// The provider's numbers of the claims that this format cannot write.
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
