import ClaimsDomain
import Foundation
import Testing

/// How well resemblance finds care that is keyed again, on pairs that are made up with the truth about them. The counts
/// are the same on every machine.
@Suite("Resemblance finds care that was keyed again, and lets distinct care pass")
struct ResemblanceFiguresTests {
  private static let seed: UInt64 = 20_260_401
  private static let each = 500

  /// What the rules make of the second claim of a pair once the first is allowed.
  private enum Answer { case duplicate, waits, passes }

  private struct Figures {
    /// By the kind of pair: how many, and how many of them are kept from being paid at once.
    var rows: [String: (pairs: Int, kept: Int)] = [:]
    var (truePositives, falsePositives, falseNegatives) = (0, 0, 0)

    /// Per ten thousand.
    var precision: Int { 10_000 * truePositives / (truePositives + falsePositives) }
    var recall: Int { 10_000 * truePositives / (truePositives + falseNegatives) }

    mutating func count(_ pair: LabelledPair, kept: Bool) {
      var row = rows[pair.row] ?? (0, 0)
      row.pairs += 1
      row.kept += kept ? 1 : 0
      rows[pair.row] = row
      switch (pair.kind.isSameCare, kept) {
      case (true, true): truePositives += 1
      case (true, false): falseNegatives += 1
      case (false, true): falsePositives += 1
      case (false, false): break
      }
    }

    /// The rows of the table in `docs/one-care.md`.
    var lines: [String] {
      rows.sorted { $0.key < $1.key }.map { "| \($0.key) | \($0.value.pairs) | \($0.value.kept) |" }
        + ["| precision, per ten thousand | | \(precision) |", "| recall, per ten thousand | | \(recall) |"]
    }

    var report: String { lines.joined(separator: "\n") }
  }

  private static func answer(to pair: LabelledPair) -> Answer {
    let (line, other) = (pair.second.lines[0], pair.first.lines[0])
    let exact = ServiceSignature(of: line, in: pair.second, member: Sample.member)
    guard exact != ServiceSignature(of: other, in: pair.first, member: Sample.member) else { return .duplicate }
    let closest = Resemblance.closest(of: line, in: pair.second, to: pair.first, as: ClaimIntakeID("CLM-1"))
    return closest?.mustWait == true ? .waits : .passes
  }

  private static func figures() throws -> Figures {
    var figures = Figures()
    for pair in try LabelledPairs.make(seed: seed, each: each) {
      figures.count(pair, kept: answer(to: pair) != .passes)
    }
    return figures
  }

  @Test("the same care with a slip is always kept, with two mostly; what is marked as distinct, never")
  func bounds() throws {
    let figures = try Self.figures()
    print("seed \(Self.seed)\n\(figures.report)")
    func kept(_ row: String) throws -> Int { try #require(figures.rows[row]).kept * 1_000 / Self.each }
    #expect(try kept("same care, 0 slips") == 1_000)
    #expect(try kept("same care, 1 slip") == 1_000)
    #expect(try kept("same care, 2 slips") >= 800)
    for row in ["component", "distinctModifier", "laterVisit", "otherDoctor", "repeated", "side", "nextComplaint"] {
      #expect(try kept("distinct, \(row)") == 0, "\(row)")
    }
    #expect(try kept("distinct, dailyVisitOfTheSame") <= 10)
    #expect(figures.precision >= 7_700 && figures.recall >= 8_800, "\(figures.report)")
  }

  @Test("the page has these figures, and the points of each difference")
  func page() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let page = try String(contentsOf: root.appending(path: "docs/one-care.md"), encoding: .utf8)
    for line in try Self.figures().lines { #expect(page.contains("\n\(line)\n"), "\(line)") }
    for trait in Resemblance.Trait.allCases {
      let points = "\(trait.points > 0 ? "+" : "")\(trait.points)"
      #expect(page.contains("\n| \(trait.text) | \(points) | `\(trait.rawValue)` |\n"), "\(trait)")
    }
  }

  @Test("the same seed makes the same pairs and the same figures")
  func deterministic() throws {
    #expect(try Self.figures().report == Self.figures().report)
  }
}

extension LabelledPair {
  fileprivate var row: String {
    switch kind {
    case .sameCare(let slips): "same care, \(slips.count) slip\(slips.count == 1 ? "" : "s")"
    case .distinct(let distinction): "distinct, \(distinction.rawValue)"
    }
  }
}
