/// Holds what the engine has read against the page itself. A form is typed on one machine, so the same character looks the
/// same wherever it stands: a glyph that the engine calls `9` among thirty like it that it calls `0` is a `0`, or at least in
/// doubt. The engine's own confidence does not show such slips; it has given 95 percent for them.
struct LikenessVote: Hashable {
  struct Verdict: Hashable {
    var text: String
    /// In percent: 80 and more for what the page confirms, 60 for what stands alone, 50 for what it has put right, 20 for what
    /// it contradicts.
    var confidence: Int
    /// What the glyphs that look alike say, where they say anything else than the engine.
    let contrary: String?
  }

  private let words: [TypedWord]
  private let readings: [WordReading]
  /// For each glyph of the page, what the engine takes it for; nil where it is not sure, or has read more or fewer characters
  /// than the word has glyphs.
  private let labels: [Character?]

  /// - Parameter readings: what the engine has read, for each of the words.
  init(words: [TypedWord], readings: [WordReading]) {
    self.words = words
    self.readings = readings
    labels = zip(words, readings).flatMap { word, reading in
      reading.text.count == word.glyphs.count && reading.confidence >= 60
        ? reading.text.map { $0 } : [Character?](repeating: nil, count: word.glyphs.count)
    }
  }

  func verdict(on index: Int) -> Verdict {
    let word = words[index]
    let reading = readings[index]
    let isComplete = reading.text.count == word.glyphs.count
    let own: [Character?] = isComplete ? reading.text.map { $0 } : word.glyphs.map { _ in nil }
    let votes = zip(word.glyphs, own).map { vote($0, own: $1, confidence: reading.confidence) }
    let others = String(votes.map { $0.other ?? $0.character ?? "?" })
    // A glyph that nothing is known of.
    guard votes.allSatisfy({ $0.character != nil }) else {
      return Verdict(text: reading.text, confidence: 0, contrary: others.contains("?") ? nil : others)
    }
    let text = String(votes.compactMap(\.character))
    let confidence = word.isDamaged ? 0 : votes.map(\.confidence).min() ?? 0
    return Verdict(text: text, confidence: confidence, contrary: votes.contains { $0.other != nil } ? others : nil)
  }

  private struct GlyphVote {
    var character: Character?
    var confidence: Int
    /// What the others say, when they do not say the same as the engine.
    var other: Character?
  }

  private func vote(_ neighbors: [TypedWord.Neighbor], own: Character?, confidence: Int) -> GlyphVote {
    var weights: [Character: Double] = [:]
    var likeness: [Character: Double] = [:]
    var count = 0
    for neighbor in neighbors {
      guard let label = labels[neighbor.glyph] else { continue }
      // The power makes one that is the same count as much as several that are merely alike.
      weights[label, default: 0] += Self.power(neighbor.likeness)
      likeness[label] = max(likeness[label] ?? 0, neighbor.likeness)
      count += 1
    }
    // Of two that weigh the same, the one that looks more alike.
    let ranked = weights.max { ($0.value, likeness[$0.key] ?? 0, $1.key) < ($1.value, likeness[$1.key] ?? 0, $0.key) }
    guard let (best, weight) = ranked else {
      return GlyphVote(character: own, confidence: own == nil ? 0 : min(confidence, Self.unconfirmed))
    }
    let share = weight / weights.values.reduce(0, +)
    let strength = likeness[best] ?? 0
    switch own {
    case best:
      if share <= 0.7 { return GlyphVote(character: best, confidence: min(confidence, Self.unconfirmed)) }
      return GlyphVote(character: best, confidence: count >= 2 ? max(confidence, 90) : confidence)
    case nil:
      return GlyphVote(character: best, confidence: Int(min(Double(Self.corrected), 100 * share * strength)), other: best)
    default:
      let isClear = share > 0.85 && count >= 4 && strength > 0.93
      return GlyphVote(character: isClear ? best : own, confidence: isClear ? Self.corrected : 20, other: best)
    }
  }

  /// Of what no other glyph of the page confirms.
  private static let unconfirmed = 60
  private static let corrected = 50

  /// The twentieth power.
  private static func power(_ likeness: Double) -> Double {
    let fourth = likeness * likeness * likeness * likeness
    return fourth * fourth * fourth * fourth * fourth
  }
}
