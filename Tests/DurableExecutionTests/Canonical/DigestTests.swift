import TestSupport
import Testing

@testable import DurableExecution

@Suite("SHA-256 digests")
struct DigestTests {
  /// The examples of FIPS 180-4 that NIST publishes, and the empty message of its test vectors.
  @Test(
    "are those that NIST publishes",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
      ),
      (String(repeating: "a", count: 1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    ])
  func published(message: String, digest: String) {
    #expect(ContentDigest.sha256(message.utf8) == digest)
    // A sequence without contiguous storage takes another path.
    #expect(ContentDigest.sha256(Array(message.utf8).lazy.map { $0 }) == digest)
  }

  @Test("are written as two hex digits for each byte")
  func hex() {
    let bytes = (0...255).map { UInt8($0) }
    let text = Hex.text(bytes)
    #expect(text.utf8.count == 512 && text == text.lowercased())
    for (position, byte) in bytes.enumerated() {
      let digits = text.dropFirst(position * 2).prefix(2)
      #expect(UInt8(digits, radix: 16) == byte)
      #expect(Hex.digits(byte, uppercase: false) == Array(digits.utf8))
      #expect(Hex.digits(byte, uppercase: true) == Array(digits.uppercased().utf8))
    }
  }

  @Test("show every change of a stored response: a byte, one more, one less", arguments: Seeds.all)
  func damage(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for length in 1...200 {
      let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
      let stored = StoredResponse(bytes: bytes, contentType: "text/plain", status: 200)
      #expect(stored.isIntact)
      func isIntact(_ changed: [UInt8]) -> Bool {
        StoredResponse(bytes: changed, contentType: "text/plain", status: 200, digest: stored.digest).isIntact
      }
      var flipped = bytes
      flipped[Int.random(in: 0..<length, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      #expect(!isIntact(flipped), "seed \(seed), length \(length)")
      #expect(!isIntact(bytes + [0]) && !isIntact(bytes.dropLast()), "seed \(seed), length \(length)")
      #expect(isIntact(bytes))
    }
  }

  @Test("of a request are those of its canonical bytes")
  func fingerprint() throws {
    let fingerprint = try Fingerprint(of: ["b": 2, "a": 1])
    #expect(fingerprint.hex == ContentDigest.sha256(#"{"a":1,"b":2}"#.utf8))
    #expect("\(fingerprint)" == fingerprint.hex && fingerprint == Fingerprint(hex: fingerprint.hex))
    #expect(throws: EncodingError.self) { try Fingerprint(of: Double.infinity) }
  }
}
