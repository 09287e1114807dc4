/// REF: another number a claim, a line or a payee goes by.
package struct RemittanceReference: Hashable, Sendable {
  /// REF01. Of a claim `F8`, `EA`, `1L`, `G1` and others; of a line `6R`, `G1`, `LU` and others.
  package var qualifier: String
  package var value: String

  package init(_ qualifier: String, _ value: String) {
    self.qualifier = qualifier
    self.value = value
  }

  /// The payer's number of the claim that this one corrects.
  package static func originalClaim(_ controlNumber: String) -> RemittanceReference {
    RemittanceReference("F8", controlNumber)
  }
}
