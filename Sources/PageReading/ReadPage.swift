package import ClaimFormats

/// A page that was read, with its picture, so that a person can compare one with the other.
package struct ReadPage: Sendable {
  package enum Source: String, Hashable, Sendable, Codable {
    /// The words are the text of a PDF.
    case text
    /// The words were recognized in a picture, each with a confidence.
    case image
  }

  package let page: FormPage
  package let source: Source
  /// The page as it was read: upright, straight and grey, as a PNG. It came out of a tool that had read untrusted bytes,
  /// so it is shown to people and given back to tools, and never decoded in this process.
  package let image: [UInt8]
  package let pixelsPerInch: Int
  let workshop: PageWorkshop

  /// Returns a part of the page as a PNG.
  ///
  /// - Throws: `FileFault` when the part is empty or the tool fails.
  package func crop(_ box: PageBox) async throws(FileFault) -> [UInt8] {
    try await workshop.cut(box, of: image, pixelsPerInch: pixelsPerInch, page: page.number)
  }
}
