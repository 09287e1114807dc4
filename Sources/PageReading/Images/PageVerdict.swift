import ClaimFormats

/// Makes the words of a page out of all that was read of it: each typed word by itself, then against the rest of the page,
/// and the page as a whole, which also has the form's small print.
struct PageVerdict {
  /// How sure is sure enough that nobody asks again.
  static let sure = 80

  let typed: [TypedWord]
  private var verdicts: [LikenessVote.Verdict]
  private let whole: [RecognizedWords.Word]

  /// - Parameters:
  ///   - first: what was read of each typed word by itself.
  ///   - whole: what was read of the page as a whole.
  init(typed: [TypedWord], first: [WordReading], whole: [RecognizedWords.Word]) {
    self.typed = typed
    self.whole = whole.filter { $0.isPrint }
    let vote = LikenessVote(words: typed, readings: first)
    verdicts = typed.indices.map { vote.verdict(on: $0) }
    for index in typed.indices { hear(Self.reading(of: self.whole.filter { typed[index].contains($0) }), on: index) }
  }

  /// The typed words that are still in doubt, and could be read once more.
  var doubtful: [Int] { typed.indices.filter { verdicts[$0].confidence < Self.sure && !typed[$0].isDamaged } }

  /// Takes another reading of a word into account.
  mutating func hear(_ reading: WordReading, on index: Int) {
    guard !typed[index].isDamaged, verdicts[index].confidence < Self.sure, reading.confidence >= Self.plausible,
      let text = Self.agreement(of: reading, with: verdicts[index])
    else { return }
    verdicts[index].text = text
    verdicts[index].confidence = Self.agreed
  }

  /// The word, if for each of its characters two of three agree: the page, the engine, and the engine asked in another way.
  /// Of a glyph that the page has nothing like, and that the engine saw in a word of more or fewer characters, the two readings
  /// must agree, counted from the beginning or the end, and all that the page knows of the word must agree with the second.
  private static func agreement(of reading: WordReading, with verdict: LikenessVote.Verdict) -> String? {
    let said = reading.text.uppercased()
    guard said.count == verdict.glyphs.count else { return nil }
    let before = Array(verdict.text.uppercased())
    let isMiscounted = verdict.glyphs.contains { $0.character == nil }
    var text = ""
    for (place, (glyph, said)) in zip(verdict.glyphs, said).enumerated() {
      if let character = glyph.character, glyph.confidence >= sure {
        guard !isMiscounted || character == said else { return nil }
        text.append(character)
      } else if let other = glyph.other {
        guard other == said else { return nil }
        text.append(other)
      } else if glyph.character != nil {
        guard glyph.character == said, glyph.confidence >= plausible else { return nil }
        text.append(said)
      } else {
        let places = [place, place + before.count - verdict.glyphs.count]
        guard reading.confidence >= sure, places.contains(where: { before.indices.contains($0) && before[$0] == said })
        else { return nil }
        text.append(said)
      }
    }
    return text
  }

  private static let agreed = 85
  /// Two readings of what the engine hardly sees are no better than one.
  private static let plausible = 50

  /// The words in points, from the top of the page.
  func words(pixelsPerInch: Int) -> [PlacedWord] {
    let scale = 72 / Double(pixelsPerInch)
    func box(_ left: Int, _ top: Int, _ right: Int, _ bottom: Int) -> PageBox {
      PageBox(
        left: Double(left) * scale, top: Double(top) * scale, right: Double(right) * scale,
        bottom: Double(bottom) * scale)
    }
    func placed(_ word: RecognizedWords.Word, atMost confidence: Int) -> PlacedWord {
      PlacedWord(
        word.text, in: box(word.left, word.top, word.right, word.bottom), confidence: min(word.confidence, confidence))
    }
    var words = whole.filter { word in !typed.contains { $0.isBeside(word) } }.map {
      placed($0, atMost: 100)
    }
    for (word, verdict) in zip(typed, verdicts) where !verdict.text.isEmpty {
      // Print that is no typing stands closer, and the page as a whole has its spaces.
      let within = whole.filter { word.contains($0) }
      if verdict.confidence < Self.sure, within.count > 1, Self.text(of: within) == verdict.text {
        words += within.map { placed($0, atMost: verdict.confidence) }
      } else {
        let box = box(word.left, word.top, word.right, word.bottom)
        words.append(PlacedWord(verdict.text, in: box, confidence: verdict.confidence))
      }
    }
    return words.sorted { ($0.box.top, $0.box.left) < ($1.box.top, $1.box.left) }
  }

  private static func reading(of words: [RecognizedWords.Word]) -> WordReading {
    WordReading(text: text(of: words), confidence: words.map(\.confidence).min() ?? 0)
  }

  private static func text(of words: [RecognizedWords.Word]) -> String {
    words.sorted { $0.left < $1.left }.map(\.text).joined()
  }
}

extension TypedWord {
  /// Whether a word of the page as a whole is a part of this one: its middle is inside.
  fileprivate func contains(_ word: RecognizedWords.Word) -> Bool {
    let across = (word.left + word.right) / 2
    let down = (word.top + word.bottom) / 2
    return across >= left && across < right && down >= top && down < bottom
  }

  /// Whether a word of the page as a whole is over this one or next to it, on the same line. What is there was looked at when
  /// the word was found: it is a part of it, it puts it in doubt, or it is a line of the form.
  fileprivate func isBeside(_ word: RecognizedWords.Word) -> Bool {
    let height = min(bottom, word.bottom) - max(top, word.top)
    let gap = max(left, word.left) - min(right, word.right)
    let isSmall = word.bottom - word.top < RecognizedWords.Word.leastTyped
    return height * 2 > min(bottom - top, word.bottom - word.top) && gap < (isSmall ? 0 : 30)
  }
}

extension RecognizedWords.Word {
  /// In pixels: what is less high is the form's small print.
  fileprivate static let leastTyped = 19

  /// Whether this is likely to be print, and not a line, an empty box or a speck that was taken for a word. Whatever is as
  /// high as typing and has two characters is kept, however unsure: a person must see it.
  fileprivate var isPrint: Bool {
    let count = text.count { $0.isLetter || $0.isNumber }
    return bottom - top < Self.leastTyped
      ? count >= 2 && confidence >= 65 : count >= 2 || (count == 1 && confidence >= 60)
  }
}
