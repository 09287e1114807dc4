package import ClaimFormats
package import Foundation
import Subprocess
import SystemPackage

/// The words of a PDF of our own making, by `pdftotext -bbox`. Only for tests: it trusts what it reads.
package enum PDFWords {
  package static func pages(of file: URL) async throws -> [FormPage] {
    let run = try await Subprocess.run(
      .name("pdftotext"), arguments: ["-q", "-bbox", file.path, "-"], output: .string(limit: 1 << 26))
    var pages: [FormPage] = []
    for line in run.standardOutput.split(separator: "\n") {
      if let page = line.firstMatch(of: /<page width="([0-9.]+)" height="([0-9.]+)"/) {
        pages.append(
          FormPage(number: pages.count + 1, width: Double(page.1) ?? 0, height: Double(page.2) ?? 0, words: []))
      } else if let word = line.firstMatch(
        of: /<word xMin="([-0-9.]+)" yMin="([-0-9.]+)" xMax="([-0-9.]+)" yMax="([-0-9.]+)">(.*)<\/word>/),
        let last = pages.last
      {
        let box = PageBox(
          left: Double(word.1) ?? 0, top: Double(word.2) ?? 0, right: Double(word.3) ?? 0, bottom: Double(word.4) ?? 0)
        pages[pages.count - 1] = FormPage(
          number: last.number, width: last.width, height: last.height,
          words: last.words + [PlacedWord(plain(word.5), in: box)])
      }
    }
    return pages
  }

  private static func plain(_ text: Substring) -> String {
    String(text).replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
      .replacing("&#39;", with: "'").replacing("&apos;", with: "'").replacing("&amp;", with: "&")
  }
}
