import ClaimFormats
import Foundation
import Subprocess
import SystemPackage
import TestSupport
import Testing

@testable import PageReading

@Suite("Pages of paper forms", .pageTools, .temporaryFolder)
struct PageReaderTests {
  private let folder: URL

  init() throws { folder = try #require(TemporaryFolderTrait.current) }

  /// The words without their spaces, line by line, as somebody reads them.
  private static func lines(_ page: FormPage) -> [String] {
    Dictionary(grouping: page.words) { Int(($0.box.bottom / 6).rounded()) / 2 }.sorted { $0.key < $1.key }
      .map { $0.value.sorted { $0.box.left < $1.box.left }.map(\.text).joined() }
  }

  private static let expected = Dictionary(grouping: SamplePDF.claim.lines, by: \.top).sorted { $0.key < $1.key }
    .map { $0.value.map(\.text).joined().replacing(" ", with: "") }

  private static func confidence(_ page: FormPage) -> Int { page.words.map { $0.confidence ?? 0 }.min() ?? 0 }

  @Test("the text of a PDF is taken as it is, with its places, and is not in doubt")
  func text() async throws {
    let pages = try await Tools.reader().pages(of: SamplePDF.claim.bytes)
    let page = try #require(pages.first)
    #expect(pages.count == 1)
    #expect(page.source == .text)
    #expect(page.page.width == 612)
    #expect(page.page.height == 792)
    #expect(Self.lines(page.page) == Self.expected)
    let word = try #require(page.page.words.first { $0.text == "ZGP575915275" })
    #expect(abs(word.box.left - 324) < 1)
    #expect((57...63).contains(word.box.top))
    #expect(word.confidence == nil)
    #expect(page.image.starts(with: [0x89, 0x50, 0x4E, 0x47]))
  }

  @Test(
    "a scan says what the PDF says, at the same places, however it lies on the glass",
    arguments: [(0.0, 0), (3.2, 0), (-4.6, 0), (0.5, 90), (0, 180), (-0.5, 270)])
  func scan(degrees: Double, turn: Int) async throws {
    var sheet = SamplePDF.claim
    sheet.hasBoxes = true
    sheet.degrees = degrees + Double(turn)
    let scan = try await sheet.scan(in: folder)
    let page = try #require(try await Tools.reader().pages(of: scan).first)
    #expect(page.source == .image)
    if turn.isMultiple(of: 180) {
      #expect(Self.lines(page.page) == Self.expected)
      let word = try #require(page.page.words.first { $0.text == "1528877851" })
      #expect(abs(word.box.left - 36) < 4 && abs(word.box.top - 180) < 6, "\(word.box)")
    } else {
      // A page on its side goes beyond the sheet; what is left lies otherwise.
      let read = Self.lines(page.page).joined()
      #expect(["PINEHAVENQUICKFAMILYPRACTICE", "NEWBERNNC28560"].allSatisfy(read.contains), "\(read)")
    }
  }

  @Test(
    "ink beside a word puts it in doubt if it is as dark as the typing; the form's small print is paler",
    arguments: [(0.0, true), (0.25, true), (0.5, false)])
  func strayInk(grey: Double, isDoubted: Bool) async throws {
    var sheet = SamplePDF.claim
    // The second one makes the page as dark as a form is.
    sheet.blocks = [
      (left: 203, top: 185, width: 2, height: 2, grey: grey), (left: 400, top: 600, width: 90, height: 90, grey: 0),
    ]
    let page = try #require(try await Tools.reader().pages(of: try await sheet.scan(in: folder)).first)
    let word = try #require(page.page.words.first { $0.text.hasPrefix("Z23") })
    #expect((word.confidence == 0) == isDoubted, "\(word)")
    #expect(page.page.words.contains { $0.text == "AUTH97649" && ($0.confidence ?? 0) >= 80 })
  }

  /// Fonts differ in how wide a dash is: 11, 13 and 20 pixels here.
  @Test("a dash is read or puts its word in doubt, and never vanishes", arguments: [2.64, 3.12, 4.8])
  func dash(width: Double) async throws {
    var sheet = SamplePDF.claim
    sheet.lines.append((36, 340, "AUTH 97649"))
    // In the middle of the fifth column.
    sheet.blocks = [(left: 36 + 4.5 * 7.2 - width / 2, top: 345.5, width: width, height: 1, grey: 0)]
    let page = try #require(try await Tools.reader().pages(of: try await sheet.scan(in: folder)).first)
    let words = page.page.words.filter { $0.box.top > 330 && $0.box.top < 360 }
    let isRead = words.map(\.text).joined().contains("AUTH-97649")
    #expect(isRead || words.contains { ($0.confidence ?? 100) < 70 }, "\(words)")
  }

  @Test("a fax with half the lines is read with square pixels")
  func fax() async throws {
    let fax = try await SamplePDF.claim.scan(["-rx", "204", "-ry", "98", "-mono", "-tiff"], in: folder)
    let page = try #require(try await Tools.reader().pages(of: fax).first)
    #expect(abs(page.page.width - 612) < 2 && abs(page.page.height - 792) < 3)
    let read = Self.lines(page.page).joined()
    #expect(read.contains("SIGNATUREONFILE"), "\(read)")
  }

  @Test("a page whose text is hidden behind a picture is read from the picture")
  func hiddenText() throws {
    let list = """
      page   num  type   width height color comp bpc  enc interp  object ID x-ppi y-ppi size ratio
      --------------------------------------------------------------------------------------------
         1     0 image    2550  3300  gray    1   8  jpeg   no         7  0   300   300  812K 9.9%
         2     1 image     300   300  gray    1   8  jpeg   no         8  0   300   300   12K 9.9%
      """
    let pictures = try #require(PagePictures(Array(list.utf8)))
    let letter = PDFOutline.PageSize(width: 612, height: 792)
    #expect(pictures.isScan(page: 1, of: letter))
    #expect(!pictures.isScan(page: 2, of: letter))
    #expect(!pictures.isScan(page: 3, of: letter))
  }

  @Test("a part of a page is cut out as a PNG, and a part without an area is refused")
  func crop() async throws {
    let page = try #require(try await Tools.reader().pages(of: SamplePDF.claim.bytes).first)
    let part = try await page.crop(PageBox(left: 320, top: 56, right: 420, bottom: 76))
    #expect(part.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    #expect(part.count < page.image.count)
    // IHDR: 100 points at 150 pixels an inch.
    #expect((208...211).contains(Int(part[18]) << 8 + Int(part[19])))
    for box in [
      PageBox(left: 5, top: 5, right: 5, bottom: 9), PageBox(left: 900, top: 5, right: 950, bottom: 9),
      PageBox(left: .nan, top: 5, right: .infinity, bottom: 9),
    ] {
      await #expect(throws: FileFault.self) { try await page.crop(box) }
    }
  }

  @Test("a file with more pages than the limit is refused, and one with as many is read")
  func pageLimit() async throws {
    var limits = PageLimits()
    limits.pages = 2
    let reader = try await Tools.reader(limits)
    let content = "BT /F 12 Tf 72 700 Td (HELLO) Tj ET"
    #expect(try await reader.pages(of: SamplePDF.file([content, content])).map(\.page.number) == [1, 2])
    await #expect(throws: FileFault(what: "the PDF has 3 pages, more than 2", advice: "send it in several files")) {
      try await reader.pages(of: SamplePDF.file([content, content, content]))
    }
  }

  @Test("a page that cannot be read is reported, and the pages around it are read")
  func onePageUnreadable() async throws {
    let content = "BT /F 12 Tf 72 600 Td (HELLO) Tj ET"
    let letter = "/MediaBox[0 0 612 792]"
    let file = SamplePDF.file(
      [content, content, content], boxes: [letter, "/MediaBox[0 0 14400 14400]", letter])
    let read = try await Tools.reader().file(file)
    #expect(read.pages.map(\.page.number) == [1, 3])
    #expect(read.faults.map(\.page) == [2])
    #expect(read.faults[0].fault.what == "page 2 is 14400.0 by 14400.0 points, which is more than can be drawn")
    await #expect(throws: read.faults[0].fault) { try await Tools.reader().pages(of: file) }
  }

  @Test("a damaged page of a fax is reported, whichever it is, and the others are read", arguments: [1, 2])
  func damagedPicture(page: Int) async throws {
    let read = try await Tools.reader().file(SampleTIFF.file(pages: 2, damaging: page))
    #expect(read.pages.map(\.page.number) == [3 - page])
    #expect(read.faults.map(\.page) == [page])
    await #expect(throws: FileFault.self) { try await Tools.reader().file(SampleTIFF.file(pages: 1, damaging: 1)) }
  }

  @Test("a tool that is not installed is named with the command that installs it")
  func missing() async throws {
    do throws(MissingPageTools) {
      _ = try await PageTools(folders: ["/nowhere"], ownFolder: "/nowhere")
      Issue.record("found")
    } catch {
      #expect(
        error.description
          == "paper forms cannot be read without pdfinfo, pdftotext, pdfimages, pdftoppm, tesseract, prlimit, claims-image; "
          + "run: apt-get install poppler-utils tesseract-ocr util-linux && swift build --product claims-image")
    }
  }
}
