/// Two HCPCS codes in one word, since there are two million pairs of them.
struct ProcedurePair: Hashable, Comparable, Sendable {
  let packed: UInt64

  /// Nil unless both are of one to five capital letters and digits.
  init?(_ first: some StringProtocol, _ second: some StringProtocol) {
    guard let first = Self.packed(first), let second = Self.packed(second) else { return nil }
    packed = first << 32 | second
  }

  static func < (left: Self, right: Self) -> Bool { left.packed < right.packed }

  /// Base 37, so that no code is a shorter one with zeros before it: 37^5 is below 2^27.
  private static func packed(_ code: some StringProtocol) -> UInt64? {
    guard (1...5).contains(code.utf8.count) else { return nil }
    var number: UInt64 = 0
    for byte in code.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): number = number * 37 + UInt64(byte - UInt8(ascii: "0")) + 1
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): number = number * 37 + UInt64(byte - UInt8(ascii: "A")) + 11
      default: return nil
      }
    }
    return number
  }
}
