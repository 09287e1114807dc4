import DurableExecution

/// What an audit record rests on, as one digest: the stored responses in the order in which they were made.
package struct AuditEvidence: Hashable, Sendable {
  /// SHA-256, hex.
  package let digest: String

  package init(responseDigests: [String]) {
    digest = ContentDigest.sha256(responseDigests.joined(separator: "\n").utf8)
  }
}
