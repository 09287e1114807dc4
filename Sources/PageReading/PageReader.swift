package import ClaimFormats

/// Reads a file with paper forms, as a PDF or as pictures, into pages of words with their places. What the words mean is not
/// its business. The file's bytes are nobody's word: every tool that looks at them runs in a `Sandbox`.
package struct PageReader: Sendable {
  let workshop: PageWorkshop

  package init(tools: PageTools, limits: PageLimits = PageLimits(), clock: ContinuousClock = ContinuousClock()) {
    workshop = PageWorkshop(sandbox: Sandbox(tools: tools, limits: limits, clock: clock))
  }

  /// Reads a file from its first page to its last.
  ///
  /// - Throws: `FileFault` when a page cannot be read. Then none is given, so that a form is never taken for complete that has
  ///   lost a page.
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
}
