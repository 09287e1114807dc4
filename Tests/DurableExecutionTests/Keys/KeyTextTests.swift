import Foundation
import TestSupport
import Testing

@testable import DurableExecution

@Suite("The text of a key")
struct KeyTextTests {
  /// Bytes that must be encoded, parts of encodings, and multibyte letters in two spellings.
  private static let pieces = [
    ":", "%", "%3A", "3A", "\u{0}", "\u{1f}", "\u{7f}", "\u{80}", "a", " ", "/", "\u{e9}", "e\u{301}", "\u{301}",
    "\u{1f4e6}",
  ]

  private static func segments(_ random: inout SeededGenerator) -> [String] {
    (0..<Int.random(in: 0...4, using: &random)).map { _ in
      (0..<Int.random(in: 0...3, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
    }
  }

  /// Parses the text according to RFC 3986, independently of the code that creates it.
  private static func parsed(_ text: String) -> [String] {
    text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).dropFirst(2).map { segment in
      var bytes: [UInt8] = []
      var rest = Array(segment)[...]
      while let byte = rest.popFirst() {
        guard byte == UInt8(ascii: "%") else {
          bytes.append(byte)
          continue
        }
        bytes.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
        rest = rest.dropFirst(2)
      }
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  @Test("contains the segments it was made from, byte for byte", arguments: Seeds.all)
  func decoded(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<1_000 {
      let segments = Self.segments(&random)
      let key = KeyText(effect: "pay", segments: segments)
      #expect(Self.parsed(key.text).map { Array($0.utf8) } == segments.map { Array($0.utf8) }, "seed \(seed): \(key)")
      #expect(key.segments.map { Array($0.utf8) } == segments.map { Array($0.utf8) }, "seed \(seed): \(key)")
      if !segments.isEmpty { #expect(key.effect == "pay", "seed \(seed): \(key)") }
      #expect(KeyText(key.text) == key && "\(key)" == key.text)
    }
  }

  @Test("is equal only to a text with the same bytes, as in the database", arguments: Seeds.all)
  func equality(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let keys = (0..<60).map { _ in KeyText(effect: "pay", segments: Self.segments(&random)) }
    for key in keys {
      for other in keys {
        let isSame = Array(key.text.utf8) == Array(other.text.utf8)
        #expect((key == other) == isSame, "seed \(seed): \(key), \(other)")
        #expect([key < other, key == other, other < key].count { $0 } == 1, "seed \(seed): \(key), \(other)")
      }
    }
    #expect(Set(keys).count == Set(keys.map { Array($0.text.utf8) }).count, "seed \(seed)")
  }

  @Test("Two spellings of a letter that look alike are two effects, even within one batch")
  func spellings() async throws {
    let (one, other) = ("Ren\u{e9}", "Rene\u{301}")
    let (store, runner) = (MemoryStore(), DurableRunner(worker: WorkerID("us"), leaseDuration: .seconds(3_600)))
    let intents = try await store.transaction { transaction in
      try runner.intend(
        Shipment(courier: Courier()), for: [one, other].map { Shipment.Request(order: $0) }, in: transaction
      ) { ActivityCall($0) }
    }
    #expect(intents.count { $0.intent.owned != nil } == 2 && store.now.records.count == 2)
  }

  @Test("Sorted keys stay sorted when sorted again", arguments: Seeds.all)
  func order(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let keys = (0..<500).map { _ in KeyText(effect: "pay", segments: Self.segments(&random)) }
    let sorted = keys.sorted()
    #expect(keys.shuffled(using: &random).sorted() == sorted, "seed \(seed)")
  }

  @Test("A tracking id depends only on the key, so every owner of the work uses the same id", arguments: Seeds.all)
  func trackingIDs(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let keys = Set((0..<2_000).map { _ in KeyText(effect: "pay", segments: Self.segments(&random)) })
    let ids = Set(keys.map(TrackingID.init(of:)))
    #expect(ids.count == keys.count, "seed \(seed)")
    for key in keys.prefix(50) {
      let id = TrackingID(of: KeyText(key.text))
      #expect(ids.contains(id) && id.text == "trk-" + ContentDigest.sha256(key.text.utf8).prefix(32))
    }
  }

  @Test("An epoch and a tracking id are stored as a bare number and a bare text")
  func coding() throws {
    #expect(try CanonicalJSON.bytes(of: Epoch(7)) == Array("7".utf8))
    #expect(try CanonicalJSON.bytes(of: TrackingID("trk-1")) == Array(#""trk-1""#.utf8))
    #expect(try JSONDecoder().decode(Epoch.self, from: Data("7".utf8)) == Epoch(7) && "\(Epoch(7))" == "7")
    #expect(try JSONDecoder().decode(TrackingID.self, from: Data(#""trk-1""#.utf8)) == TrackingID("trk-1"))
  }
}
