import DurableExecution
import Foundation
import TestSupport
import Testing

/// Any JSON value. The members of an object have the order in which they are encoded.
private indirect enum Tree: Codable, Hashable {
  case null
  case flag(Bool)
  case number(Int)
  case text(String)
  case list([Tree])
  case object([Member])

  struct Member: Hashable {
    var name: String
    var value: Tree
  }

  private struct Name: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  init(from decoder: any Decoder) throws {
    if let keyed = try? decoder.container(keyedBy: Name.self) {
      self = .object(
        try keyed.allKeys.map { Member(name: $0.stringValue, value: try keyed.decode(Tree.self, forKey: $0)) })
      return
    }
    let single = try decoder.singleValueContainer()
    if single.decodeNil() {
      self = .null
    } else if let flag = try? single.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? single.decode(Int.self) {
      self = .number(number)
    } else if let text = try? single.decode(String.self) {
      self = .text(text)
    } else {
      self = .list(try single.decode([Tree].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    switch self {
    case .object(let members):
      var container = encoder.container(keyedBy: Name.self)
      for member in members { try container.encode(member.value, forKey: Name(stringValue: member.name)) }
    case .list(let elements):
      var container = encoder.unkeyedContainer()
      for element in elements { try container.encode(element) }
    case .null, .flag, .number, .text:
      var container = encoder.singleValueContainer()
      switch self {
      case .flag(let flag): try container.encode(flag)
      case .number(let number): try container.encode(number)
      case .text(let text): try container.encode(text)
      case .null, .list, .object: try container.encodeNil()
      }
    }
  }
}

extension Tree {
  /// Escapes, controls, a letter in two spellings, and names whose UTF-16 order differs from their UTF-8 order.
  private static let scalars: [Unicode.Scalar] = [
    "a", "B", "9", "\"", "\\", "/", "\u{0}", "\u{8}", "\t", "\n", "\u{c}", "\r", "\u{1f}", "\u{7f}", "\u{e9}",
    "\u{301}", "e", "\u{20ac}", "\u{2028}", "\u{e000}", "\u{fb33}", "\u{ffff}", "\u{10000}", "\u{1f600}",
    "\u{10ffff}",
  ]

  static func text(_ random: inout SeededGenerator) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 0...4, using: &random) {
      text.unicodeScalars.append(scalars.randomElement(using: &random) ?? "a")
    }
    return text
  }

  static func any(_ random: inout SeededGenerator, depth: Int = 4) -> Tree {
    switch Int.random(in: 0..<(depth > 0 ? 9 : 4), using: &random) {
    case 0: return .null
    case 1: return .flag(.random(using: &random))
    case 2: return .number(.random(in: -999...999, using: &random))
    case 3, 4: return .text(text(&random))
    case 5, 6: return .list((0..<Int.random(in: 0...3, using: &random)).map { _ in any(&random, depth: depth - 1) })
    default:
      var names: Set<String> = []
      for _ in 0..<Int.random(in: 0...5, using: &random) { names.insert(text(&random)) }
      return .object(names.map { Member(name: $0, value: any(&random, depth: depth - 1)) })
    }
  }

  func shuffled(_ random: inout SeededGenerator) -> Tree {
    switch self {
    case .object(let members):
      .object(
        members.map { Member(name: $0.name, value: $0.value.shuffled(&random)) }.shuffled(using: &random))
    case .list(let elements): .list(elements.map { $0.shuffled(&random) })
    default: self
    }
  }

  /// The value as RFC 8785 describes it, written in the plainest way.
  var plainly: String {
    switch self {
    case .null: "null"
    case .flag(let flag): "\(flag)"
    case .number(let number): "\(number)"
    case .text(let text): Self.quoted(text)
    case .list(let elements): "[" + elements.map(\.plainly).joined(separator: ",") + "]"
    case .object(let members):
      "{"
        + members.sorted { Array($0.name.utf16).lexicographicallyPrecedes(Array($1.name.utf16)) }
        .map { Self.quoted($0.name) + ":" + $0.value.plainly }.joined(separator: ",") + "}"
    }
  }

  private static let short: [Unicode.Scalar: String] = [
    "\"": #"\""#, "\\": #"\\"#, "\u{8}": #"\b"#, "\t": #"\t"#, "\n": #"\n"#, "\u{c}": #"\f"#, "\r": #"\r"#,
  ]

  private static func quoted(_ text: String) -> String {
    let parts = text.unicodeScalars.map { scalar in
      short[scalar] ?? (scalar.value < 0x20 ? String(format: #"\u%04x"#, scalar.value) : String(scalar))
    }
    return "\"\(parts.joined())\""
  }
}

@Suite("Canonical JSON of any value")
struct CanonicalTreeTests {
  private func walk(_ seed: UInt64, _ check: (Tree, inout SeededGenerator) throws -> Void) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<500 { try check(.any(&random), &random) }
  }

  @Test("is what RFC 8785 requires, byte for byte", arguments: Seeds.all)
  func written(seed: UInt64) throws {
    try walk(seed) { tree, _ in
      let bytes = try CanonicalJSON.bytes(of: tree)
      #expect(bytes == Array(tree.plainly.utf8), "seed \(seed)")
    }
  }

  @Test("is the same whatever the order of members at any depth", arguments: Seeds.all)
  func order(seed: UInt64) throws {
    try walk(seed) { tree, random in
      let (bytes, shuffled) = (try CanonicalJSON.bytes(of: tree), tree.shuffled(&random))
      let others = try CanonicalJSON.bytes(of: shuffled)
      #expect(others == bytes, "seed \(seed)")
    }
  }

  @Test("is read by Foundation as the same value, and written again as the same bytes", arguments: Seeds.all)
  func readBack(seed: UInt64) throws {
    try walk(seed) { tree, _ in
      let bytes = try CanonicalJSON.bytes(of: tree)
      let read = try JSONDecoder().decode(Tree.self, from: Data(bytes))
      let again = try CanonicalJSON.bytes(of: read)
      #expect(again == bytes, "seed \(seed)")
    }
  }

  @Test("differs where the value differs, so a fingerprint identifies one request", arguments: Seeds.all)
  func fingerprints(seed: UInt64) throws {
    var seen: [Fingerprint: String] = [:]
    try walk(seed) { tree, _ in
      let fingerprint = try Fingerprint(of: tree)
      let before = seen.updateValue(tree.plainly, forKey: fingerprint)
      #expect(before == nil || before == tree.plainly, "seed \(seed)")
    }
    #expect(seen.count > 150, "seed \(seed): the values were nearly all alike")
  }
}
