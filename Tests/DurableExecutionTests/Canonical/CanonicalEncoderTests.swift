import DurableExecution
import Foundation
import TestSupport
import Testing

/// A value that is encoded in one of the ways that `Codable` offers.
struct EncodedShape: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let check: @Sendable () throws -> Void

  /// Requires that the canonical bytes mean what `JSONEncoder` writes, and are read back as the same value.
  init<Value: Codable & Equatable & Sendable>(_ name: String, _ value: Value) {
    testDescription = name
    check = {
      let bytes = try CanonicalJSON.bytes(of: value)
      #expect(try JSONDecoder().decode(Value.self, from: Data(bytes)) == value)
      let (ours, theirs) = (try Self.parsed(Data(bytes)), try Self.parsed(JSONEncoder().encode(value)))
      #expect(ours == theirs, "\(String(decoding: bytes, as: UTF8.self))")
    }
  }

  private static func parsed(_ data: Data) throws -> NSObject {
    try #require(JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed) as? NSObject)
  }
}

@Suite("The canonical encoder")
struct CanonicalEncoderTests {
  @Test("writes what JSONEncoder means, so that JSONDecoder reads every response that was stored", arguments: shapes)
  func shape(_ shape: EncodedShape) throws { try shape.check() }

  private static let shapes = plain + foundation + containers

  private static let plain = [
    EncodedShape("text", "a \"b\""), EncodedShape("flag", true), EncodedShape("integer", -7),
    EncodedShape("fraction", 0.1), EncodedShape("single precision", Float(0.5)), EncodedShape("byte", UInt8(200)),
    EncodedShape("absent value", Int?.none), EncodedShape("present optional", String?.some("x")),
    EncodedShape("list with absent values", [1, nil, 3]), EncodedShape("empty list", [String]()),
    EncodedShape("empty object", [String: Int]()), EncodedShape("object by number", [3: "c", 20: "t"]),
    EncodedShape("raw value", Retention.apiCall),
    EncodedShape("associated values", [Step.moved(by: 3), .stayed, .named("x", at: 1)]),
  ]

  private static let foundation = [
    EncodedShape("link", URL(string: "https://courier.example/track?id=4711&x=%20")),
    EncodedShape("bytes", Data([0, 1, 254, 255])), EncodedShape("no bytes", Data()),
    EncodedShape("list of bytes", [Data([1]), Data([2, 3])]), EncodedShape("instant", Date(timeIntervalSince1970: 0.5)),
    EncodedShape("identifier", UUID(uuid: (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16))),
    EncodedShape("decimal amount", Decimal(string: "125.10")),
    EncodedShape("decimals in an object", ["paid": Decimal(string: "-0.01"), "due": Decimal(1_000_000)]),
    EncodedShape("large decimal", Decimal(string: "1e20")),
    EncodedShape("calendar", DateComponents(year: 2_026, day: 1)),
  ]

  private static let containers = [
    EncodedShape("nested containers", Nested(numbers: [1, 2], word: "x")),
    EncodedShape("list container asked for twice", TwoParts(first: [1, 2], second: [3])),
    EncodedShape("class and superclass in one container", Van(wheels: 4, doors: 5)),
    EncodedShape("superclass in a container of its own", Bus(wheels: 6, seats: 50)),
    EncodedShape("member encoded twice", Rewritten(number: 2)),
  ]

  @Test("refuses a decimal that no double represents exactly, rather than store another amount")
  func longDecimal() throws {
    let amount = try #require(Decimal(string: "12345678901234567890.12"))
    #expect(throws: EncodingError.self) { try CanonicalJSON.bytes(of: amount) }
    #expect(throws: EncodingError.self) { try CanonicalJSON.bytes(of: [Decimal.nan]) }
  }

  @Test("names the member that has no exact form")
  func path() throws {
    let error = #expect(throws: EncodingError.self) { try CanonicalJSON.bytes(of: ["outer": ["inner": Double.nan]]) }
    guard case .invalidValue(_, let context)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(context.codingPath.map(\.stringValue) == ["outer", "inner"])
  }
}

private enum Step: Codable, Hashable {
  case moved(by: Int)
  case stayed
  case named(String, at: Int)
}

private struct Nested: Codable, Hashable {
  var numbers: [Int]
  var word: String

  private enum Outer: String, CodingKey { case list, object }
  private enum Inner: String, CodingKey { case word }

  init(numbers: [Int], word: String) { (self.numbers, self.word) = (numbers, word) }

  init(from decoder: any Decoder) throws {
    let outer = try decoder.container(keyedBy: Outer.self)
    var list = try outer.nestedUnkeyedContainer(forKey: .list)
    numbers = try list.decode([Int].self)
    word = try list.nestedContainer(keyedBy: Inner.self).decode(String.self, forKey: .word)
  }

  func encode(to encoder: any Encoder) throws {
    var outer = encoder.container(keyedBy: Outer.self)
    var list = outer.nestedUnkeyedContainer(forKey: .list)
    try list.encode(numbers)
    var inner = list.nestedContainer(keyedBy: Inner.self)
    try inner.encode(word, forKey: .word)
    var object = outer.nestedContainer(keyedBy: Inner.self, forKey: .object)
    try object.encodeNil(forKey: .word)
  }
}

private struct TwoParts: Codable, Hashable {
  var first: [Int]
  var second: [Int]

  init(first: [Int], second: [Int]) { (self.first, self.second) = (first, second) }

  init(from decoder: any Decoder) throws {
    var list = try decoder.unkeyedContainer()
    (first, second) = (try list.decode([Int].self), try list.decode([Int].self))
  }

  func encode(to encoder: any Encoder) throws {
    for part in [first, second] {
      var list = encoder.unkeyedContainer()
      try list.encode(part)
    }
  }
}

private struct Rewritten: Codable, Hashable {
  var number: Int

  private enum Name: String, CodingKey { case number }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Name.self)
    try container.encode(number - 1, forKey: .number)
    try container.encode(number, forKey: .number)
  }
}

/// `@unchecked Sendable`: a class with subclasses cannot be checked; it and both subclasses have only constants.
private class Vehicle: Codable, @unchecked Sendable {
  let wheels: Int

  init(wheels: Int) { self.wheels = wheels }
}

private final class Van: Vehicle, Equatable, @unchecked Sendable {
  let doors: Int

  private enum Name: String, CodingKey { case doors }

  init(wheels: Int, doors: Int) {
    self.doors = doors
    super.init(wheels: wheels)
  }

  required init(from decoder: any Decoder) throws {
    doors = try decoder.container(keyedBy: Name.self).decode(Int.self, forKey: .doors)
    try super.init(from: decoder)
  }

  override func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Name.self)
    try container.encode(doors, forKey: .doors)
    try super.encode(to: encoder)
  }

  static func == (left: Van, right: Van) -> Bool { left.wheels == right.wheels && left.doors == right.doors }
}

private final class Bus: Vehicle, Equatable, @unchecked Sendable {
  let seats: Int

  private enum Name: String, CodingKey { case seats, `super` }

  init(wheels: Int, seats: Int) {
    self.seats = seats
    super.init(wheels: wheels)
  }

  required init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Name.self)
    seats = try container.decode(Int.self, forKey: .seats)
    try super.init(from: container.superDecoder())
  }

  override func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Name.self)
    try container.encode(seats, forKey: .seats)
    try super.encode(to: container.superEncoder())
  }

  static func == (left: Bus, right: Bus) -> Bool { left.wheels == right.wheels && left.seats == right.seats }
}
