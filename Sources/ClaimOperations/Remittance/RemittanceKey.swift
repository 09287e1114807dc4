package import ClaimStore
import ClaimsDomain
package import DurableExecution

/// The key of a remittance to a payee: `idemp:remit:{payee}:{digest}`, where the digest covers the reported claims.
/// Each claim is reported once, so no two remittances share a digest.
package struct RemittanceKey: EffectKey {
  package typealias Response = RemittanceResponse
  package static let effect = "remit"
  package static let retention = Retention.financial

  /// The payee's reference.
  package let payee: String
  /// The SHA-256 digest of the claims, in hexadecimal.
  package let digest: String

  package init(payee: String, claims: [DueClaim]) {
    self.payee = payee
    digest = ContentDigest.sha256(
      claims.map { "\($0.part.rawValue) \($0.paymentID)" }.joined(separator: "\n").utf8)
  }

  package var segments: [String] { [payee, digest] }
}

/// What the provider was sent: the file itself.
package struct RemittanceResponse: Hashable, VerbatimResponse {
  package static let contentType = "application/EDI-X12"

  package let bytes: [UInt8]

  package init(bytes: [UInt8]) {
    self.bytes = bytes
  }
}
