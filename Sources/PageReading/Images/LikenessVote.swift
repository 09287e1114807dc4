/// Holds what the engine has read against the page itself. A form is typed on one machine, so the same character looks the
/// same wherever it stands: a glyph that the engine calls `9` among thirty that are the same and that it calls `0` is a `0`,
/// and one that it calls `0` and that looks like none of the thirty is in doubt. The engine's own confidence does not show
/// such slips; it has given 95 percent for them.
struct LikenessVote: Hashable {
  struct Verdict: Hashable {
    var text: String
    /// In percent: 90 and more for what the page confirms, 85 for what it has put right, 60 and less for what stands alone, 20
    /// for what it contradicts.
    var confidence: Int
    /// The characters one by one, in the order in which they stand.
    let glyphs: [GlyphVerdict]
  }

  struct GlyphVerdict: Hashable {
    /// Nil when nothing is known of the glyph.
    var character: Character?
    var confidence: Int
    /// What the others say, when they do not say the same as the engine; a question mark when they only say that it is not that.
    var other: Character?
  }

  private let words: [TypedWord]
  private let readings: [WordReading]
  /// For each word, the number of its first glyph.
  private let starts: [Int]
  /// For each glyph of the page, what the engine takes it for; nil where it is not sure, or has read more or fewer characters
  /// than the word has glyphs.
  private let labels: [Character?]
  private let families: GlyphFamilies

  /// - Parameter readings: what the engine has read, for each of the words.
  init(words: [TypedWord], readings: [WordReading]) {
    self.words = words
    self.readings = readings
    labels = zip(words, readings).flatMap { word, reading in
      reading.text.count == word.glyphs.count && reading.confidence >= 60
        ? reading.text.map { $0 } : [Character?](repeating: nil, count: word.glyphs.count)
    }
    families = GlyphFamilies(words.flatMap(\.glyphs), labels: labels)
    starts = words.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.glyphs.count) }
  }

  func verdict(on index: Int) -> Verdict {
    let word = words[index]
    let reading = readings[index]
    let isComplete = reading.text.count == word.glyphs.count
    let own: [Character?] = isComplete ? reading.text.map { $0 } : word.glyphs.map { _ in nil }
    let votes = word.glyphs.indices.map { glyph in
      vote(
        on: starts[index] + glyph, word.glyphs[glyph], own: own[glyph], confidence: reading.confidence)
    }
    guard votes.allSatisfy({ $0.character != nil }) else {
      return Verdict(text: reading.text, confidence: 0, glyphs: votes)
    }
    let text = String(votes.compactMap(\.character))
    let confidence = word.isDamaged ? 0 : votes.map(\.confidence).min() ?? 0
    return Verdict(text: text, confidence: confidence, glyphs: votes)
  }

  private func vote(
    on glyph: Int, _ neighbors: [TypedWord.Neighbor], own: Character?, confidence: Int
  ) -> GlyphVerdict {
    var counts: [Character: Int] = [:]
    for neighbor in neighbors where neighbor.likeness >= families.sameness {
      if let label = labels[neighbor.glyph] { counts[label, default: 0] += 1 }
    }
    // Of two that are as many, the later character, so that the answer is the same each time.
    guard let (best, count) = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }) else {
      return alone(glyph, own, confidence)
    }
    let share = Double(count) / Double(counts.values.reduce(0, +))
    if families.isStranger(glyph, to: best) {
      return GlyphVerdict(character: own, confidence: own == nil ? 0 : Self.contradicted, other: "?")
    }
    if own == best {
      if share <= 0.7 { return GlyphVerdict(character: best, confidence: min(confidence, Self.unconfirmed)) }
      return GlyphVerdict(character: best, confidence: count >= 2 ? max(confidence, 90) : confidence)
    }
    if count >= 4, share >= 0.85 { return GlyphVerdict(character: best, confidence: Self.corrected) }
    guard let own else { return GlyphVerdict(character: best, confidence: min(50, Int(100 * share)), other: best) }
    return GlyphVerdict(character: own, confidence: Self.contradicted, other: best)
  }

  /// Nothing else on the page is the same.
  private func alone(_ glyph: Int, _ own: Character?, _ confidence: Int) -> GlyphVerdict {
    guard let own else { return GlyphVerdict(character: nil, confidence: 0) }
    if families.isStranger(glyph, to: own) {
      return GlyphVerdict(character: own, confidence: Self.contradicted, other: "?")
    }
    return GlyphVerdict(character: own, confidence: min(confidence, Self.unconfirmed))
  }

  /// Of what no other glyph of the page confirms.
  private static let unconfirmed = 60
  private static let corrected = 85
  private static let contradicted = 20
}
