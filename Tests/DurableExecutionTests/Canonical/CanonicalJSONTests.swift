import DurableExecution
import Foundation
import Testing

@Suite("RFC 8785 canonical JSON")
struct CanonicalJSONTests {
  @Test(
    "numbers are written as in ECMAScript (RFC 8785, appendix B)",
    arguments: [
      (0x0000_0000_0000_0000, "0"), (0x8000_0000_0000_0000, "0"), (0x0000_0000_0000_0001, "5e-324"),
      (0x8000_0000_0000_0001, "-5e-324"), (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
      (0x4340_0000_0000_0000, "9007199254740992"), (0xc340_0000_0000_0000, "-9007199254740992"),
      (0x4430_0000_0000_0000, "295147905179352830000"), (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
      (0x44b5_2d02_c7e1_4af6, "1e+23"), (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"),
      (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"), (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"),
      (0x444b_1ae4_d6e2_ef50, "1e+21"), (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
      (0x3eb0_c6f7_a0b5_ed8d, "0.000001"), (0x41b3_de43_5555_5553, "333333333.3333332"),
      (0x41b3_de43_5555_5554, "333333333.33333325"), (0x41b3_de43_5555_5555, "333333333.3333333"),
      (0x41b3_de43_5555_5556, "333333333.3333334"), (0x41b3_de43_5555_5557, "333333333.33333343"),
      (0xbecb_f647_612f_3696, "-0.0000033333333333333333"), (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
    ] as [(UInt64, String)])
  func numbers(bits: UInt64, text: String) throws {
    #expect(try string([Double(bitPattern: bits)]) == "[\(text)]")
  }

  @Test("members are sorted by UTF-16 code units (RFC 8785, 3.2.3)")
  func order() throws {
    let object = [
      "\u{20ac}": "Euro Sign", "\r": "Carriage Return", "\u{fb33}": "Hebrew Letter Dalet With Dagesh", "1": "One",
      "\u{1f600}": "Emoji: Grinning Face", "\u{80}": "Control", "\u{f6}": "Latin Small Letter O With Diaeresis",
    ]
    let sorted = [
      "Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign", "Emoji: Grinning Face",
      "Hebrew Letter Dalet With Dagesh",
    ]
    let text = try string(object)
    let positions = sorted.map { name in text.range(of: name)?.lowerBound }
    #expect(!positions.contains(nil))
    #expect(positions.compactMap(\.self) == positions.compactMap(\.self).sorted())
  }

  @Test("strings escape only what JSON requires (RFC 8785, 3.2.2.2)")
  func strings() throws {
    #expect(try string(["\u{20ac}$\u{0F}\nA'B\"\\\\\"/"]) == #"["€$\u000f\nA'B\"\\\\\"/"]"#)
  }

  @Test("absent optionals are left out, and nested values keep their structure")
  func nesting() throws {
    struct Inner: Encodable {
      var b: [Int]
      var a: String?
    }
    struct Outer: Encodable {
      var z: Inner
      var flag: Bool
      var none: Int?
    }
    #expect(try string(Outer(z: Inner(b: [3, 1], a: nil), flag: true, none: nil)) == #"{"flag":true,"z":{"b":[3,1]}}"#)
  }

  @Test("numbers that JSON cannot represent exactly are refused", arguments: [Double.nan, .infinity])
  func unwritable(number: Double) {
    #expect(throws: EncodingError.self) { try CanonicalJSON.bytes(of: [number]) }
    #expect(throws: EncodingError.self) { try CanonicalJSON.bytes(of: [Int64.max]) }
  }

  @Test("the order of members does not change a fingerprint")
  func fingerprint() throws {
    let one = try Fingerprint(of: ["a": "1", "b": "2"])
    let other = try Fingerprint(of: ["b": "2", "a": "1"])
    #expect(one == other)
  }

  private func string(_ value: some Encodable) throws -> String {
    String(decoding: try CanonicalJSON.bytes(of: value), as: UTF8.self)
  }

  @Test("sets, and dictionaries whose keys are values, are written in one order, whatever order they are kept in")
  func unordered() throws {
    struct Pair: Codable, Hashable { var left: Int, right: String }
    let pairs = (1...50).map { Pair(left: $0, right: "r\($0)") }
    var (roomy, roomyDictionary) = (Set<Pair>(minimumCapacity: 10_000), [Pair: Int](minimumCapacity: 10_000))
    for pair in pairs.reversed() {
      roomy.insert(pair)
      roomyDictionary[pair] = pair.left
    }
    #expect(Array(roomy) != Array(Set(pairs)), "the two are kept in different orders")
    #expect(try CanonicalJSON.bytes(of: [roomy]) == CanonicalJSON.bytes(of: [Set(pairs)]))
    let dictionary = Dictionary(uniqueKeysWithValues: pairs.map { ($0, $0.left) })
    let bytes = try CanonicalJSON.bytes(of: dictionary)
    #expect(try CanonicalJSON.bytes(of: roomyDictionary) == bytes)
    #expect(try JSONDecoder().decode([Pair: Int].self, from: Data(bytes)) == dictionary)
  }
}
