import ClaimFormats
import TestSupport
import Testing

@testable import PageReading

/// A person who looks at a form sees its page, not the text of its file.
@Suite("Text that the page does not show", .pageTools)
struct HiddenTextTests {
  private static let visible = "BT /F 12 Tf 36 700 Td (PINE HAVEN FAMILY PRACTICE) Tj 0 -24 Td (DULUTH MN 55802) Tj ET "

  /// Ways to put an amount into the text that nobody sees on the page.
  private static let hiding: [String: String] = [
    "white on white": "1 g BT /F 12 Tf 252 600 Td (900.00) Tj ET 0 g",
    "too pale": "0.9 g BT /F 12 Tf 252 600 Td (900.00) Tj ET 0 g",
    "drawn without ink": "BT /F 12 Tf 3 Tr 252 600 Td (900.00) Tj ET",
    "under a white patch": "BT /F 12 Tf 252 600 Td (900.00) Tj ET 1 g 240 590 80 30 re f 0 g",
    "black on a black patch": "240 590 80 30 re f BT /F 12 Tf 252 600 Td (900.00) Tj ET",
    "too small": "BT /F 1 Tf 252 600 Td (900.00) Tj ET",
    "cut off": "q 0 0 10 10 re W n BT /F 12 Tf 252 600 Td (900.00) Tj ET Q",
    "at the edge of the sheet": "BT /F 12 Tf 590 600 Td (900.00) Tj ET",
    "a digit of a word": "BT /F 12 Tf 252 600 Td (9) Tj 1 g (0) Tj 0 g (0.00) Tj ET",
    "behind a line of the form": "1 g BT /F 12 Tf 252 600 Td (900.00) Tj ET 0 g 200 603 200 1 re f",
  ]

  @Test("a page with a word that nobody sees is read as a picture", arguments: hiding.keys.sorted())
  func hidden(way: String) async throws {
    let content = Self.visible + (Self.hiding[way] ?? "")
    let page = try #require(try await Tools.reader().pages(of: SamplePDF.file([content])).first)
    #expect(page.source == .image)
    let read = page.page.words.map(\.text)
    #expect(!read.contains { $0.contains("900.00") }, "\(read)")
    #expect(page.page.words.allSatisfy { $0.confidence != nil })
  }

  @Test("the same page with all of its words in sight is taken as it is")
  func seen() async throws {
    let content = Self.visible + "BT /F 12 Tf 252 600 Td (900.00) Tj ET 200 597 200 1 re f"
    let page = try #require(try await Tools.reader().pages(of: SamplePDF.file([content])).first)
    #expect(page.source == .text)
    #expect(page.page.words.map(\.text).contains("900.00"))
  }

  @Test("a page that shows more than its text says is read as a picture")
  func unsaid() async throws {
    // Strokes as high as a letter, which are no text.
    let content = Self.visible + "2 w 252 600 m 257 611 l 262 600 l S"
    let page = try #require(try await Tools.reader().pages(of: SamplePDF.file([content])).first)
    #expect(page.source == .image)
  }

  @Test("what lies outside of the part that a viewer shows is not on the page")
  func cropped() async throws {
    let file = SamplePDF.file(
      [Self.visible + "BT /F 12 Tf 252 300 Td (900.00) Tj ET"], boxes: ["/MediaBox[0 0 612 792]/CropBox[0 500 612 792]"]
    )
    let page = try #require(try await Tools.reader().pages(of: file).first)
    #expect(page.page.height == 292)
    #expect(!page.page.words.map(\.text).contains("900.00"))
  }

  @Test(
    "whatever else the tool prints is refused",
    arguments: [
      "", "seen 1 0\n", "seen 1 0\nword 2\n", "seen 1 0\nword\n", "seen 2 0\nword 1\nword 1\n", "seen 1 1\nword 1\n",
      "seen 1 1\nword 1\npiece 1 2 3\n", "seen 1 1\npiece 1 2 3 4\nword 1\n", "seen 1 -1\nword 1\n",
      "seen 1 0\nword 1\nword 1\n",
    ])
  func garbage(output: String) {
    #expect(SeenText(Array(output.utf8), words: 1, pixelsPerInch: 150) == nil)
  }
}
