package import ClaimFormats

extension PageReader {
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
