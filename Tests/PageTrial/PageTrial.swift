import ArgumentParser
import ClaimFormats
import Foundation
import PageReading

/// Reads files as pages of forms and says what became of each, for the trials that make files by the thousand: a line of
/// JSON for each file, in the order they are given in.
@main
struct PageTrial: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "page-trial", abstract: "Read files as pages of paper forms and print a line of JSON for each.")

  @Argument(help: "The files; without any, their paths are read from standard input, a line each.")
  var paths: [String] = []

  @Option(help: "Seconds that one run of a tool may take.")
  var runSeconds = PageLimits().runSeconds

  @Option(help: "Seconds that one file may take.")
  var fileSeconds = PageLimits().fileSeconds

  @Flag(help: "Print the words with their places.")
  var words = false

  @Flag(help: "Run the tools with limits only, so that what they use is counted as ours.")
  var limitsOnly = false

  @Option(help: "Keep the pictures of the pages in this folder.")
  var pictures: String?

  func run() async throws {
    var limits = PageLimits()
    limits.runSeconds = runSeconds
    limits.fileSeconds = fileSeconds
    let tools = try await PageTools(isolation: limitsOnly ? .limitsOnly : nil)
    let reader = PageReader(tools: tools, limits: limits)
    if !paths.isEmpty {
      for path in paths { try await read(path, with: reader) }
    } else {
      while let path = readLine() { try await read(path, with: reader) }
    }
  }

  private struct Line: Encodable {
    struct Page: Encodable {
      let number: Int
      let source: ReadPage.Source
      let width: Double
      let height: Double
      let wordCount: Int
      let imageBytes: Int
      var words: [Word]?
    }
    struct Word: Encodable {
      let text: String
      let box: PageBox
      let confidence: Int?
    }
    let path: String
    var refused: String?
    var pages: [Page] = []
    var seconds = 0.0
    /// Of this process, in KB: the tools have limits of their own.
    var peak = 0
  }

  private func read(_ path: String, with reader: PageReader) async throws {
    var line = Line(path: path)
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    let began = ContinuousClock.now
    do throws(FileFault) {
      for page in try await reader.pages(of: bytes) {
        line.pages.append(
          Line.Page(
            number: page.page.number, source: page.source, width: page.page.width, height: page.page.height,
            wordCount: page.page.words.count, imageBytes: page.image.count, words: words ? Self.words(of: page) : nil))
        if let pictures {
          let name = "\(URL(filePath: path).lastPathComponent)-\(page.page.number).png"
          _ = FileManager.default.createFile(atPath: "\(pictures)/\(name)", contents: Data(page.image))
        }
      }
    } catch {
      line.refused = "\(error)"
    }
    line.seconds =
      Double((ContinuousClock.now - began).components.attoseconds) / 1e18
      + Double((ContinuousClock.now - began).components.seconds)
    line.peak = Self.peakMemory
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    print(String(decoding: try encoder.encode(line), as: UTF8.self))
    fflush(nil)
  }

  private static func words(of page: ReadPage) -> [Line.Word] {
    page.page.words.map { Line.Word(text: $0.text, box: $0.box, confidence: $0.confidence) }
  }

  private static var peakMemory: Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line.flatMap { $0.split(separator: " ").compactMap { Int($0) }.first } ?? 0
  }
}
