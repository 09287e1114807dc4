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
