import ClaimFormats
import ClaimsDomain
import Testing

@Suite("Whatever the bytes are, every CLM is accounted for")
struct HostileInputTests {
  @Test("the size of the reads changes nothing", arguments: Fixture.x12 + Fixture.json)
  func chunks(name: String) throws {
    let bytes = try Fixture.bytes(name)
    let whole = try Reading(bytes)
    #expect(whole.accounted > 0)
    for longestRead in [1, 2, 3, 7, 64, 105, 106, 107, 511, 512, 513] {
      #expect(try Reading(bytes, longestRead: longestRead) == whole)
    }
  }

  @Test("every CLM is accounted for when bytes are changed at random", arguments: Fixture.x12)
  func mutations(name: String) throws {
    let seed = UInt64.random(in: .min ... .max)
    var generator = SeededGenerator(seed: seed)
    let original = try Fixture.bytes(name)
    // Headers decide how the rest is split, so an independent count is possible only if they are unchanged.
    let headers = Self.headers(original)
    for round in 0..<120 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: 0..<original.count, using: &generator)
        if !headers.contains(where: { $0.contains(place) }) { bytes[place] = Self.byte(using: &generator) }
      }
      let reading = try Reading(bytes, longestRead: Int.random(in: 1...4096, using: &generator))
      #expect(reading.accounts(for: ClaimSegmentCount.count(in: bytes)), "\(name), seed \(seed), round \(round)")
    }
  }

  @Test(
    "with pieces cut out anywhere, even in headers, nothing crashes, and the result is the same for reads of any size",
    arguments: Fixture.x12)
  func cuts(name: String) throws {
    let seed = UInt64.random(in: .min ... .max)
    var generator = SeededGenerator(seed: seed)
    let original = try Fixture.bytes(name)
    for round in 0..<80 {
      var bytes = original
      let start = Int.random(in: 0..<bytes.count, using: &generator)
      bytes.removeSubrange(start..<min(bytes.count, start + Int.random(in: 1...300, using: &generator)))
      let whole = try Reading(bytes)
      let longestRead = Int.random(in: 1...600, using: &generator)
      #expect(try Reading(bytes, longestRead: longestRead) == whole, "\(name), seed \(seed), round \(round)")
    }
  }

  @Test("with JSON changed at random, nothing crashes, and the record on each line gives one item")
  func json() throws {
    let seed = UInt64.random(in: .min ... .max)
    var generator = SeededGenerator(seed: seed)
    let original = try Fixture.bytes("claims.ndjson")
    for round in 0..<150 {
      var bytes = original
      let place = Int.random(in: 1..<original.count, using: &generator)
      guard original[place] != UInt8(ascii: "\n"), original[place - 1] != UInt8(ascii: "\n") else { continue }
      bytes[place] = UInt8.random(in: 0x20...0x7E, using: &generator)
      #expect(try Reading(bytes).accounted == 3, "seed \(seed), round \(round)")
    }
  }

  private static func byte(using generator: inout SeededGenerator) -> UInt8 {
    let likely = Array("*:~|>^ \r\n0A-.<!".utf8) + [0x00, 0x1C, 0x1D, 0x1F, 0x80, 0xC3, 0xFF]
    return Bool.random(using: &generator)
      ? likely.randomElement(using: &generator) ?? 0 : UInt8.random(in: .min ... .max, using: &generator)
  }

  private static func headers(_ bytes: [UInt8]) -> [Range<Int>] {
    // What stands before an interchange decides as what the file is read, such as a byte order mark that becomes a brace.
    bytes.indices.dropLast(3).filter { bytes[$0..<$0 + 3].elementsEqual("ISA".utf8) }.map { max(0, $0 - 3)..<$0 + 108 }
  }
}
