/// What a header and its trailer must agree on: ISA13 and IEA02, GS06 and GE02, ST02 and SE02.
struct ControlNumber: CustomStringConvertible {
  /// As sent, and never long: it goes into messages.
  let description: String

  init(_ segment: X12Segment, _ element: Int) {
    let sent = segment.bytes(element).prefix(20)
    let isPlain = !sent.isEmpty && sent.allSatisfy { (0x21...0x7E).contains($0) }
    description = isPlain ? String(decoding: sent, as: UTF8.self) : "(none)"
  }
}

extension ControlNumber: Hashable {
  /// Zeros in front say nothing.
  static func == (left: Self, right: Self) -> Bool { left.digits == right.digits }

  func hash(into hasher: inout Hasher) { hasher.combine(digits) }

  private var digits: Substring { description.drop { $0 == "0" } }
}
