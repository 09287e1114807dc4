import Foundation
import TestSupport
import Testing

@testable import DurableExecution

@Suite("Canonical numbers (ECMA-262, Number::toString)")
struct CanonicalNumberTests {
  /// Half of the numbers have random bits, which makes nearly all of them huge or tiny; the other half are of everyday
  /// size.
  private func numbers(_ count: Int, seed: UInt64) -> [Double] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).compactMap { position in
      let number =
        position.isMultiple(of: 2)
        ? Double(bitPattern: random.next())
        : Double(Int.random(in: -9_999_999...9_999_999, using: &random)) / pow(10, Double(position % 23 - 8))
      return number.isFinite ? number : nil
    }
  }

  private func text(_ number: Double) throws -> String { try #require(CanonicalNumber.text(number)) }

  @Test("are read back as the same number", arguments: Seeds.all)
  func roundTrip(seed: UInt64) throws {
    for number in numbers(4_000, seed: seed) {
      let text = try text(number)
      #expect(Double(text) == number, "seed \(seed): \(text)")
    }
  }

  @Test("have an exponent below 0.000001 and from 1e21 on, and no other numbers have one", arguments: Seeds.all)
  func layout(seed: UInt64) throws {
    let plain = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?/
    let exponential = /-?[1-9](?:\.[0-9]*[1-9])?e[+-][1-9][0-9]*/
    for number in numbers(4_000, seed: seed) {
      let text = try text(number)
      let isPlain = number == 0 || (1e-6..<1e21).contains(number.magnitude)
      #expect(try (isPlain ? plain : exponential).wholeMatch(in: text) != nil, "seed \(seed): \(text)")
    }
  }

  @Test("have no more digits than it takes to tell them from their neighbors", arguments: Seeds.all)
  func shortest(seed: UInt64) throws {
    for number in numbers(2_000, seed: seed) where number != 0 {
      let mantissa = try text(number).prefix { $0 != "e" }.filter(\.isNumber)
      let digits = mantissa.drop { $0 == "0" }.reversed().drop { $0 == "0" }.count
      guard digits > 1 else { continue }
      let shorter = String(format: "%.\(digits - 2)e", number)
      #expect(Double(shorter) != number, "seed \(seed): \(mantissa) could be \(shorter)")
    }
  }

  @Test("keep integers up to 2^53 - 1 as they are, whatever their width")
  func integers() throws {
    let exact = CanonicalNumber.largestInteger
    #expect(exact == 1 << 53 - 1)
    #expect(try string([exact, -exact, 0]) == "[9007199254740991,-9007199254740991,0]")
    #expect(try string([Int8.min, .max]) == "[-128,127]" && string([UInt8.max]) == "[255]")
    #expect(try string([Int16.min, .max]) == "[-32768,32767]" && string([UInt16.max]) == "[65535]")
    #expect(try string([Int32.min, .max]) == "[-2147483648,2147483647]" && string([UInt32.max]) == "[4294967295]")
    #expect(try string([UInt64(exact)]) == "[9007199254740991]" && string([UInt(7)]) == "[7]")
  }

  @Test(
    "refuse an integer that a double cannot hold exactly with its neighbors",
    arguments: [CanonicalNumber.largestInteger + 1, -CanonicalNumber.largestInteger - 1, .max, .min])
  func largeIntegers(number: Int64) {
    #expect(throws: EncodingError.self) { try CanonicalJSON.bytes(of: number) }
    #expect(throws: EncodingError.self) { try CanonicalJSON.bytes(of: ["number": number]) }
    #expect(throws: EncodingError.self) { try CanonicalJSON.bytes(of: UInt64(number.magnitude)) }
  }

  @Test("of single precision come back as they were", arguments: Seeds.all)
  func floats(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<2_000 {
      let number = Float(bitPattern: UInt32.random(in: 0...UInt32.max, using: &random))
      guard number.isFinite else {
        #expect(throws: EncodingError.self) { try CanonicalJSON.bytes(of: number) }
        continue
      }
      let text = try string(number)
      #expect(Float(text) == number, "seed \(seed): \(text)")
    }
  }

  private func string(_ value: some Encodable) throws -> String {
    String(decoding: try CanonicalJSON.bytes(of: value), as: UTF8.self)
  }
}
