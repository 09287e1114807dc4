import ClaimFormats

extension PageReader {
  func picturePages(_ file: [UInt8]) async throws(FileFault) -> ReadFile {
    let deadline = workshop.deadline()
    var read = ReadFile()
    // Only a page that is read says how many there are.
    var count: Int?
    repeat {
      let number = read.count + 1
      do {
        let recognized = try await workshop.recognize(file, index: number, page: number, until: deadline)
        count = recognized.straight.pageCount
        read.add(page(recognized, number: number))
      } catch {
        read.add(error)
      }
      if let count, count > workshop.limits.pages {
        throw FileFault(
          what: "the file has \(count) pages, more than \(workshop.limits.pages)", advice: "send it in several files")
      }
    } while read.count < count ?? (FileKind(of: file) == .tiff ? 2 : 1)
    return read
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
