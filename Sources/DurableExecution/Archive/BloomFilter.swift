import Foundation

/// A set of keys that can rule out membership, using two to four bytes per key. It may report a key that was never
/// inserted as a member, at most at the given rate; it never misses a member.
///
/// The filter grows. A full slice is followed by one that is twice as large and more exact, so that the error rates of
/// all slices together stay below the target however many keys are inserted (Almeida, Baquero, Preguiça, Hutchison:
/// Scalable Bloom Filters, 2007).
package struct BloomFilter: Sendable {
  /// The maximum share of nonmembers that the filter reports as members.
  package let falsePositiveRate: Double
  /// The number of keys inserted. A key that the filter already reported as a member is not counted again.
  package private(set) var count = 0
  private let seed: UInt64
  private var slices: [BloomSlice]

  /// The error rate of each slice relative to the slice before it.
  private static let tightening = 0.8

  /// - Parameters:
  ///   - falsePositiveRate: between 0 and 1, exclusive.
  ///   - firstCapacity: the number of keys that the first slice is sized for.
  ///   - seed: if it cannot be guessed, an attacker cannot craft keys that are all reported as members.
  package init(falsePositiveRate: Double = 0.01, firstCapacity: Int = 4_096, seed: UInt64 = 0) {
    precondition(falsePositiveRate > 0 && falsePositiveRate < 1, "a rate lies between 0 and 1")
    self.falsePositiveRate = falsePositiveRate
    self.seed = seed
    // The rates form a geometric series that adds up to the target.
    slices = [BloomSlice(capacity: firstCapacity, falsePositiveRate: falsePositiveRate * (1 - Self.tightening))]
  }

  /// The memory used by the filter's bits.
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

  /// False only if the key was certainly not inserted.
  package func mayContain(_ key: KeyText) -> Bool { mayContain(BloomHash(key.text, seed: seed)) }

  private func mayContain(_ hash: BloomHash) -> Bool {
    // Start with the last slice, which holds as much as all the slices before it.
    var index = slices.count - 1
    while index >= 0 {
      if slices[index].mayContain(hash) { return true }
      index -= 1
    }
    return false
  }
}

/// A Bloom filter of one size (Bloom, 1970). Each key sets a few bits; a key with an unset bit was never inserted.
struct BloomSlice: Sendable {
  let capacity: Int
  let falsePositiveRate: Double
  private let probes: UInt64
  private var words: [UInt64]
  private var count = 0

  /// Creates the smallest slice that stays within the error rate when it is full.
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

  /// Uses the high half of the product to spread 64 bits over the available positions.
  private func position(_ probe: UInt64, of hash: BloomHash) -> Int {
    Int(hash.number(probe).multipliedFullWidth(by: UInt64(words.count) * 64).high)
  }
}

/// Derives the bit positions of a key. It multiplies and folds eight bytes at a time. It need not resist attack, since
/// a collision only costs a lookup and decides nothing.
struct BloomHash {
  private let first: UInt64
  /// The distance from one probe to the next; odd, so that it is never zero.
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

  /// Acts as an independent hash for each probe. Stepping through two numbers without another fold (Kirsch,
  /// Mitzenmacher: Less Hashing, Same Performance, 2006) is not good enough in a slice of a few hundred bits.
  func number(_ probe: UInt64) -> UInt64 { Self.fold(first &+ probe &* step, Self.prime) }

  // The constants of the final steps of SplitMix64.
  private static let prime: UInt64 = 0xBF58_476D_1CE4_E5B9
  private static let otherPrime: UInt64 = 0x94D0_49BB_1331_11EB

  private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }
}
