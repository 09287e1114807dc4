/// Counts the owners a pending key has had. It grows with each new owner and fences the old one: a write that
/// carries a smaller epoch than the stored one is refused.
public struct Epoch: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
  public let number: Int64

  public static let first = Epoch(1)

  public init(_ number: Int64) {
    self.number = number
  }

  public var next: Epoch { Epoch(number + 1) }

  public static func < (left: Epoch, right: Epoch) -> Bool { left.number < right.number }

  public init(from decoder: any Decoder) throws {
    number = try decoder.singleValueContainer().decode(Int64.self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(number)
  }

  public var description: String { "\(number)" }
}
