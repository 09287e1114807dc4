import DurableExecution

/// What the provider was sent: the file itself.
package struct RemittanceResponse: Hashable, VerbatimResponse {
  package static let contentType = "application/EDI-X12"

  package let bytes: [UInt8]

  package init(bytes: [UInt8]) {
    self.bytes = bytes
  }
}
