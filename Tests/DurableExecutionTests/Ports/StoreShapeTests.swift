import TestSupport
import Testing

@testable import DurableExecution

@Suite("A store's structure, compared with that of a new store")
struct StoreShapeTests {
  private func differences(
    found: [String: String], made: [String: String]
  ) -> [(part: String, difference: ShapeComparison.Difference)] {
    ShapeComparison(StoreShape(found), asMade: StoreShape(made)).differences
  }

  @Test("shows each part that is changed, missing or foreign, and no other", arguments: Seeds.all)
  func walks(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      func shape() -> [String: String] {
        var parts: [String: String] = [:]
        for _ in 0..<Int.random(in: 0...8, using: &random) {
          parts["table t\(Int.random(in: 0..<6, using: &random))"] = Bool.random(using: &random) ? "id" : "id, name"
        }
        return parts
      }
      let (found, made) = (shape(), shape())
      let differences = differences(found: found, made: made)
      let names = differences.map(\.part)
      #expect(names == names.sorted() && Set(names).count == names.count, "seed \(seed)")
      for name in (0..<6).map({ "table t\($0)" }) {
        let difference = differences.first { $0.part == name }?.difference
        let expected: ShapeComparison.Difference? =
          switch (found[name], made[name]) {
          case (nil, nil): nil
          case (nil, _): .missing
          case (_, nil): .foreign
          case (let found, let made): found == made ? nil : .changed
          }
        #expect(difference == expected, "seed \(seed): \(name)")
      }
      #expect(self.differences(found: made, made: made).isEmpty, "seed \(seed)")
    }
  }

  @Test("is shown without a character that could affect a terminal, since anyone may name a table")
  func names() {
    let names = [
      "table \u{1b}[2Jx": "table ?[2Jx", "table a\nb": "table a?b", "table \u{202e}x": "table ?x",
      "table \u{e000}": "table ?", "table \u{7f}\u{0}": "table ??",
      "table caf\u{e9} \u{5d0}": "table caf\u{e9} \u{5d0}",
    ]
    for (name, shown) in names {
      #expect(differences(found: [name: ""], made: [:]).map(\.part) == [shown])
    }
  }

  @Test("shows a hundred characters of a foreign name at most, however few letters they seem to be")
  func lengths() {
    for name in [String(repeating: "x", count: 5_000), "e" + String(repeating: "\u{301}", count: 5_000)] {
      let shown = differences(found: [name: ""], made: [:])[0].part
      #expect(shown.unicodeScalars.count == 100)
    }
  }
}

@Suite("Why a store did not do its work")
struct StoreFailureTests {
  private static let failures: [(StoreFailure, says: String)] = [
    (.unreachable("no route"), "cannot be reached: no route"), (.failed("disk I/O"), "failed: disk I/O"),
    (.busy("locked"), "kept busy by others: locked; try again"), (.stale("saga 1"), "saga 1 was changed"),
    (.constraint("one_standing"), "would break one_standing"), (.data("a text in keys"), "cannot hold a text in keys"),
    (.corrupt("no digest"), "damaged: no digest"), (.unwritable("read-only"), "cannot be written: read-only"),
    (.newerSchema(found: 9, known: 7), "has schema 9, this program knows up to 7"),
    (.otherBuild("shop.db"), "shop.db was made by another build"),
  ]

  @Test("is said in one line that gives the reason")
  func texts() {
    for (failure, says) in Self.failures {
      #expect("\(failure)".contains(says))
      #expect(!"\(failure)".contains("\n") && "\(failure)".first?.isUppercase != true)
    }
  }

  @Test("does not say which key another worker has taken over, since a key may hold personal data")
  func fenced() {
    let key = KeyText(effect: "elig", segments: ["MEMBER-4711", "PPO"])
    #expect(!"\(StoreFailure.fenced(key))".contains("4711") && StoreFailure.fenced(key) == .fenced(key))
  }
}
