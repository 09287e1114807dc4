/// GS to GE, as long as it is open.
struct OpenGroup {
  let number: Int
  let control: ControlNumber
  let first: Int
  var transactions = 0
  /// A de-identified sample: GS08 is letters X and nines where a version would stand. Its control numbers were masked
  /// one by one, so that header and trailer no longer agree.
  let isMasked: Bool

  init(gs: X12Segment, transactions: Int) {
    number = gs.number
    control = ControlNumber(gs, 6)
    first = transactions
    let version = gs.bytes(8)
    isMasked = !version.isEmpty && version.allSatisfy { $0 == UInt8(ascii: "9") || $0 == UInt8(ascii: "X") }
  }
}
