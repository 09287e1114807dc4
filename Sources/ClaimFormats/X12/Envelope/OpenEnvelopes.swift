/// ISA to IEA, as long as it is open.
struct OpenInterchange {
  let number: Int
  let control: ControlNumber
  /// ISA15 is P; anything else is test data.
  let isProduction: Bool
  /// Ordinal of its first transaction.
  let first: Int
  var groups = 0
  var isMasked = false
  /// GS06 of its groups.
  private var controls: Set<ControlNumber> = []

  init(isa: X12Segment, transactions: Int) {
    number = isa.number
    control = ControlNumber(isa, 13)
    isProduction = isa.code(15) == "P"
    first = transactions
  }

  /// - Returns: whether no group of the interchange had this control number before.
  mutating func add(_ control: ControlNumber) -> Bool {
    controls.count >= X12Limits.controlNumbers || controls.insert(control).inserted
  }
}

/// GS to GE, as long as it is open.
struct OpenGroup {
  let number: Int
  let control: ControlNumber
  let first: Int
  var transactions = 0
  /// A de-identified sample: GS08 is letters X and nines where a version would stand. Its control numbers were masked
  /// one by one, so that header and trailer no longer agree.
  let isMasked: Bool
  /// GS01.
  let identifier: String
  /// GS08.
  let version: String?
  /// GS01 names another kind of transaction than one that the group holds.
  var isMislabeled = false
  /// Another group of the interchange had the same control number.
  let isRepeated: Bool
  /// ST02 of its transactions.
  private var controls: Set<ControlNumber> = []

  init(gs: X12Segment, transactions: Int, isRepeated: Bool) {
    identifier = gs.text(1) ?? ""
    self.version = gs.text(8)
    self.isRepeated = isRepeated
    number = gs.number
    control = ControlNumber(gs, 6)
    first = transactions
    let version = gs.bytes(8)
    isMasked = !version.isEmpty && version.allSatisfy { $0 == UInt8(ascii: "9") || $0 == UInt8(ascii: "X") }
  }

  /// - Returns: whether no transaction of the group had this control number before.
  mutating func add(_ control: ControlNumber) -> Bool {
    isMasked || controls.count >= X12Limits.controlNumbers || controls.insert(control).inserted
  }
}

/// ST to SE, as long as it is open.
struct OpenTransaction {
  let number: Int
  let control: ControlNumber
  let ordinal: Int

  var ordinals: Range<Int> { ordinal..<ordinal + 1 }

  init(st: X12Segment, ordinal: Int) {
    number = st.number
    control = ControlNumber(st, 2)
    self.ordinal = ordinal
  }
}
