import ClaimFormats

extension PageReader {
  func pdfPages(_ file: [UInt8]) async throws(FileFault) -> ReadFile {
    let deadline = workshop.deadline()
    let outline = try await workshop.outline(of: file, until: deadline)
    let range = ["-f", "1", "-l", "\(outline.pageCount)"]
    let text = try await workshop.run(
      .pdftotext, ["-q", "-bbox", "-cropbox"] + range + [WorkFolder.fileName, "-"], on: file, page: nil, until: deadline
    )
    guard let layer = TextLayer(text, wordLimit: workshop.limits.words), layer.pages.count == outline.pageCount else {
      throw workshop.garbage(.pdftotext, page: nil)
    }
    let list = try await workshop.run(
      .pdfimages, ["-list"] + range + [WorkFolder.fileName], on: file, page: nil, until: deadline)
    guard let pictures = PagePictures(list) else { throw workshop.garbage(.pdfimages, page: nil) }
    var read = ReadFile()
    for number in 1...outline.pageCount {
      do {
        let size = try size(of: number, in: outline)
        let words = pictures.isScan(page: number, of: size) ? nil : layer.words(onPage: number, of: size)
        read.add(try await page(number, of: size, words: words, in: file, until: deadline))
      } catch {
        read.add(error)
      }
    }
    return read
  }

  /// - Parameter words: the text of the page; nil when the page is to be read as a picture.
  private func page(
    _ number: Int, of size: PDFOutline.PageSize, words: [PlacedWord]?, in file: [UInt8],
    until deadline: ContinuousClock.Instant
  ) async throws(FileFault) -> ReadPage {
    let page = words.map { FormPage(number: number, width: size.width, height: size.height, words: $0) }
    if let page, let read = try await textPage(page, of: file, until: deadline) { return read }
    let drawn = try await workshop.draw(number, of: file, at: StraightPage.pixelsPerInch, as: [], until: deadline)
    let recognized = try await workshop.recognize(drawn, index: 1, page: number, until: deadline)
    return self.page(recognized, number: number)
  }

  /// - Returns: nil when the page shows something else than its text says.
  private func textPage(
    _ page: FormPage, of file: [UInt8], until deadline: ContinuousClock.Instant
  ) async throws(FileFault) -> ReadPage? {
    let image = try await workshop.draw(
      page.number, of: file, at: Self.textPixelsPerInch, as: ["-gray", "-png"], until: deadline)
    guard try await workshop.seen(page, on: image, pixelsPerInch: Self.textPixelsPerInch, until: deadline) else {
      return nil
    }
    return ReadPage(
      page: page, source: .text, image: image, pixelsPerInch: Self.textPixelsPerInch, workshop: workshop)
  }

  /// Enough for a person to read the smallest print of a form.
  private static let textPixelsPerInch = 150

  private func size(of page: Int, in outline: PDFOutline) throws(FileFault) -> PDFOutline.PageSize {
    guard let size = outline.sizes[page] else { throw workshop.garbage(.pdfinfo, page: page) }
    let scale = Double(StraightPage.pixelsPerInch) / 72
    guard size.width * scale * size.height * scale <= Double(workshop.limits.pixels) else {
      throw FileFault(
        what: "page \(page) is \(size.width) by \(size.height) points, which is more than can be drawn",
        advice: "send the form in its own size, 612 by 792")
    }
    return size
  }
}

extension PageWorkshop {
  /// How many pages a PDF has, and how large they are.
  ///
  /// - Throws: `FileFault` when the PDF is encrypted, or has no page or too many.
  fileprivate func outline(
    of file: [UInt8], until deadline: ContinuousClock.Instant
  ) async throws(FileFault) -> PDFOutline {
    let said: [UInt8]
    do {
      // One page more than is allowed, which a file that says little of itself may have.
      let arguments = ["-f", "1", "-l", "\(limits.pages + 1)", WorkFolder.fileName]
      said = try await sandbox.run(.pdfinfo, arguments, on: [WorkFolder.fileName: file], until: deadline)
    } catch {
      // The entry that makes a PDF ask for a password. It stands in the trailer, which is never compressed.
      guard case .refused = error.reason, file.contains(Array("/Encrypt".utf8)) else { throw error.fault() }
      throw Self.encrypted
    }
    guard let outline = PDFOutline(said) else { throw garbage(.pdfinfo, page: nil) }
    guard !outline.isEncrypted else { throw Self.encrypted }
    guard outline.pageCount > 0 else {
      throw FileFault(what: "the PDF has no pages", advice: "ask the sender for another copy")
    }
    guard outline.pageCount <= limits.pages else {
      throw FileFault(
        what: "the PDF has \(outline.pageCount) pages, more than \(limits.pages)", advice: "send it in several files")
    }
    return outline
  }

  private static let encrypted = FileFault(
    what: "the PDF is encrypted", advice: "send it without a password and without restrictions")

  /// Draws a page of a PDF.
  fileprivate func draw(
    _ page: Int, of file: [UInt8], at pixelsPerInch: Int, as format: [String], until deadline: ContinuousClock.Instant
  ) async throws(FileFault) -> [UInt8] {
    let range = ["-f", "\(page)", "-l", "\(page)"]
    let arguments = ["-q", "-cropbox", "-r", "\(pixelsPerInch)"] + range + format + [WorkFolder.fileName]
    return try await run(.pdftoppm, arguments, on: file, page: page, until: deadline)
  }

  /// Whether a page shows what its text says, and nothing else in the boxes of its form.
  fileprivate func seen(
    _ page: FormPage, on image: [UInt8], pixelsPerInch: Int, until deadline: ContinuousClock.Instant
  ) async throws(FileFault) -> Bool {
    let question = SeenText.question(page.words, pixelsPerInch: pixelsPerInch)
    let output = try await run(
      .image, ["seen", WorkFolder.fileName, "words"], on: [WorkFolder.fileName: image, "words": question],
      page: page.number, until: deadline)
    guard let seen = SeenText(output, words: page.words.count, pixelsPerInch: pixelsPerInch) else {
      throw garbage(.image, page: page.number)
    }
    return seen.isWhatIsShown(on: page)
  }
}
