/// The glyphs of a page by what they look like. A form is typed on one machine, so glyphs of one character are the same but for
/// noise, and those of two characters are not: on noisy scans at 300 pixels an inch, glyphs of one character have a likeness
/// of 0.98 and more, and the nearest two characters, O and 0, have 0.95.
struct GlyphFamilies: Hashable {
  /// From which likeness on two glyphs are the same.
  let sameness: Double
  /// For each glyph, the number of its family.
  private let families: [Int]
  /// For each character, the family in which it was read most often, and how often.
  private let homes: [Character: Home]

  private struct Home: Hashable {
    let family: Int
    let count: Int
  }

  /// How many glyphs show what a character of the page looks like.
  private static let leastHome = 5

  /// - Parameters:
  ///   - glyphs: for each glyph, those that look like it, from the most like to the least.
  ///   - labels: for each glyph, what the engine takes it for; nil where that is unknown.
  init(_ glyphs: [[TypedWord.Neighbor]], labels: [Character?]) {
    sameness = Self.sameness(of: glyphs)
    families = Self.families(glyphs, sameness)
    var counts: [Character: [Int: Int]] = [:]
    for (label, family) in zip(labels, families) {
      if let label { counts[label, default: [:]][family, default: 0] += 1 }
    }
    homes = counts.compactMapValues { counts in
      counts.max { ($0.value, $1.key) < ($1.value, $0.key) }.map { Home(family: $0.key, count: $0.value) }
    }
  }

  /// Whether the page shows what a character looks like, and a glyph looks otherwise: a Q that was taken for a 0 is a stranger
  /// among thirty zeros.
  func isStranger(_ glyph: Int, to character: Character) -> Bool {
    guard let home = homes[character], home.count >= Self.leastHome else { return false }
    return home.family != families[glyph]
  }

  /// The worse a page, the less alike its glyphs. How like most glyphs are to their second nearest tells how bad it is.
  private static func sameness(of glyphs: [[TypedWord.Neighbor]]) -> Double {
    let second = glyphs.compactMap { $0.count > 1 ? $0[1].likeness : nil }.sorted()
    guard !second.isEmpty else { return best }
    let usual = second[second.count / 4]
    return max(worst, min(best, 1 - 4 * (1 - usual)))
  }

  private static let best = 0.965
  private static let worst = 0.9

  /// The glyphs that are the same, also by way of others.
  private static func families(_ glyphs: [[TypedWord.Neighbor]], _ sameness: Double) -> [Int] {
    var parents = Array(glyphs.indices)
    func root(_ glyph: Int) -> Int {
      var glyph = glyph
      while parents[glyph] != glyph {
        parents[glyph] = parents[parents[glyph]]
        glyph = parents[glyph]
      }
      return glyph
    }
    for (glyph, neighbors) in glyphs.enumerated() {
      for neighbor in neighbors where neighbor.likeness >= sameness {
        parents[root(glyph)] = root(neighbor.glyph)
      }
    }
    return glyphs.indices.map(root)
  }
}
