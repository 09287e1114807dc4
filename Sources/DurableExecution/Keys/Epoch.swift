/// Counts the owners a pending key has had. It grows with each new owner and fences the old one: a write that
/// carries a smaller epoch than the stored one is refused.
package struct Epoch: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
  package let number: Int64

  package static let first = Epoch(1)

  package init(_ number: Int64) {
    self.number = number
  }

  package var next: Epoch { Epoch(number + 1) }

  package static func < (left: Epoch, right: Epoch) -> Bool { left.number < right.number }

  package init(from decoder: any Decoder) throws {
    number = try decoder.singleValueContainer().decode(Int64.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(number)
  }

  package var description: String { "\(number)" }
}
