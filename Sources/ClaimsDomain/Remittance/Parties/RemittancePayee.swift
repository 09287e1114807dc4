/// Loop 1000B, who is paid.
package struct RemittancePayee: Hashable, Sendable {
  package var name: String
  package var identity: Identity
  package var address: Address?

  /// N103 and N104.
  package enum Identity: Hashable, Sendable {
    /// XX; the tax number then goes into REF*TJ.
    case npi(String, taxID: String?)
    /// FI.
    case taxID(String)
  }

  package init(name: String, identity: Identity, address: Address? = nil) {
    self.name = name
    self.identity = identity
    self.address = address
  }

  /// PLB01: the NPI, else the tax number.
  package var identifier: String {
    switch identity {
    case .npi(let number, _), .taxID(let number): number
    }
  }
}
