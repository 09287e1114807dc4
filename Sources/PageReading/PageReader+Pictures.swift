import ClaimFormats

extension PageReader {
  func picturePages(_ file: [UInt8]) async throws(FileFault) -> [ReadPage] {
    let deadline = workshop.deadline()
    var pages: [ReadPage] = []
    var count = 1
    repeat {
      let number = pages.count + 1
      let recognized = try await workshop.recognize(file, index: number, page: number, until: deadline)
      count = recognized.straight.pageCount
      guard count <= workshop.limits.pages else {
        throw FileFault(
          what: "the file has \(count) pages, more than \(workshop.limits.pages)", advice: "send it in several files")
      }
      pages.append(page(recognized, number: number))
    } while pages.count < count
    return pages
  }

  func page(_ recognized: PageWorkshop.Recognized, number: Int) -> ReadPage {
    let scale = 72 / Double(StraightPage.pixelsPerInch)
    let page = FormPage(
      number: number, width: Double(recognized.straight.width) * scale,
      height: Double(recognized.straight.height) * scale, words: recognized.words)
    return ReadPage(
      page: page, source: .image, image: recognized.straight.shown, pixelsPerInch: StraightPage.pixelsPerInch,
      workshop: workshop)
  }
}
