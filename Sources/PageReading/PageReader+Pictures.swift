import ClaimFormats

extension PageReader {
  func picturePages(_ file: [UInt8]) async throws(FileFault) -> [ReadPage] {
    let deadline = workshop.deadline()
    var pages: [ReadPage] = []
    var count = 1
    repeat {
      let number = pages.count + 1
      let straight = try await workshop.straighten(file, index: number, page: number, until: deadline)
      count = straight.pageCount
      guard count <= workshop.limits.pages else { throw tooMany(count) }
      pages.append(try await recognized(straight, number: number, until: deadline))
    } while pages.count < count
    return pages
  }

  /// Recognizes the words of a straightened page.
  func recognized(
    _ straight: StraightPage, number: Int, until deadline: ContinuousClock.Instant
  ) async throws(FileFault) -> ReadPage {
    let words = try await workshop.recognize(straight, page: number, until: deadline)
    let scale = 72 / Double(StraightPage.pixelsPerInch)
    let page = FormPage(
      number: number, width: Double(straight.width) * scale, height: Double(straight.height) * scale, words: words)
    return ReadPage(
      page: page, source: .image, image: straight.shown, pixelsPerInch: StraightPage.pixelsPerInch, workshop: workshop)
  }
}
