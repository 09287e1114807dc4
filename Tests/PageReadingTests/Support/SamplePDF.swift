import Foundation
import PageReading
import Subprocess
import SystemPackage
import Testing

/// A page that is typed in Courier, ten characters an inch, as a form is.
struct SamplePDF {
  /// What is typed, by its place in points from the top left corner.
  var lines: [(left: Double, top: Double, text: String)]
  /// Turned clockwise about the middle of the page, in degrees.
  var degrees = 0.0
  /// Boxes around the lines, as a form has.
  var hasBoxes = false
  /// Rectangles, by their place and size in points from the top left corner; their grey is 0 for black and 1 for white.
  var blocks: [(left: Double, top: Double, width: Double, height: Double, grey: Double)] = []

  /// Lines such as a claim form has, with every letter and digit at least twice.
  static let claim = SamplePDF(lines: [
    (36, 60, "BAXTER, QUENTIN W"), (324, 60, "ZGP575915275"), (36, 84, "05 08 1967"), (180, 84, "X"),
    (36, 108, "4120 JUNIPER VALLEY DRIVE"), (36, 132, "DULUTH"), (216, 132, "MN"), (36, 156, "55802-1247"),
    (36, 180, "1528877851"), (180, 180, "Z23"), (324, 180, "AUTH97649"), (36, 204, "03 05 26"), (144, 204, "G0008"),
    (252, 204, "397 37"), (396, 204, "1845618051"), (36, 228, "01 08 26"), (144, 228, "99213"), (252, 228, "275 00"),
    (396, 228, "1845618051"), (36, 252, "PINE HAVEN QUICK FAMILY PRACTICE"), (36, 276, "NEW BERN NC 28560"),
    (36, 300, "SIGNATURE ON FILE"), (324, 300, "KLONDIKE PPO XJ46"),
  ])

  var bytes: [UInt8] {
    var content = ""
    if degrees != 0 {
      let radians = -degrees * .pi / 180
      // A PDF knows no exponents.
      let turn = [cos(radians), sin(radians), -sin(radians), cos(radians)].map { String(format: "%.6f", $0) }
      content += "1 0 0 1 306 396 cm \(turn.joined(separator: " ")) 0 0 cm 1 0 0 1 -306 -396 cm "
    }
    for line in lines {
      if hasBoxes {
        content += "0.5 w \(line.left - 4) \(792 - line.top - 14) \(Double(line.text.count) * 7.2 + 12) 18 re S "
      }
      let text = line.text.replacing("(", with: "\\(").replacing(")", with: "\\)")
      content += "BT /F 12 Tf \(line.left) \(792 - line.top - 9.2) Td (\(text)) Tj ET "
    }
    for block in blocks {
      let bottom = 792 - block.top - block.height
      content += "\(block.grey) g \(block.left) \(bottom) \(block.width) \(block.height) re f "
    }
    return Self.file([content])
  }

  /// A PDF with a page for each of the contents.
  ///
  /// - Parameter boxes: how large each page is; a letter page where it is not said.
  static func file(_ contents: [String], boxes: [String] = []) -> [UInt8] {
    let kids = contents.indices.map { "\(4 + 2 * $0) 0 R" }.joined(separator: " ")
    var objects = [
      "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[\(kids)]/Count \(contents.count)>>",
      "<</Type/Font/Subtype/Type1/BaseFont/Courier>>",
    ]
    for (index, content) in contents.enumerated() {
      objects.append(
        "<</Type/Page/Parent 2 0 R\(boxes.isEmpty ? "/MediaBox[0 0 612 792]" : boxes[index])/Contents \(5 + 2 * index) 0 R/Resources<</Font<</F 3 0 R>>>>>>"
      )
      objects.append("<</Length \(content.utf8.count)>>stream\n\(content)\nendstream")
    }
    // Readers find the objects of a file without a table.
    let body = objects.enumerated().map { "\($0.offset + 1) 0 obj\n\($0.element)\nendobj\n" }.joined()
    return Array("%PDF-1.7\n\(body)trailer<</Size \(objects.count + 1)/Root 1 0 R>>\n%%EOF\n".utf8)
  }

  /// The page as a scanner gives it.
  ///
  /// - Parameter options: those of `pdftoppm`.
  func scan(_ options: [String] = ["-r", "300", "-gray", "-png"], in folder: URL) async throws -> [UInt8] {
    let name = folder.appending(path: UUID().uuidString).path
    try Data(bytes).write(to: URL(filePath: "\(name).pdf"))
    _ = try await Subprocess.run(
      .path("/usr/bin/pdftoppm"), arguments: Arguments(options + ["-singlefile", "\(name).pdf", name]),
      output: .discarded, error: .discarded)
    let ending = options.contains("-tiff") ? "tif" : "png"
    return [UInt8](try Data(contentsOf: URL(filePath: "\(name).\(ending)")))
  }
}

/// The tools are installed, and our own is built beside the tests.
enum Tools {
  static let folder = FilePath(Bundle.main.bundlePath)

  static func found(_ isolation: Isolation? = nil, ownFolder: FilePath? = nil) async throws -> PageTools {
    try await PageTools(ownFolder: ownFolder ?? folder, isolation: isolation)
  }

  static func reader(_ limits: PageLimits = PageLimits()) async throws -> PageReader {
    PageReader(tools: try await found(), limits: limits)
  }

  static let areThere: Bool =
    ["pdftotext", "tesseract"].allSatisfy { FileManager.default.isExecutableFile(atPath: "/usr/bin/\($0)") }
    || ProcessInfo.processInfo.environment["CI"] == "true"
}

extension Trait where Self == ConditionTrait {
  static var pageTools: Self {
    .enabled(
      if: Tools.areThere, "no pdftotext or no tesseract: apt-get install poppler-utils tesseract-ocr (make test-setup)")
  }
}
