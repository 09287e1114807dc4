internal import Crypto

/// SHA-256 of a claim's own content, built up segment by segment. A claim includes the loops it stands in, so each
/// level goes on from the one above it: billing provider, subscriber, patient, claim.
///
/// HL segments are left out, since they number a claim's place in its batch, as are the envelopes. Delimiters are the
/// fixed ones. So a claim that is sent again in another batch has the same digest.
struct ClaimDigest {
  enum Level: Int { case billing, subscriber, patient, claim }

  private var hashers = [SHA256](repeating: SHA256(), count: 4)
  private var level = Level.billing

  mutating func open(_ level: Level) {
    hashers[level.rawValue] = level == .billing ? SHA256() : hashers[level.rawValue - 1]
    // What is not opened of its own (a subscriber who is the patient) adds nothing.
    for below in level.rawValue + 1..<hashers.count { hashers[below] = hashers[level.rawValue] }
    self.level = level
  }

  mutating func add(_ segment: X12Segment) {
    segment.withCanonicalBytes { bytes in
      hashers[level.rawValue].update(bufferPointer: bytes)
    }
  }

  /// 64 hex digits.
  var hex: String { hashers[level.rawValue].finalize().hex }
}

extension SHA256Digest {
  var hex: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(unsafeUninitializedCapacity: 64) { text in
      var count = 0
      for byte in self {
        text[count] = digits[Int(byte >> 4)]
        text[count + 1] = digits[Int(byte & 15)]
        count += 2
      }
      return count
    }
  }
}
