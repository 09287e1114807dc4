package import ClaimFormats

/// Reads a file with paper forms, as a PDF or as pictures, into pages of words with their places. It does not interpret
/// the words. The file is untrusted, so every tool that reads it runs in a `Sandbox`.
package struct PageReader: Sendable {
  let workshop: PageWorkshop

  package init(tools: PageTools, limits: PageLimits = PageLimits(), clock: ContinuousClock = ContinuousClock()) {
    workshop = PageWorkshop(sandbox: Sandbox(tools: tools, limits: limits, clock: clock))
  }

  /// Reads a file from its first page to its last.
  ///
  /// - Throws: `FileFault` when a page cannot be read. No page is returned then, so that a form without one of its pages is
  ///   never taken for complete.
  package func pages(of file: [UInt8]) async throws(FileFault) -> [ReadPage] {
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
