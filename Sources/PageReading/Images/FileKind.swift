/// What a file is, by its first bytes. The name and the type that a sender gives are not asked.
package enum FileKind: String, Hashable, Sendable, CaseIterable {
  case pdf = "PDF"
  case png = "PNG"
  case jpeg = "JPEG"
  case tiff = "TIFF"

  /// - Returns: nil for anything else: neither is read that may be two things, such as a PDF after the bytes of a ZIP or a page
  ///   of HTML.
  package init?(of file: [UInt8]) {
    let starts: [(FileKind, [UInt8])] = [
      (.pdf, Array("%PDF-".utf8)),
      (.png, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
      (.jpeg, [0xFF, 0xD8, 0xFF]),
      (.tiff, [0x49, 0x49, 0x2A, 0x00]), (.tiff, [0x4D, 0x4D, 0x00, 0x2A]),
    ]
    guard let kind = starts.first(where: { file.starts(with: $0.1) })?.0 else { return nil }
    self = kind
  }
}
