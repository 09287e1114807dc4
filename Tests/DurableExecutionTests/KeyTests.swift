import TestSupport
import Testing

@testable import DurableExecution

@Suite("Effect keys")
struct KeyTests {
  @Test("consist of their readable segments, with ambiguous characters encoded")
  func texts() {
    #expect(KeyText(effect: "ship", segments: ["4711"]).text == "idemp:ship:4711")
    #expect(KeyText(effect: "ship", segments: ["a:b", "c%", "\n", "é"]).text == "idemp:ship:a%3Ab:c%25:%0A:é")
    #expect(KeyText(effect: "pay", segments: ["", ""]).text == "idemp:pay::")
  }

  @Test("have a digest that can be recomputed, and a tracking id derived from it")
  func digests() {
    let key = KeyText(effect: "ship", segments: ["4711"])
    #expect(key.digest == "09c991c696bb16f0f9310c99e8835fef995fb02b826552e76c3503e2f3a59555")
    #expect(TrackingID(of: key).text == "trk-09c991c696bb16f0f9310c99e8835fef")
    let encoded = KeyText(effect: "ship", segments: ["a:b", "c%", "\n", "é"])
    #expect(encoded.digest == "b02ff478cb59cfa05162342caca687008463fe9b4cab8c4be79097902737f6b9")
  }

  @Test("contain the name of their effect; a text that is not a key has none")
  func effects() {
    #expect(KeyText("idemp:pay:1:2").effect == "pay")
    for text in ["", "idemp", "idemp:", "idemp:pay", "pay:1", "IDEMP:pay:1"] { #expect(KeyText(text).effect == "") }
  }

  /// Makes segments from few characters, so that two of them often nearly collide.
  private func segments(_ lot: inout SeededGenerator) -> [String] {
    (0..<Int.random(in: 1...3, using: &lot)).map { _ in
      String(
        (0..<Int.random(in: 0...3, using: &lot)).map { _ in
          [":", "%", "3", "A", "\u{1}"].randomElement(using: &lot) ?? ":"
        }
        .joined())
    }
  }

  @Test("with other segments are other keys, whatever the segments contain", arguments: Seeds.all)
  func injective(seed: UInt64) {
    var lot = SeededGenerator(seed: seed)
    var seen: [String: [String]] = [:]
    var repeats = 0
    for _ in 0..<20_000 {
      let segments = segments(&lot)
      let text = KeyText(effect: "x", segments: segments).text
      if let before = seen[text] {
        repeats += 1
        #expect(before == segments, "seed \(seed)")
      }
      seen[text] = segments
      #expect(!text.utf8.contains { $0 < 0x20 }, "seed \(seed)")
    }
    #expect(repeats > 100, "the random segments never repeated")
  }

  @Test("Epochs and logical times increase, and are ordered by number")
  func counters() {
    #expect(Epoch.first.next == Epoch(2) && Epoch(9) < Epoch(10))
    #expect(LamportTime(3).tick() == LamportTime(4))
    #expect(LamportTime(3).tick(after: LamportTime(9)) == LamportTime(10))
    #expect(LamportTime(9).tick(after: LamportTime(3)) == LamportTime(10))
  }

  @Test("Expiry moves with use, but not by so little that every replay is a write", arguments: Retention.allCases)
  func retention(_ retention: Retention) {
    let length = retention.microseconds
    let created = Timestamp(microseconds: 0)
    let expiry = created.adding(microseconds: length)
    #expect(!retention.slides(from: expiry, at: created))
    #expect(!retention.slides(from: expiry, at: Timestamp(microseconds: length / 10)))
    #expect(retention.slides(from: expiry, at: Timestamp(microseconds: length / 10 + 1)))
    #expect(retention.slides(from: expiry, at: expiry))
  }

  @Test("An instant keeps the whole microseconds of a duration, even backward")
  func instants() {
    let noon = Timestamp(microseconds: 1_000_000)
    #expect(noon.adding(.seconds(1.5)) == Timestamp(microseconds: 2_500_000))
    #expect(noon.adding(.nanoseconds(1_999)) == Timestamp(microseconds: 1_000_001))
    #expect(noon.adding(.zero - .seconds(2)) == Timestamp(microseconds: -1_000_000))
    #expect(noon < noon.adding(.microseconds(1)))
  }
}

@Suite("Answers to a batch")
struct AnswersTests {
  @Test("are paired by id: a request with no answer, or with two, has none")
  func pairing() {
    var answers = Answers([("a", 1), ("b", 2), ("b", 3)])
    #expect(answers["a"] == 1 && answers["b"] == nil && answers["c"] == nil)
    #expect(answers.ids == ["a", "b"])
    answers.add(4, for: "c")
    #expect(answers["c"] == 4)
    let doubled = answers.map { $0 * 2 }
    #expect(doubled["a"] == 2 && doubled["b"] == nil && doubled["c"] == 8)
  }

  @Test("are the same in any order", arguments: Seeds.all)
  func order(seed: UInt64) {
    var lot = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let pairs = (0..<8).map { _ in (Int.random(in: 0..<6, using: &lot), Int.random(in: 0..<99, using: &lot)) }
      let (one, other) = (Answers(pairs), Answers(pairs.shuffled(using: &lot)))
      for id in 0..<6 {
        let expected = pairs.filter { $0.0 == id }
        #expect(one[id] == other[id] && one[id] == (expected.count == 1 ? expected[0].1 : nil), "seed \(seed)")
      }
    }
  }

  @Test("A failure is stored if it is terminal, and its description contains its message and its code")
  func failures() {
    let (terminal, retryable) = (
      ActivityFailure.terminal("sold-out", "none is left"), ActivityFailure.retryable("busy", "wait")
    )
    #expect(terminal.isTerminal && !retryable.isTerminal)
    #expect("\(terminal)" == "none is left (sold-out)")
  }
}
