import Foundation
import TestSupport
import Testing

@testable import DurableExecution

@Suite("A slice of a Bloom filter")
struct BloomSliceTests {
  private static func hash(_ name: String, _ number: Int, seed: UInt64) -> BloomHash {
    BloomHash(KeyText(effect: "pay", segments: ["\(name)-\(number)", "125.00"]).text, seed: seed)
  }

  @Test(
    "keeps to its rate when it is full, up to what chance allows", arguments: [0.2, 0.01, 0.001],
    [(64, 1), (1_000, 2), (4_096, 3)] as [(Int, UInt64)])
  func rate(rate: Double, size: (capacity: Int, seed: UInt64)) {
    let strangers = 40_000
    // Small slices differ from one another, so the rate is that of several.
    let slices = 8
    var taken = 0
    for round in 0..<slices {
      let seed = size.seed &+ UInt64(round) &* 7_919
      var slice = BloomSlice(capacity: size.capacity, falsePositiveRate: rate)
      for number in 0..<size.capacity { slice.insert(Self.hash("CLM", number, seed: seed)) }
      #expect(slice.isFull)
      taken += (0..<strangers / slices).count { slice.mayContain(Self.hash("OTHER", $0, seed: seed)) }
    }
    let chance = 4 * sqrt(rate * (1 - rate) * Double(strangers))
    // A slice of few bits is rounded up to whole words, and its probes share bits.
    #expect(Double(taken) <= rate * 1.25 * Double(strangers) + chance, "\(taken) of \(strangers)")
  }

  @Test("is full exactly at its capacity, and holds everything that was put in", arguments: [1, 2, 63, 64, 65, 500])
  func capacity(_ capacity: Int) {
    var slice = BloomSlice(capacity: capacity, falsePositiveRate: 0.01)
    for number in 0..<capacity {
      #expect(!slice.isFull)
      slice.insert(Self.hash("CLM", number, seed: 9))
    }
    #expect(slice.isFull)
    #expect((0..<capacity).allSatisfy { slice.mayContain(Self.hash("CLM", $0, seed: 9)) })
  }

  @Test("takes more bits for a smaller rate, and never fewer than one word")
  func size() {
    let sizes = [0.5, 0.1, 0.01, 0.001].map { BloomSlice(capacity: 10_000, falsePositiveRate: $0).byteCount }
    #expect(sizes == sizes.sorted() && Set(sizes).count == 4)
    // Bloom's bound: 1.44 bits a key for each halving of the rate.
    #expect(abs(Double(sizes[2] * 8) / 10_000 - 1.44 * log2(100)) < 0.1)
    #expect(BloomSlice(capacity: 1, falsePositiveRate: 0.5).byteCount == 8)
  }

  @Test("Another seed gives other false positives, so they cannot be prepared for")
  func seeds() {
    func taken(seed: UInt64) -> Set<Int> {
      var filter = BloomFilter(falsePositiveRate: 0.1, firstCapacity: 1_000, seed: seed)
      for number in 0..<1_000 { filter.insert(KeyText("CLM-\(number)")) }
      return Set((0..<10_000).filter { filter.mayContain(KeyText("OTHER-\($0)")) })
    }
    let (one, other) = (taken(seed: 1), taken(seed: 2))
    #expect(one == taken(seed: 1), "the same seed is the same filter")
    #expect(!one.isEmpty && one.intersection(other).count < one.count / 2)
  }

  @Test("Keys that differ in one byte, at any place and length, are told apart", arguments: 1...40)
  func neighbors(length: Int) {
    let text = String(repeating: "a", count: length)
    var filter = BloomFilter(falsePositiveRate: 0.000_001, firstCapacity: 64, seed: 5)
    filter.insert(KeyText(text))
    for position in 0..<length {
      var bytes = Array(text.utf8)
      bytes[position] = UInt8(ascii: "b")
      #expect(!filter.mayContain(KeyText(String(decoding: bytes, as: UTF8.self))))
    }
    #expect(!filter.mayContain(KeyText(text + "a")) && !filter.mayContain(KeyText(text + "\u{0}")))
    #expect(filter.mayContain(KeyText(text)) && filter.count == 1)
  }
}
