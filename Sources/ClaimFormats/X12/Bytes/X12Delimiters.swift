/// The separators of one interchange, as its ISA segment defines them (X12.5, 3.2): the byte after `ISA`, ISA11
/// (repetition, from version 00402), ISA16 (component), and the byte after ISA16 (segment).
struct X12Delimiters: Hashable {
  let element: UInt8
  let component: UInt8
  let repetition: UInt8?
  let segment: UInt8
  /// The canonical form of every byte under the fixed delimiters.
  let canonical: [UInt8]

  /// The fixed delimiters that all segments are converted to: control characters, which data never contains.
  enum Canonical {
    static let segment: UInt8 = 0x1C
    static let element: UInt8 = 0x1D
    static let repetition: UInt8 = 0x1E
    static let component: UInt8 = 0x1F
    /// A line break, which some systems put around and even inside segments. It has no meaning and is dropped.
    static let lineBreak: UInt8 = 0x00
    /// A control character, which is not allowed in data.
    static let intruder: UInt8 = 0x01
  }

  init(element: UInt8, component: UInt8, repetition: UInt8?, segment: UInt8) {
    self.element = element
    self.component = component
    self.repetition = repetition
    self.segment = segment
    var table = Array(UInt8.min...UInt8.max)
    for byte in 0x00...0x1F { table[byte] = Canonical.intruder }
    table[0x7F] = Canonical.intruder
    for byte in [UInt8(ascii: "\r"), UInt8(ascii: "\n")] { table[Int(byte)] = Canonical.lineBreak }
    if let repetition { table[Int(repetition)] = Canonical.repetition }
    table[Int(component)] = Canonical.component
    table[Int(element)] = Canonical.element
    canonical = table
  }
}
