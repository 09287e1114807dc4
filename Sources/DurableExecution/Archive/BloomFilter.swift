import Foundation

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

/// Where a key's bits are. Multiplies and folds eight bytes at a time; it need not resist anybody, since what collides
/// costs a look-up and decides nothing.
struct BloomHash {
  private let first: UInt64
  /// From one probe to the next; odd, so that it never stands still.
  private let step: UInt64

  init(_ text: String, seed: UInt64) {
    var text = text
    let mixed = text.withUTF8 { bytes in
      let raw = UnsafeRawBufferPointer(bytes)
      var mixed = seed ^ UInt64(raw.count)
      var offset = 0
      while offset + 8 <= raw.count {
        mixed = Self.fold(mixed ^ raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self), Self.prime)
        offset += 8
      }
      var last: UInt64 = 0
      while offset < raw.count {
        last = last << 8 | UInt64(raw[offset])
        offset += 1
      }
      return Self.fold(mixed ^ last, Self.prime)
    }
    first = Self.fold(mixed ^ Self.otherPrime, Self.prime)
    step = Self.fold(mixed, Self.otherPrime) | 1
  }

  /// As good as a hash of its own for each probe. Two numbers stepped through without another fold (Kirsch, Mitzenmacher:
  /// Less Hashing, Same Performance, 2006) are not, in a slice of a few hundred bits.
  func number(_ probe: UInt64) -> UInt64 { Self.fold(first &+ probe &* step, Self.prime) }

  // The constants of SplitMix64's last steps.
  private static let prime: UInt64 = 0xBF58_476D_1CE4_E5B9
  private static let otherPrime: UInt64 = 0x94D0_49BB_1331_11EB

  private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }
}
