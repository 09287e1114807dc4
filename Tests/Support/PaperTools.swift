import Foundation

/// The programs that read paper forms, on this machine.
package enum PaperTools {
  /// Whether all are installed where a distribution puts them.
  package static let areThere = ["pdfinfo", "pdftotext", "pdfimages", "pdftoppm", "tesseract", "prlimit"]
    .allSatisfy { FileManager.default.isExecutableFile(atPath: "/usr/bin/\($0)") }
}
