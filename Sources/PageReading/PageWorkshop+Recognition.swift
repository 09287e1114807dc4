import ClaimFormats

extension PageWorkshop {
  /// A page with its words.
  struct Recognized {
    var straight: StraightPage
    var words: [PlacedWord]
  }

  /// Reads a page of a picture file: turned upright, then as a whole, then each typed word by itself, then those that are in
  /// doubt once more in another way.
  func recognize(
    _ picture: [UInt8], index: Int, page: Int, until deadline: ContinuousClock.Instant
  ) async throws(FileFault) -> Recognized {
    let (straight, whole) = try await upright(picture, index: index, page: page, until: deadline)
    let first = try await readings(
      of: straight.typed, as: ["--psm", "7"] + Self.alphabet(whole), page: page, until: deadline)
    var verdict = PageVerdict(typed: straight.typed, first: first, whole: whole)
    let doubtful = verdict.doubtful
    let second = try await readings(
      of: doubtful.map { straight.typed[$0] }, as: ["--psm", "8"], page: page, until: deadline)
    for (index, reading) in zip(doubtful, second) { verdict.hear(reading, on: index) }
    return Recognized(straight: straight, words: verdict.words(pixelsPerInch: StraightPage.pixelsPerInch))
  }

  /// Most pages lie as they should, so each is read as it lies. Only where that gives hardly a word is it asked how the page
  /// lies, and what reads better is taken.
  private func upright(
    _ picture: [UInt8], index: Int, page: Int, until deadline: ContinuousClock.Instant
  ) async throws(FileFault) -> (StraightPage, [RecognizedWords.Word]) {
    let straight = try await straighten(picture, index: index, page: page, until: deadline)
    let whole = try await whole(straight, page: page, until: deadline)
    let clear = Self.clearWords(whole)
    guard clear < 10 || clear * 5 < whole.count else { return (straight, whole) }
    let quarters = try await quarters(of: straight, page: page, until: deadline)
    guard quarters > 0 else { return (straight, whole) }
    let turned = try await straighten(picture, index: index, page: page, quarters: quarters, until: deadline)
    let again = try await self.whole(turned, page: page, until: deadline)
    return Self.clearWords(again) > clear ? (turned, again) : (straight, whole)
  }

  private static func clearWords(_ words: [RecognizedWords.Word]) -> Int {
    words.count { $0.confidence >= PageVerdict.sure && $0.text.count >= 3 }
  }

  /// How many quarters of a turn, clockwise, bring a page upright; 0 when the engine cannot tell.
  private func quarters(
    of straight: StraightPage, page: Int, until deadline: ContinuousClock.Instant
  ) async throws(FileFault) -> Int {
    let said: [UInt8]
    do {
      let files = [WorkFolder.fileName: straight.even]
      said = try await sandbox.run(.tesseract, [WorkFolder.fileName, "-", "--psm", "0"], on: files, until: deadline)
    } catch {
      // Too few characters is an error to it.
      guard case .refused = error.reason else { throw error.fault(onPage: page) }
      return 0
    }
    let line = said.split(separator: UInt8(ascii: "\n")).first { $0.starts(with: "Rotate: ".utf8) }
    let degrees = line.flatMap { Int(String(decoding: $0.dropFirst("Rotate: ".utf8.count), as: UTF8.self)) }
    guard let degrees, [0, 90, 180, 270].contains(degrees) else { return 0 }
    return degrees / 90
  }

  private func whole(
    _ straight: StraightPage, page: Int, until deadline: ContinuousClock.Instant
  ) async throws(FileFault) -> [RecognizedWords.Word] {
    try await recognized(["--psm", "11"], on: [WorkFolder.fileName: straight.even], page: page, until: deadline).words
  }

  /// Forms are typed in capitals, and an engine that knows that confuses less. Not where a form is typed otherwise.
  private static func alphabet(_ whole: [RecognizedWords.Word]) -> [String] {
    let letters = whole.filter { $0.confidence >= 80 && $0.bottom - $0.top >= 19 }.flatMap(\.text).filter(\.isLetter)
    guard letters.count(where: \.isLowercase) * 3 < letters.count else { return [] }
    return ["-c", "tessedit_char_whitelist=ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,-'/&#:()"]
  }

  /// Reads pictures of one word each.
  private func readings(
    of typed: [TypedWord], as options: [String], page: Int, until deadline: ContinuousClock.Instant
  ) async throws(FileFault) -> [WordReading] {
    guard !typed.isEmpty else { return [] }
    var files: [String: [UInt8]] = [:]
    for (index, word) in typed.enumerated() { files["word-\(index)"] = word.picture }
    files[WorkFolder.fileName] = Array(typed.indices.map { "word-\($0)\n" }.joined().utf8)
    let resolution = ["--dpi", "\(StraightPage.pixelsPerInch)"]
    return try await recognized(resolution + options, on: files, page: page, until: deadline)
      .readings(count: typed.count)
  }

  private func recognized(
    _ options: [String], on files: [String: [UInt8]], page: Int, until deadline: ContinuousClock.Instant
  ) async throws(FileFault) -> RecognizedWords {
    let output = try await run(
      .tesseract, [WorkFolder.fileName, "-"] + options + ["tsv"], on: files, page: page, until: deadline)
    guard let table = RecognizedWords(output, wordLimit: limits.words) else { throw garbage(.tesseract, page: page) }
    return table
  }
}
