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
