/// Says of a key that it is certainly not among those that were put in, in two to four bytes a key. It may take a stranger
/// for a member, at most as often as it was told; it never takes a member for a stranger.
///
/// It grows: a slice that is full is followed by one twice as large and more exact, so that the rates of all slices
/// together stay below the target however many keys come (Almeida, Baquero, Preguiça, Hutchison: Scalable Bloom
/// Filters, 2007).
package struct BloomFilter: Sendable {
  /// The share of strangers that are taken for members, at most.
  package let falsePositiveRate: Double
  /// How many keys were put in. One it took for a member already is not counted again.
  package private(set) var count = 0
  private let seed: UInt64
  private var slices: [BloomSlice]

  /// Each slice may err this much as often as the one before it.
  private static let tightening = 0.8

  /// - Parameters:
  ///   - falsePositiveRate: between 0 and 1, both excluded.
  ///   - firstCapacity: how many keys the first slice is for.
  ///   - seed: where one is not to be guessed, nobody can make up keys that are all taken for members.
  package init(falsePositiveRate: Double = 0.01, firstCapacity: Int = 4_096, seed: UInt64 = 0) {
    precondition(falsePositiveRate > 0 && falsePositiveRate < 1, "a rate lies between 0 and 1")
    self.falsePositiveRate = falsePositiveRate
    self.seed = seed
    // A geometric series: all rates add up to the target.
    slices = [BloomSlice(capacity: firstCapacity, falsePositiveRate: falsePositiveRate * (1 - Self.tightening))]
  }

  /// The memory its bits take.
  package var byteCount: Int { slices.reduce(0) { $0 + $1.byteCount } }

  package mutating func insert(_ key: KeyText) {
    let hash = BloomHash(key.text, seed: seed)
    guard !mayContain(hash) else { return }
    if slices[slices.count - 1].isFull {
      let last = slices[slices.count - 1]
      slices.append(
        BloomSlice(capacity: last.capacity * 2, falsePositiveRate: last.falsePositiveRate * Self.tightening))
    }
    slices[slices.count - 1].insert(hash)
    count += 1
  }

  /// False for a key that was certainly not put in.
  package func mayContain(_ key: KeyText) -> Bool { mayContain(BloomHash(key.text, seed: seed)) }

  private func mayContain(_ hash: BloomHash) -> Bool {
    // The last slice holds as much as all before it.
    var index = slices.count - 1
    while index >= 0 {
      if slices[index].mayContain(hash) { return true }
      index -= 1
    }
    return false
  }
}
