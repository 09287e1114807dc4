import ClaimFormats
import PageReading
import Testing

@Suite("Pages of paper forms")
struct PageReaderTests {
  @Test("a file that is empty, too large, or no PDF and no picture is refused before a tool sees it")
  func kinds() async throws {
    var limits = PageLimits()
    limits.fileBytes = 20
    let reader = try await PageReader(tools: PageTools(), limits: limits)
    for file in ["", String(repeating: "%PDF-1.7", count: 9), "<html>%PDF-1.7", "PK\u{3}\u{4} %PDF-1.7"] {
      await #expect(throws: FileFault.self) { try await reader.pages(of: Array(file.utf8)) }
    }
  }
}
