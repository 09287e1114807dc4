import ClaimFormats
import ClaimsDomain
import TestSupport
import Testing

@Suite("A difference of one cent is found anywhere, with its level, place and amount")
struct OneCentTests {
  private static let amounts: [String: [Int]] = [
    "BPR": [2], "CLP": [3, 4], "SVC": [2, 3], "CAS": Array(stride(from: 3, through: 18, by: 3)),
    "PLB": Array(stride(from: 4, through: 14, by: 2)),
  ]

  @Test("in random remittances, one cent more in each balanced amount is found")
  func everywhere() throws {
    let seed = UInt64.random(in: .min ... .max)
    print("a cent anywhere: seed \(seed)")
    var made = MadeUpRemittances(seed: seed)
    for round in 0..<25 {
      let text = try Sample.text(made.next())
      var reading = Place()
      let segments = text.split(separator: "\n").map {
        $0.dropLast().split(separator: "*", omittingEmptySubsequences: false)
      }
      for (index, segment) in segments.enumerated() {
        let name = String(segment[0])
        reading.pass(name)
        for element in Self.amounts[name] ?? [] where element < segment.count && !segment[element].isEmpty {
          var changed = segments
          changed[index][element] = Substring(try (Money(parsing: segment[element]) + Money(cents: 1)).description)
          let file = changed.map { $0.joined(separator: "*") + "~\n" }.joined()
          #expect(
            try Audited(file).sums == reading.expected(name, element),
            "seed \(seed), round \(round), segment \(index + 1), \(name) element \(element)")
        }
      }
    }
  }

  /// The current claim and line, and the findings that one cent more causes there.
  private struct Place {
    var claim = 0
    var line = 0

    mutating func pass(_ name: String) {
      if name == "CLP" { (claim, line) = (claim + 1, 0) }
      if name == "SVC" { line += 1 }
    }

    func expected(_ name: String, _ element: Int) -> [String] {
      switch (name, element) {
      case ("BPR", _), ("PLB", _): ["check 0.01"]
      case ("CLP", 3): ["claim \(claim) -0.01"]
      // The claim is paid more than the check contains.
      case ("CLP", 4): ["claim \(claim) 0.01", "check -0.01"]
      case ("SVC", 2): ["line \(claim).\(line) -0.01"]
      case ("SVC", 3): ["line \(claim).\(line) 0.01"]
      case ("CAS", _): (line > 0 ? ["line \(claim).\(line) 0.01"] : []) + ["claim \(claim) 0.01"]
      default: []
      }
    }
  }
}
