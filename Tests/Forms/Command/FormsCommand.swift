import ClaimFormats
import ClaimsDomain
import FormTrials
import Foundation
import PageReading

/// Reads files of forms and prints what was read, one JSON object to a file: claims-forms [--words] FILE…
///
/// With `--words`, the files are PDFs of our own with text, and no picture is made of their pages.
///
/// `report.py` holds it against the truth. A claim is also held against the 837 beside its file.
@main
enum FormsCommand {
  private struct Report: Encodable {
    var file: String
    var fault: String?
    var forms: [FormReading] = []
    /// For each form the parts in which its claim differs from the 837; nil for a form that is no claim.
    var differences: [[String]?] = []
    var rejections: [String?] = []
    var pageSeconds = 0.0
    var formSeconds = 0.0
  }

  static func main() async throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    // The files are our own, and there are many.
    let reader = PageReader(tools: try await PageTools(isolation: .limitsOnly))
    let isWordsOnly = CommandLine.arguments.contains("--words")
    for path in CommandLine.arguments.dropFirst() where path != "--words" {
      let report = try await report(on: URL(filePath: path), isWordsOnly ? nil : reader)
      print(String(decoding: try encoder.encode(report), as: UTF8.self))
    }
  }

  private static func report(on file: URL, _ reader: PageReader?) async throws -> Report {
    var report = Report(file: file.lastPathComponent)
    let clock = ContinuousClock()
    do throws(FileFault) {
      let start = clock.now
      let pages = try await pages(of: file, reader)
      let read = clock.now
      report.forms = try FormReader().readings(of: pages)
      report.pageSeconds = (read - start) / .seconds(1)
      report.formSeconds = (clock.now - read) / .seconds(1)
    } catch {
      report.fault = error.description
      return report
    }
    try hold(&report, against: file)
    return report
  }

  private static func pages(of file: URL, _ reader: PageReader?) async throws(FileFault) -> [FormPage] {
    let bytes = (try? Data(contentsOf: file)).map { Array($0) } ?? []
    if let reader { return try await reader.pages(of: bytes).map(\.page) }
    return (try? await PDFWords.pages(of: file)) ?? []
  }

  /// Notes what becomes of each form, and in what its claim differs from the same claim as an 837.
  private static func hold(_ report: inout Report, against file: URL) throws {
    let electronic = (try? ClaimDifference.electronic(beside: file)) ?? []
    for (index, form) in report.forms.enumerated() {
      switch form.item(digest: "", at: SourceLocation(.record, index + 1)) {
      case .claim(let claim, _):
        let other = electronic.indices.contains(index) ? electronic[index] : nil
        report.differences.append(try other.map { try ClaimDifference.between(claim, $0) } ?? ["no 837"])
        report.rejections.append(nil)
      case .rejected(let rejection):
        report.differences.append(nil)
        report.rejections.append("\(rejection.location): \(rejection.reason)")
      case .fault(let fault):
        report.differences.append(nil)
        report.rejections.append(fault.description)
      }
    }
  }
}
