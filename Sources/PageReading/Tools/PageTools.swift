package import ClaimFormats
package import Foundation
package import SystemPackage

/// The programs that read pages. Each is found once, by its full path; no search path of anybody's decides which runs.
package struct PageTools: Hashable, Sendable {
  /// The folders where a distribution puts programs.
  package static let systemFolders: [FilePath] = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"]

  let paths: [PageTool: FilePath]
  /// How far a tool is cut off from the machine.
  package let isolation: Isolation

  /// Finds the tools, and removes what runs of an hour ago and more have left behind.
  ///
  /// - Parameters:
  ///   - ownFolder: where `claims-image` is: the folder of this program, unless named.
  ///   - isolation: what cuts the tools off; the strongest that this machine allows, unless named.
  ///   - now: what an hour ago is counted from.
  /// - Throws: `MissingPageTools` with all that are missing.
  package init(
    folders: [FilePath] = Self.systemFolders, ownFolder: FilePath? = nil, isolation: Isolation? = nil,
    now: Date = Date()
  ) async throws(MissingPageTools) {
    let own = ownFolder ?? Self.folderOfThisProgram
    var paths: [PageTool: FilePath] = [:]
    var missing: [PageTool] = []
    for tool in PageTool.allCases {
      let places = tool.package == nil ? [own] : folders
      if let path = places.map({ $0.appending(tool.rawValue) }).first(where: \.isExecutableFile) {
        paths[tool] = path
      } else {
        missing.append(tool)
      }
    }
    guard missing.isEmpty else { throw MissingPageTools(missing) }
    self.paths = paths
    WorkFolder.removeAbandoned(before: now.addingTimeInterval(-3_600))
    if let isolation { self.isolation = isolation } else { self.isolation = await .strongest(in: folders) }
  }

  /// Where the runtime of Swift is that this process runs with; nil when it is a part of the program.
  static let folderOfTheRuntime: FilePath? = {
    // Read to its end: the kernel gives it piece by piece.
    let maps = (try? FileHandle(forReadingAtPath: "/proc/self/maps")?.readToEnd()) ?? Data()
    let lines = String(decoding: maps, as: UTF8.self).split(separator: "\n")
    let line = lines.first { $0.hasSuffix("/libswiftCore.so") }
    guard let line, let start = line.firstIndex(of: "/") else { return nil }
    return FilePath(String(line[start...])).removingLastComponent()
  }()

  private static var folderOfThisProgram: FilePath {
    (FilePath("/proc/self/exe").target ?? FilePath(CommandLine.arguments[0])).removingLastComponent()
  }
}

/// One of the programs.
package enum PageTool: String, Hashable, Sendable, CaseIterable {
  /// Of poppler: how many pages a PDF has, and how large they are.
  case pdfinfo
  /// Of poppler: the words of a PDF, with their places.
  case pdftotext
  /// Of poppler: which pictures a page of a PDF consists of.
  case pdfimages
  /// Of poppler: draws a page of a PDF.
  case pdftoppm
  /// Recognizes the words in a picture.
  case tesseract
  /// Limits what a program may use, of util-linux.
  case prlimit
  /// Ours: turns, straightens and cuts pictures, with the leptonica library that tesseract brings.
  case image = "claims-image"

  /// The package of Debian that the tool comes with; nil for our own.
  var package: String? {
    switch self {
    case .pdfinfo, .pdftotext, .pdfimages, .pdftoppm: "poppler-utils"
    case .tesseract: "tesseract-ocr"
    case .prlimit: "util-linux"
    case .image: nil
    }
  }
}

/// Tools that are not on this machine, and what installs them.
package struct MissingPageTools: Error, Hashable, Sendable, CustomStringConvertible {
  package let tools: [PageTool]

  init(_ tools: [PageTool]) { self.tools = tools }

  package var description: String { "\(fault)" }

  /// The same as a fault of a file that cannot be read for it.
  package var fault: FileFault {
    let names = tools.map(\.rawValue).joined(separator: ", ")
    let packages = tools.compactMap(\.package).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    var advice: [String] = []
    if !packages.isEmpty { advice.append("apt-get install \(packages.joined(separator: " "))") }
    if tools.contains(.image) { advice.append("swift build --product claims-image") }
    return FileFault(
      what: "paper forms cannot be read without \(names)", advice: "run: \(advice.joined(separator: " && "))")
  }
}
