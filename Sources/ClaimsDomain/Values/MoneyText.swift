extension Money: CustomStringConvertible, Codable {
  /// Two decimals always: `125.00`, `-0.05`. This is the form keys, JSON and remittance carry.
  package var description: String {
    let magnitude = cents.magnitude
    let fraction = magnitude % 100
    return "\(cents < 0 ? "-" : "")\(magnitude / 100).\(fraction < 10 ? "0" : "")\(fraction)"
  }

  /// Reads X12 type R and our own text: an optional minus, digits, at most two decimals (`125`, `.5`, `125.50`).
  ///
  /// - Throws: `MoneyError.malformed` for anything else, `.overflow` past 64 bits of cents.
  package init(parsing text: some StringProtocol) throws(MoneyError) {
    try self.init(parsing: text.utf8)
  }

  package init(parsing text: some Sequence<UInt8>) throws(MoneyError) {
    var cents: Int64 = 0
    var digits = 0
    var decimals: Int?
    var negative = false
    for (position, byte) in text.enumerated() {
      switch byte {
      case UInt8(ascii: "-") where position == 0:
        negative = true
      case UInt8(ascii: ".") where decimals == nil:
        decimals = 0
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if let places = decimals {
          guard places < 2 else {
            // A third decimal would be a fraction of a cent; a zero there is only padding.
            guard byte == UInt8(ascii: "0") else { throw .malformed }
            continue
          }
          decimals = places + 1
        }
        cents = try Self.shifted(cents, by: 10, adding: Int64(byte - UInt8(ascii: "0")))
        digits += 1
      default:
        throw .malformed
      }
    }
    guard digits > 0 else { throw .malformed }
    for _ in (decimals ?? 0)..<2 { cents = try Self.shifted(cents, by: 10, adding: 0) }
    self.init(cents: negative ? -cents : cents)
  }

  private static func shifted(_ value: Int64, by factor: Int64, adding digit: Int64) throws(MoneyError) -> Int64 {
    let (product, overflow) = value.multipliedReportingOverflow(by: factor)
    let (sum, carried) = product.addingReportingOverflow(digit)
    guard !overflow, !carried else { throw .overflow }
    return sum
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    do {
      try self.init(parsing: text)
    } catch {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
