/// A line that does not add up is never recorded.
package struct BalanceError: Error, Hashable, CustomStringConvertible {
  package let line: Int
  package let charge: Money
  package let paid: Money
  /// Nil when the adjustments themselves leave 64 bits.
  package let adjusted: Money?

  package var description: String {
    let sum = adjusted.map(\.description) ?? "more than can be added up"
    return "line \(line) does not balance: charge \(charge), paid \(paid), adjusted \(sum)"
  }
}
