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
