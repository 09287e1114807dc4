import Foundation

/// A Bloom filter of one size (Bloom, 1970): each key sets a few bits, and a key one of whose bits is not set was never
/// put in.
struct BloomSlice: Sendable {
  let capacity: Int
  let falsePositiveRate: Double
  private let probes: UInt64
  private var words: [UInt64]
  private var count = 0

  /// The smallest that errs no more than this when it is full.
  init(capacity: Int, falsePositiveRate: Double) {
    precondition(capacity > 0, "a slice holds something")
    self.capacity = capacity
    self.falsePositiveRate = falsePositiveRate
    let doublings = -log2(falsePositiveRate)
    probes = UInt64(doublings.rounded(.up))
    words = Array(repeating: 0, count: Int((Double(capacity) * doublings / log(2) / 64).rounded(.up)))
  }

  var isFull: Bool { count >= capacity }
  var byteCount: Int { words.count * 8 }

  mutating func insert(_ hash: BloomHash) {
    var probe: UInt64 = 0
    while probe < probes {
      let bit = position(probe, of: hash)
      words[bit >> 6] |= 1 << UInt64(bit & 63)
      probe += 1
    }
    count += 1
  }

  func mayContain(_ hash: BloomHash) -> Bool {
    var probe: UInt64 = 0
    while probe < probes {
      let bit = position(probe, of: hash)
      if words[bit >> 6] & (1 << UInt64(bit & 63)) == 0 { return false }
      probe += 1
    }
    return true
  }

  /// The high half of the product spreads 64 bits over as many places as there are.
  private func position(_ probe: UInt64, of hash: BloomHash) -> Int {
    Int(hash.number(probe).multipliedFullWidth(by: UInt64(words.count) * 64).high)
  }
}
