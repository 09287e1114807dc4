import TestSupport
import Testing

@testable import DurableExecution

@Suite("A stored response")
struct ResponseCodingTests {
  private static let key = KeyText(effect: "elig", segments: ["MEMBER-4711"])

  private struct Document: VerbatimResponse, Hashable {
    static let contentType = "application/x-test"
    let bytes: [UInt8]
  }

  private struct Box: Codable, Hashable {
    var number: Int
    var label: String?
  }

  @Test("that is a document is kept byte for byte, even where it is no text", arguments: Seeds.all)
  func documents(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for length in 0..<200 {
      let document = Document(bytes: (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) })
      let stored = try ResponseCoding.stored(document)
      #expect(stored.bytes == document.bytes && stored.contentType == "application/x-test", "seed \(seed)")
      #expect(stored.status == 200 && stored.isIntact, "seed \(seed)")
      #expect(try ResponseCoding.decode(Document.self, from: stored.bytes, of: Self.key) == document, "seed \(seed)")
    }
  }

  @Test("that is a value is canonical JSON, whether it is an object, a number or nothing")
  func values() throws {
    let stored = try ResponseCoding.stored(Box(number: 7, label: nil))
    #expect(stored.bytes == Array(#"{"number":7}"#.utf8) && stored.contentType == "application/json")
    #expect(try ResponseCoding.decode(Box.self, from: stored.bytes, of: Self.key) == Box(number: 7))
    let nothing = try ResponseCoding.stored(Box?.none)
    #expect(nothing.bytes == Array("null".utf8))
    #expect(try ResponseCoding.decode(Box?.self, from: nothing.bytes, of: Self.key) == nil)
    #expect(try ResponseCoding.decode(Int.self, from: ResponseCoding.stored(7).bytes, of: Self.key) == 7)
  }

  @Test("that does not read is damage, and the failure shows neither the key nor the bytes")
  func unreadable() throws {
    for bytes in ["", "{", #"{"number":"4711"}"#, "\u{0}"] {
      let failure = #expect(throws: StoreFailure.self) {
        try ResponseCoding.decode(Box.self, from: Array(bytes.utf8), of: Self.key)
      }
      guard case .corrupt(let text)? = failure else {
        Issue.record("\(String(describing: failure))")
        return
      }
      #expect(!text.contains("4711") && text.contains(Self.key.digest.prefix(16)))
    }
  }

  @Test("of a refusal gives back the same refusal, whatever its words")
  func refusals() throws {
    for (code, message) in [
      ("too-far", "not on the moon"), ("", ""), ("a:b%c", "two\nlines \"quoted\""), ("\u{301}x", "\u{1F4E6}"),
    ] {
      let failure = ActivityFailure.terminal(code, message)
      let stored = try StoredProblem(failure).stored()
      #expect(stored.status == 422 && stored.contentType == "application/problem+json" && stored.isIntact)
      let again = try StoredProblem.decode(stored.bytes, of: Self.key).failure
      #expect(Array(again.code.utf8) == Array(code.utf8) && again == failure && again.isTerminal)
    }
  }
}
