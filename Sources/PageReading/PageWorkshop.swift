import ClaimFormats

/// The tools with a sandbox around them, as the steps of reading a page need them.
struct PageWorkshop: Sendable {
  let sandbox: Sandbox

  var limits: PageLimits { sandbox.limits }

  /// When a file that is begun now must be done.
  func deadline() -> ContinuousClock.Instant { sandbox.clock.now.advanced(by: .seconds(limits.fileSeconds)) }

  /// Cuts a part out of a page's picture.
  func cut(
    _ box: PageBox, of image: [UInt8], pixelsPerInch: Int, page: Int
  ) async throws(FileFault) -> [UInt8] {
    let scale = Double(pixelsPerInch) / 72
    let corners = [box.left, box.top, box.right, box.bottom].map { $0 * scale }
    guard corners.allSatisfy({ $0.isFinite && abs($0) < 1_000_000 }), box.right > box.left, box.bottom > box.top else {
      throw FileFault(what: "page \(page): a part without an area was asked for", advice: "ask for a part of the page")
    }
    let pixels = [
      corners[0].rounded(.down), corners[1].rounded(.down), corners[2].rounded(.up), corners[3].rounded(.up),
    ]
    .map { "\(max(0, Int($0)))" }
    return try await run(.image, ["cut", WorkFolder.fileName] + pixels, on: image, page: page, until: deadline())
  }

  /// Makes a page of a picture file upright and straight.
  ///
  /// - Parameters:
  ///   - index: the page's number in that file, from one.
  ///   - page: its number in the sender's file.
  ///   - quarters: by how many quarters of a turn, clockwise.
  func straighten(
    _ bytes: [UInt8], index: Int, page: Int, quarters: Int = 0, until deadline: ContinuousClock.Instant
  ) async throws(FileFault) -> StraightPage {
    let arguments = ["page", WorkFolder.fileName, "\(index)", "\(quarters)", "\(limits.pixels)"]
    let output = try await run(.image, arguments, on: bytes, page: page, until: deadline)
    guard let straight = StraightPage(output, wordLimit: limits.words) else { throw garbage(.image, page: page) }
    return straight
  }

  /// Recognizes the words of a page: the page as a whole, then each typed word by itself, then those that are in doubt once
  /// more in another way.
  func recognize(
    _ straight: StraightPage, page: Int, until deadline: ContinuousClock.Instant
  ) async throws(FileFault) -> [PlacedWord] {
    let whole = try await recognized(
      ["--psm", "11"], on: [WorkFolder.fileName: straight.even], page: page, until: deadline
    ).words
    let first = try await readings(
      of: straight.typed, as: ["--psm", "7"] + Self.alphabet(whole), page: page, until: deadline)
    var verdict = PageVerdict(typed: straight.typed, first: first, whole: whole)
    let doubtful = verdict.doubtful
    let second = try await readings(
      of: doubtful.map { straight.typed[$0] }, as: ["--psm", "8"], page: page, until: deadline)
    for (index, reading) in zip(doubtful, second) { verdict.hear(reading.text, on: index) }
    return verdict.words(pixelsPerInch: StraightPage.pixelsPerInch)
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

  /// Runs a tool, and says what a failure means to who sent the file.
  func run(
    _ tool: PageTool, _ arguments: [String], on bytes: [UInt8], page: Int?, until deadline: ContinuousClock.Instant
  ) async throws(FileFault) -> [UInt8] {
    try await run(tool, arguments, on: [WorkFolder.fileName: bytes], page: page, until: deadline)
  }

  private func run(
    _ tool: PageTool, _ arguments: [String], on files: [String: [UInt8]], page: Int?,
    until deadline: ContinuousClock.Instant
  ) async throws(FileFault) -> [UInt8] {
    do {
      return try await sandbox.run(tool, arguments, on: files, until: deadline)
    } catch {
      throw error.fault(onPage: page)
    }
  }

  func garbage(_ tool: PageTool, page: Int?) -> FileFault {
    ToolFailure(tool: tool, reason: .garbage).fault(onPage: page)
  }
}
