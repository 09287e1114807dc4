/// Where in a remittance an amount stands. Claims go by the provider's own number, lines by their position, from 1.
package enum RemittancePlace: Hashable, Sendable {
  case line(Int, of: ClaimNumber)
  case claim(ClaimNumber)
  /// The transaction as a whole, by its trace number (TRN02).
  case check(String)
}

extension RemittancePlace: CustomStringConvertible {
  package var description: String {
    switch self {
    case .line(let number, let claim): "claim \(claim), line \(number)"
    case .claim(let number): "claim \(number)"
    case .check(let trace): "check \(trace)"
    }
  }
}
