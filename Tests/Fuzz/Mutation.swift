/// Changes an input at one of four levels: its bytes, a value, a line or segment, or its structure.
struct Mutation {
  var generator: FuzzGenerator

  /// The separators of an input.
  struct Grammar {
    var values: [UInt8]
    var records: [UInt8]
    /// The quotation mark around a value that contains a separator.
    var quote: UInt8?

    static let x12 = Grammar(values: Array("*:^".utf8), records: Array("~".utf8))
    static let csv = Grammar(values: Array(",\t".utf8), records: Array("\n".utf8), quote: UInt8(ascii: "\""))
    static let yaml = Grammar(values: Array(" :,[]{}".utf8), records: Array("\n".utf8))
    static let json = Grammar(values: Array(",:{}[]".utf8), records: Array("\n".utf8))
    static let bytes = Grammar(values: [0], records: [0])
  }

  /// The limit for the length of an input, in bytes. Longer inputs take more time and find nothing new.
  private static let lengthLimit = 1 << 20

  /// - Parameter others: inputs of the same kind, from which pieces are taken.
  mutating func mutated(_ input: [UInt8], _ grammar: Grammar, others: [[UInt8]]) -> [UInt8] {
    var bytes = input
    for _ in 0...generator.below(3) {
      switch generator.below(10) {
      case 0...2: changeBytes(&bytes)
      case 3...6: changeValue(&bytes, grammar)
      case 7...8: changeRecords(&bytes, grammar, others)
      default: changeStructure(&bytes, grammar)
      }
      if bytes.count > Self.lengthLimit { bytes.removeSubrange(Self.lengthLimit...) }
    }
    return bytes
  }

  // MARK: Bytes

  private mutating func changeBytes(_ bytes: inout [UInt8]) {
    guard !bytes.isEmpty else { return }
    let place = generator.below(bytes.count)
    switch generator.below(6) {
    case 0: bytes[place] ^= 1 << UInt8(generator.below(8))
    case 1: bytes[place] = UInt8.random(in: .min ... .max, using: &generator)
    case 2: bytes.insert(contentsOf: generator.pick(Self.pieces), at: place)
    case 3: bytes.removeSubrange(place..<min(bytes.count, place + 1 + generator.below(40)))
    case 4: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 1 + generator.below(400))], at: place)
    default: bytes.removeSubrange(place...)
    }
  }

  // MARK: Values

  private mutating func changeValue(_ bytes: inout [UInt8], _ grammar: Grammar) {
    let ends = bytes.indices.filter { grammar.values.contains(bytes[$0]) || grammar.records.contains(bytes[$0]) }
    guard ends.count > 2 else { return changeBytes(&bytes) }
    let index = generator.below(ends.count - 1)
    let range = ends[index] + 1..<ends[index + 1]
    var value =
      generator.isTrue(oneIn: 6) ? Array(bytes[range]) + generator.pick(Self.pieces) : generator.pick(Self.values)
    if generator.isTrue(oneIn: 200) { value = Array(repeating: UInt8(ascii: "9"), count: 100_000) }
    if let quote = grammar.quote, generator.isTrue(oneIn: 3) { value = [quote] + value + [quote] }
    bytes.replaceSubrange(range, with: value)
  }

  // MARK: Lines and segments

  private mutating func changeRecords(_ bytes: inout [UInt8], _ grammar: Grammar, _ others: [[UInt8]]) {
    var records = bytes.split(omittingEmptySubsequences: false) { grammar.records.contains($0) }.map(Array.init)
    guard records.count > 2, let end = grammar.records.first else { return changeBytes(&bytes) }
    let (place, other) = (generator.below(records.count), generator.below(records.count))
    switch generator.below(6) {
    case 0: records.remove(at: place)
    case 1: records.insert(records[place], at: other)
    case 2: records.swapAt(place, other)
    case 3: records.insert(contentsOf: Array(repeating: records[place], count: 2 + generator.below(1_000)), at: other)
    case 4:
      let foreign = generator.pick(others).split { grammar.records.contains($0) }.map(Array.init)
      if !foreign.isEmpty { records.insert(generator.pick(foreign), at: place) }
    default: records.removeSubrange(min(place, other)..<max(place, other))
    }
    bytes = Array(records.joined(separator: [end]))
  }

  // MARK: Structure

  private mutating func changeStructure(_ bytes: inout [UInt8], _ grammar: Grammar) {
    let place = generator.below(bytes.count + 1)
    switch generator.below(5) {
    case 0:
      let (open, close) = generator.pick([("{\"a\":", "}"), ("[", "]"), ("{", "}"), ("- ", ""), ("? ", ": 1")])
      let depth = generator.pick([1, 3, 40, 2_000, 60_000])
      bytes.insert(contentsOf: String(repeating: close, count: depth).utf8, at: place)
      bytes.insert(contentsOf: String(repeating: open, count: depth).utf8, at: place)
    case 1: bytes += bytes.prefix(1 << 18)
    case 2: bytes.insert(contentsOf: generator.pick(Self.bombs).utf8, at: place)
    case 3:
      guard let old = grammar.values.first else { return }
      let new = UInt8.random(in: 0x20...0x7E, using: &generator)
      bytes = bytes.map { $0 == old ? new : $0 }
    default: bytes.insert(contentsOf: [0xEF, 0xBB, 0xBF], at: generator.isTrue(oneIn: 2) ? 0 : place)
    }
  }

  // MARK: Insertions

  private static let bombs = [
    "a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: *c\n",
    "? &k [a, b]\n: &v {x: *k}\n? *v\n: 1\n", "<<: *a\n", "--- !!binary |\n  AAAA\n", "%YAML 9.9\n---\n", "\"",
    "ISA*00*", "~IEA*1*000000001~", "SE*1*0001~", "GE*9*9~", "ST*837*0001~", "HL*1*1*22*1~", "\r\n", "\n\n\n", "~~~~",
    "]}",
  ]

  /// Pieces that are inserted into existing bytes.
  private static let pieces: [[UInt8]] =
    [
      [0], [0x1B, 0x5B, 0x32, 0x4A], [0x7F], [0xC2, 0x9B], [0xC2, 0x85], [0xE2, 0x80, 0xAE], [0xE2, 0x81, 0xA6],
      [0xED, 0xA0, 0x80], [0xFF], [0xFE, 0xFF], [0xC3], [0xEF, 0xBF, 0xBE], [0xCC, 0x88], [0xF0, 0x9F, 0xA7, 0xBE],
      [0x0D], [0x0A], [0x09], [0x1A], [0x1C], [0x1D], [0x1F],
    ]
    + [
      "\\u0000", "\\ud800", "\\udc00\\ud800", "\\u202e", "\\u009b", "\\x00", "\\e[31m", "\\", "\"", "'", "*", "~", ":",
      "^",
      "&a ", " *a", "#", "|", ">", "-", "..", "%00", "é", "e\u{301}",
    ].map { Array($0.utf8) }

  /// Replacements for a value.
  private static let values: [[UInt8]] =
    [
      "", " ", "0", "-0", "-1", "1", "00000000000000000000000001", "9999999999", "99999999.99", "99999999.999", "0.001",
      "9223372036854775807", "9223372036854775808", "-9223372036854775808", "92233720368547758.07", "1e400", "1E-400",
      "NaN", "Infinity", "0x10", "+5", "1,000.00", "１２", "٣", "true", "null", "~", "{}", "[]", "\"\"", "\"x\"",
      "\"-1\"",
      "\"99999999999999999999\"", "20260230", "99991231", "00000000", "18000101", "2026-13-01", "0001-01-01",
      "9999-12-31", "20260101-20250101", "CLM", "HL", "SE", "837", "835", "XX", "100%", "-5%", "99999999999%", "*",
      "J*", "EI", "MI", "P", "S", "T", "1:2:3:4:5:6:7:8:9", "HC:99213:25:25:25:25:25",
    ].map { Array($0.utf8) } + [Array(repeating: UInt8(ascii: "A"), count: 300)]
}
