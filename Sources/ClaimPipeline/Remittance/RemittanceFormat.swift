package import ClaimsDomain
package import DurableExecution

/// The port to the form a remittance is sent in.
package protocol RemittanceFormat: Sendable {
  /// Why a claim cannot be told in this form; nil when it can. Says nothing of a patient.
  func refusal(of claim: ClaimPayment) -> String?

  /// - Parameters:
  ///   - number: of the remittance, from 1.
  ///   - written: now.
  /// - Throws: an error whose description says why it cannot be written, and nothing of a patient.
  func file(_ advice: RemittanceAdvice, number: Int, isProduction: Bool, written: Timestamp) throws -> [UInt8]
}
