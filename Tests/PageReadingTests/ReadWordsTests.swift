import ClaimFormats
import Testing

@testable import PageReading

@Suite("Words as the tools print them")
struct ReadWordsTests {
  private static func layer(_ words: String) -> TextLayer? {
    TextLayer(
      Array("<html>\n<doc>\n  <page width=\"612.0\" height=\"792.0\">\n\(words)\n  </page>\n</doc>\n</html>\n".utf8),
      wordLimit: 3)
  }

  private static func word(_ text: String, left: String = "72.0") -> String {
    "    <word xMin=\"\(left)\" yMin=\"85.0\" xMax=\"90.0\" yMax=\"93.5\">\(text)</word>"
  }

  private static let letter = PDFOutline.PageSize(width: 612, height: 792)

  @Test("the text layer is read with its places and its five entities")
  func textLayer() throws {
    let layer = try #require(Self.layer(Self.word("A&amp;B&lt;&gt;&quot;&apos;")))
    let box = PageBox(left: 72, top: 85, right: 90, bottom: 93.5)
    #expect(layer.words(onPage: 1, of: Self.letter) == [PlacedWord("A&B<>\"'", in: box)])
    #expect(layer.words(onPage: 2, of: Self.letter) == nil)
  }

  @Test(
    "anything else is no text layer",
    arguments: [
      "<word>", word("a<b"), word("&nbsp;"), word("a", left: "nan"), word("a", left: "1e999"), word("a", left: "x"),
      word("a") + "\n" + word("b") + "\n" + word("c") + "\n" + word("d"), "text", "<!ENTITY a \"b\">",
    ])
  func noLayer(words: String) { #expect(Self.layer(words) == nil) }

  @Test("words that a page cannot show, and words beside the page, are no text of it")
  func unusable() throws {
    for text in ["\u{FFFD}", "a\u{7}b", "\u{E001}", "a\u{202E}b"] {
      #expect(
        try #require(Self.layer(Self.word(text))).words(onPage: 1, of: Self.letter) == nil, "\(text.debugDescription)")
    }
    let beside = try #require(Self.layer(Self.word("a", left: "-900").replacing("90.0", with: "-9.0")))
    #expect(beside.words(onPage: 1, of: Self.letter) == nil)
  }

  private static let heading =
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"

  @Test("the table of the engine is read by picture, and the least confidence of a word's parts counts")
  func table() throws {
    let rows =
      "1\t1\t0\t0\t0\t0\t0\t0\t9\t9\t-1\t\n5\t2\t1\t1\t1\t1\t3\t4\t5\t6\t91.7\tAB\n5\t2\t1\t1\t1\t2\t9\t4\t5\t6\t40\tC\n"
    let table = try #require(RecognizedWords(Array((Self.heading + rows).utf8), wordLimit: 9))
    #expect(
      table.readings(count: 2) == [WordReading(text: "", confidence: 0), WordReading(text: "ABC", confidence: 40)])
    #expect(table.words.first?.right == 8)
  }

  @Test(
    "anything else is no table",
    arguments: [
      "", "5\t1", "5\t1\t1\t1\t1\t1\t3\t4\t5\t6\t101\tA", "5\t1\t1\t1\t1\t1\t3\t4\t5\t6\tnan\tA",
      "5\t0\t1\t1\t1\t1\t3\t4\t5\t6\t90\tA", "5\t1\t1\t1\t1\t1\t-3\t4\t5\t6\t90\tA",
      "5\t1\t1\t1\t1\t1\t3\t4\t5\t99999999999999999999\t90\tA", "5\t1\t1\t1\t1\t1\t3\t4\t5\t6\t90\t\u{1B}[31m",
    ])
  func noTable(row: String) {
    #expect(RecognizedWords(Array(((row.isEmpty ? "" : Self.heading) + row + "\n").utf8), wordLimit: 9) == nil)
  }

  /// Words of one glyph each, of which every one looks like every other.
  private static func alike(_ count: Int, isDamaged: Bool = false) throws -> [TypedWord] {
    var output = "page 1 10 10 0 1 1 \(count)\nab"
    for word in 0..<count {
      let others = (0..<count).filter { $0 != word }.prefix(7).map { "\($0) 990" }.joined(separator: " ")
      output += "word \(word * 40) 0 \(word * 40 + 20) 30 \(isDamaged ? 1 : 0) 1 1\nglyph \(others)\nx"
    }
    return try #require(StraightPage(Array(output.utf8), wordLimit: count)).typed
  }

  /// Words of one glyph each, of two characters that resemble each other.
  private static func twoKinds(_ first: Int, _ second: Int) throws -> [TypedWord] {
    var output = "page 1 10 10 0 1 1 \(first + second)\nab"
    for word in 0..<(first + second) {
      let others = (0..<(first + second)).filter { $0 != word }
        .map { (glyph: $0, likeness: ($0 < first) == (word < first) ? 990 : 940) }
        .sorted { $0.likeness > $1.likeness }.map { "\($0.glyph) \($0.likeness)" }.joined(separator: " ")
      output += "word \(word * 40) 0 \(word * 40 + 20) 30 0 1 1\nglyph \(others)\nx"
    }
    return try #require(StraightPage(Array(output.utf8), wordLimit: first + second)).typed
  }

  @Test("a character that many others that are the same contradict is theirs, whatever the engine's confidence")
  func contradicted() throws {
    let readings =
      [WordReading(text: "9", confidence: 95)] + Array(repeating: WordReading(text: "0", confidence: 90), count: 7)
    let vote = LikenessVote(words: try Self.alike(8), readings: readings)
    let verdict = vote.verdict(on: 0)
    #expect(verdict.text == "0" && verdict.confidence == 85)
  }

  @Test("a character that few others contradict stays in doubt until another reading says what they say")
  func contradictedByFew() throws {
    let readings = ["9", "0", "0", "0"].map { WordReading(text: $0, confidence: 95) }
    var verdict = PageVerdict(typed: try Self.alike(4), first: readings, whole: [])
    #expect(verdict.words(pixelsPerInch: 72).first?.confidence == 20)
    verdict.hear(WordReading(text: "9", confidence: 95), on: 0)
    #expect(verdict.words(pixelsPerInch: 72).first?.confidence == 20)
    verdict.hear(WordReading(text: "0", confidence: 95), on: 0)
    #expect(verdict.words(pixelsPerInch: 72).first?.text == "0")
    #expect(verdict.words(pixelsPerInch: 72).first?.confidence == 85)
  }

  @Test(
    "a character that looks like none of those that the page has of it is in doubt, whoever reads it so",
    arguments: [1, 2])
  func strangers(count: Int) throws {
    // Zeros that are the same, and letters O that are the same, which the engine takes for zeros in every reading.
    let words = try Self.twoKinds(6, count)
    let readings = words.map { _ in WordReading(text: "0", confidence: 95) }
    var verdict = PageVerdict(typed: words, first: readings, whole: [])
    for index in verdict.doubtful { verdict.hear(WordReading(text: "0", confidence: 95), on: index) }
    let confidences = verdict.words(pixelsPerInch: 72).map { $0.confidence ?? 100 }
    #expect(confidences.prefix(6).allSatisfy { $0 >= PageVerdict.sure })
    #expect(confidences.dropFirst(6).allSatisfy { $0 < 30 })
  }

  @Test("what the page confirms is sure; what stands alone is not, until another reading agrees")
  func confirmed() throws {
    let all = LikenessVote(
      words: try Self.alike(3), readings: Array(repeating: WordReading(text: "0", confidence: 70), count: 3))
    #expect(all.verdict(on: 1).confidence >= PageVerdict.sure)
    let alone = try Self.alike(1)
    var verdict = PageVerdict(typed: alone, first: [WordReading(text: "Q", confidence: 96)], whole: [])
    #expect(verdict.words(pixelsPerInch: 72).map(\.confidence) == [60])
    #expect(verdict.doubtful == [0])
    verdict.hear(WordReading(text: "O", confidence: 96), on: 0)
    #expect(verdict.words(pixelsPerInch: 72).map(\.confidence) == [60])
    verdict.hear(WordReading(text: "Q", confidence: 30), on: 0)
    #expect(verdict.words(pixelsPerInch: 72).map(\.confidence) == [60])
    verdict.hear(WordReading(text: "q", confidence: 80), on: 0)
    #expect(verdict.words(pixelsPerInch: 72).map(\.confidence) == [85])
  }

  @Test(
    "a word read with too many characters is what another reading makes of it, if the page and the first reading agree",
    arguments: [
      ("Z00", 90, 85), ("Z00", 70, 0), ("200", 90, 0), ("Z0O", 90, 0), ("Z000", 90, 0), ("0Z0", 90, 0),
    ])
  func miscounted(second: String, confidence: Int, then: Int) throws {
    // A word of three glyphs, of which the last two are zeros as in four other words, and nothing looks like the first.
    var output = "page 1 10 10 0 1 1 5\nab"
    let zeros = [1, 2, 3, 4, 5, 6]
    for word in 0..<5 {
      output += "word \(word * 90) 0 \(word * 90 + 80) 30 0 \(word == 0 ? 3 : 1) 1\n"
      for glyph in word == 0 ? [0, 1, 2] : [word + 2] {
        let others = glyph == 0 ? [] : zeros.filter { $0 != glyph }
        output += "glyph" + others.map { " \($0) 990" }.joined() + "\n"
      }
      output += "x"
    }
    let words = try #require(StraightPage(Array(output.utf8), wordLimit: 9)).typed
    let first = ["ZO00", "0", "0", "0", "0"].map { WordReading(text: $0, confidence: 95) }
    var verdict = PageVerdict(typed: words, first: first, whole: [])
    #expect(verdict.doubtful == [0])
    verdict.hear(WordReading(text: second, confidence: confidence), on: 0)
    let word = try #require(verdict.words(pixelsPerInch: 72).first)
    #expect(word.confidence == then && word.text == (then > 0 ? second : "ZO00"), "\(word)")
  }

  @Test("a word that may have lost a part stays in doubt, whoever agrees on the rest")
  func damaged() throws {
    let readings = Array(repeating: WordReading(text: "0", confidence: 96), count: 3)
    var verdict = PageVerdict(typed: try Self.alike(3, isDamaged: true), first: readings, whole: [])
    verdict.hear(WordReading(text: "0", confidence: 96), on: 0)
    #expect(verdict.words(pixelsPerInch: 72).map(\.confidence) == [0, 0, 0])
    #expect(verdict.doubtful.isEmpty)
  }
}
