/// An open interchange, from ISA to IEA.
struct OpenInterchange {
  let number: Int
  let control: ControlNumber
  /// Whether ISA15 is P; anything else is test data.
  let isProduction: Bool
  /// Ordinal of the interchange's first transaction.
  let first: Int
  var groups = 0
  var isMasked = false
  /// GS06 of the interchange's groups.
  private var controls: Set<ControlNumber> = []

  init(isa: X12Segment, transactions: Int) {
    number = isa.number
    control = ControlNumber(isa, 13)
    isProduction = isa.code(15) == "P"
    first = transactions
  }

  /// - Returns: Whether the control number is new in the interchange.
  mutating func add(_ control: ControlNumber) -> Bool {
    controls.count >= X12Limits.controlNumbers || controls.insert(control).inserted
  }
}

/// An open group, from GS to GE.
struct OpenGroup {
  let number: Int
  let control: ControlNumber
  let first: Int
  var transactions = 0
  /// Whether the group is a de-identified sample, in which GS08 consists of the letter X and nines instead of a
  /// version. Its control numbers were masked individually, so header and trailer no longer agree.
  let isMasked: Bool
  /// GS01.
  let identifier: String
  /// GS08.
  let version: String?
  /// Whether GS01 names another kind of transaction than one that the group contains.
  var isMislabeled = false
  /// Whether another group of the interchange had the same control number.
  let isRepeated: Bool
  /// ST02 of the group's transactions.
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

  /// - Returns: Whether the control number is new in the group.
  mutating func add(_ control: ControlNumber) -> Bool {
    isMasked || controls.count >= X12Limits.controlNumbers || controls.insert(control).inserted
  }
}

/// An open transaction, from ST to SE.
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
