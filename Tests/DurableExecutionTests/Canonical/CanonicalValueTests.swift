import DurableExecution
import TestSupport
import Testing

/// A value that `Codable` writes.
private struct Plain: Codable, Hashable {
  var number: Int
  var label: String?
  var isFragile: Bool
  var marks: [String: Int]
  var parts: [Plain]

  static func any(_ random: inout SeededGenerator, depth: Int = 2) -> Plain {
    var marks: [String: Int] = [:]
    for _ in 0..<Int.random(in: 0...3, using: &random) { marks[text(&random)] = .random(in: -99...99, using: &random) }
    let parts = (0..<Int.random(in: 0...depth, using: &random)).map { _ in any(&random, depth: depth - 1) }
    return Plain(
      number: .random(in: -9_999...9_999, using: &random), label: Bool.random(using: &random) ? text(&random) : nil,
      isFragile: .random(using: &random), marks: marks, parts: parts)
  }

  /// A text of characters that JSON escapes, and of some whose order in UTF-16 is not that of their bytes.
  private static func text(_ random: inout SeededGenerator) -> String {
    let characters = ["a", "Z", "_", "\"", "\\", "/", "\u{0}", "\n", "\u{1f}", "\u{e9}", "\u{fb33}", "\u{1f600}"]
    return (0..<Int.random(in: 0...4, using: &random)).compactMap { _ in characters.randomElement(using: &random) }
      .joined()
  }
}

/// The same value, which writes itself.
private struct Direct: Codable, Hashable {
  var number: Int
  var label: String?
  var isFragile: Bool
  var marks: [String: Int]
  var parts: [Direct]

  init(_ plain: Plain) {
    number = plain.number
    label = plain.label
    isFragile = plain.isFragile
    marks = plain.marks
    parts = plain.parts.map(Direct.init)
  }
}

extension Direct: CanonicalObject {
  func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("isFragile", isFragile)
    try object.member("label", label)
    try object.member("marks", marks)
    try object.member("number", number)
    try object.member("parts", parts)
  }
}

/// The places where the encoder can meet a value.
private struct Holder<Item: Codable & Hashable>: Codable, Hashable {
  var item: Item?
  var list: [Item]
  var named: [String: Item]
  var set: Set<Item>
  var numbered: [Item: Int]

  init(_ items: [Item]) {
    item = items.first
    list = items
    named = Dictionary(uniqueKeysWithValues: items.enumerated().map { ("\($0.offset)", $0.element) })
    set = Set(items)
    numbered = Dictionary(items.map { ($0, 1) }, uniquingKeysWith: +)
  }
}

/// A value that writes something else if its content cannot be written.
private struct Lenient<Item: Encodable>: Encodable {
  var item: Item

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    do {
      try container.encode(item)
    } catch {
      try container.encode("unwritable")
    }
  }
}

@Suite("A value that writes its own canonical JSON")
struct CanonicalValueTests {
  @Test("is written as Codable writes it, alone and wherever the encoder meets it", arguments: Seeds.all)
  func bytes(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 1...200 {
      let plain = (0..<Int.random(in: 1...3, using: &random)).map { _ in Plain.any(&random) }
      let direct = plain.map(Direct.init)
      let (one, other) = (try CanonicalJSON.bytes(of: direct), try CanonicalJSON.bytes(of: plain))
      #expect(one == other, "seed \(seed)")
      let (held, plainlyHeld) = (Holder(direct), Holder(plain))
      #expect(try CanonicalJSON.bytes(of: held) == CanonicalJSON.bytes(of: plainlyHeld), "seed \(seed)")
    }
  }

  @Test("is found where only Encodable is known of it")
  func erased() throws {
    let plain = Plain(number: 1, label: nil, isFragile: true, marks: ["b": 2, "a": 1], parts: [])
    let erased: any Encodable = Direct(plain)
    #expect(try CanonicalJSON.bytes(of: erased) == CanonicalJSON.bytes(of: plain))
    #expect(try Fingerprint(of: Direct(plain)) == Fingerprint(of: plain))
  }

  @Test("names the member that has no exact form, as Codable does")
  func path() throws {
    let bad = Plain(number: .max, label: nil, isFragile: false, marks: [:], parts: [])
    let marked = Plain(number: 1, label: nil, isFragile: false, marks: ["heavy": .max], parts: [])
    for inner in [bad, marked] {
      let plain = Plain(number: 1, label: nil, isFragile: false, marks: [:], parts: [inner])
      let expected = inner.marks.isEmpty ? ["parts", "number"] : ["parts", "marks", "heavy"]
      #expect(path(of: plain) == expected)
      #expect(path(of: Direct(plain)) == expected)
      #expect(path(of: [Direct(plain)]) == expected)
      #expect(path(of: Holder([Direct(plain)])) == ["item"] + expected)
    }
  }

  @Test("leaves nothing behind when it cannot be written")
  func failure() throws {
    let bad = Plain(number: .max, label: "left", isFragile: false, marks: [:], parts: [])
    #expect(try CanonicalJSON.bytes(of: Lenient(item: Direct(bad))) == Array(#""unwritable""#.utf8))
    #expect(try CanonicalJSON.bytes(of: [Lenient(item: [Direct(bad)])]) == Array(#"["unwritable"]"#.utf8))
  }

  /// Returns the path to the value that cannot be written; nil if all can.
  private func path(of value: some Encodable) -> [String]? {
    do {
      _ = try CanonicalJSON.bytes(of: value)
      return nil
    } catch EncodingError.invalidValue(_, let context) {
      return context.codingPath.map(\.stringValue)
    } catch {
      return nil
    }
  }
}
