import DurableExecution
import TestSupport
import Testing

@Suite("A Bloom filter")
struct BloomFilterTests {
  @Test(
    "finds every inserted key, however it has grown and in whatever order", arguments: [1, 2] as [UInt64])
  func members(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var filter = BloomFilter(firstCapacity: 64, seed: seed)
    let keys = (0..<100_000).map { Self.key("CLM", $0) }.shuffled(using: &random)
    var next = 0
    while next < keys.count {
      let end = min(keys.count, next + Int.random(in: 1...2_000, using: &random))
      for key in keys[next..<end] { filter.insert(key) }
      next = end
      // A random earlier key each time, and all keys at the end.
      #expect(filter.mayContain(keys[Int.random(in: 0..<next, using: &random)]))
    }
    #expect(keys.allSatisfy(filter.mayContain))
  }

  @Test(
    "mistakes few unknown keys for inserted ones: at most twice its rate", arguments: [0.1, 0.01, 0.001], [10, 4_096])
  func strangers(rate: Double, firstCapacity: Int) {
    var filter = BloomFilter(falsePositiveRate: rate, firstCapacity: firstCapacity, seed: 11)
    for number in 0..<20_000 { filter.insert(Self.key("CLM", number)) }
    let taken = (0..<50_000).count { filter.mayContain(Self.key("OTHER", $0)) }
    #expect(Double(taken) / 50_000 <= 2 * rate)
    #expect(Double(filter.count) / 20_000 >= 1 - 2 * rate)
  }

  @Test("stores a million keys in four bytes each")
  func memory() {
    var filter = BloomFilter()
    for number in 0..<1_000_000 { filter.insert(Self.key("CLM", number)) }
    #expect(filter.byteCount < 4_000_000)
    let size = filter.byteCount
    for number in 0..<10_000 { filter.insert(Self.key("CLM", number)) }
    #expect(filter.byteCount == size, "a key that is inserted again takes no space")
  }

  @Test("contains nothing when it is empty, and accepts any text")
  func texts() {
    var filter = BloomFilter()
    let texts = ["", "a", "idemp:pay:1", "idemp:elig:Ünï:ç:2026-01-01", String(repeating: "x", count: 10_000)]
    #expect(!texts.contains { filter.mayContain(KeyText($0)) })
    for text in texts { filter.insert(KeyText(text)) }
    #expect(texts.allSatisfy { filter.mayContain(KeyText($0)) })
  }

  private static func key(_ claim: String, _ number: Int) -> KeyText {
    KeyText(effect: "pay", segments: ["\(claim)-\(number)", "125.00", "30.00"])
  }
}
