package import ClaimFormats

/// Reads a file with paper forms, as a PDF or as pictures, into pages of words with their places. It does not interpret
/// the words. The file is untrusted, so every tool that reads it runs in a `Sandbox`.
package struct PageReader: Sendable {
  let workshop: PageWorkshop

  package init(tools: PageTools, limits: PageLimits = PageLimits(), clock: ContinuousClock = ContinuousClock()) {
    workshop = PageWorkshop(sandbox: Sandbox(tools: tools, limits: limits, clock: clock))
  }

  /// The pages of a file, and what is to be said of those that cannot be read.
  package struct ReadFile: Sendable {
    package fileprivate(set) var pages: [ReadPage] = []
    /// With the number of the page in its file, from one.
    package fileprivate(set) var faults: [(page: Int, fault: FileFault)] = []

    /// How many pages were tried.
    var count: Int { pages.count + faults.count }

    mutating func add(_ page: ReadPage) { pages.append(page) }
    mutating func add(_ fault: FileFault) { faults.append((count + 1, fault)) }
  }

  /// Reads a file from its first page to its last, and fails where one of them cannot be read.
  ///
  /// - Throws: `FileFault`.
  package func pages(of file: [UInt8]) async throws(FileFault) -> [ReadPage] {
    let read = try await self.file(file)
    if let first = read.faults.first { throw first.fault }
    return read.pages
  }

  /// Reads a file from its first page to its last. A page that cannot be read is reported, and the others go on.
  ///
  /// - Throws: `FileFault` when no page can be read.
  package func file(_ file: [UInt8]) async throws(FileFault) -> ReadFile {
    let read = try await everyPage(of: file)
    if read.pages.isEmpty, let first = read.faults.first { throw first.fault }
    return read
  }

  private func everyPage(of file: [UInt8]) async throws(FileFault) -> ReadFile {
    guard !file.isEmpty else {
      throw FileFault(what: "the file is empty", advice: "send a PDF, PNG, TIFF or JPEG")
    }
    guard file.count <= workshop.limits.fileBytes else {
      throw FileFault(
        what: "the file has \(file.count) bytes, more than \(workshop.limits.fileBytes)",
        advice: "send it in several files")
    }
    switch FileKind(of: file) {
    case .pdf: return try await pdfPages(file)
    case .png, .jpeg, .tiff: return try await picturePages(file)
    case nil:
      throw FileFault(what: "the file is no PDF, PNG, TIFF or JPEG", advice: "send the form as one of these")
    }
  }

  /// Returns a part of a page that was read before, as a PNG.
  ///
  /// - Parameters:
  ///   - image: the page's picture, as `ReadPage` had it.
  ///   - page: its number in its file, for messages.
  /// - Throws: `FileFault` when the part is empty or the tool fails.
  package func crop(
    _ box: PageBox, of image: [UInt8], pixelsPerInch: Int, page: Int
  ) async throws(FileFault) -> [UInt8] {
    try await workshop.cut(box, of: image, pixelsPerInch: pixelsPerInch, page: page)
  }
}
