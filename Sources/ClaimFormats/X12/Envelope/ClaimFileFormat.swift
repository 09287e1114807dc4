import Foundation

/// The format of a file, detected from its first bytes and never from its name.
package enum ClaimFileFormat: Hashable, Sendable {
  case x12
  case json
  /// Resources of FHIR R4, in JSON.
  case fhir
  /// A PDF, or a picture: PNG, JPEG or TIFF. Its claims are on paper forms.
  case form

  /// How far into a file to look for the format, in bytes; text before the first ISA may be this long.
  package static let reach = 1 << 16

  /// - Parameter beginning: The first `reach` bytes of the file, or all of them.
  /// - Throws: `FileFault` that says in one line what the file is instead and what to do.
  package static func detect(_ beginning: some Sequence<UInt8>) throws(FileFault) -> ClaimFileFormat {
    let bytes = Array(beginning)
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = bytes.starts(with: mark) ? bytes[mark.count...] : bytes[...]
    guard let first = text.first(where: { $0 > UInt8(ascii: " ") }) else {
      throw bytes.contains(0) ? binary : FileFault(what: "the file is empty", advice: "send a file of claims")
    }
    if isForm(bytes) { return .form }
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
      if Data(text).range(of: Data("\"resourceType\"".utf8)) != nil { return .fhir }
      return .json
    }
    if hasHeader(bytes) { return .x12 }
    if let fault = foreign(text) { throw fault }
    if looksLikeX12(text) { throw noHeader }
    throw bytes.contains(0) || !isText(text) ? binary : unknown
  }

  private static func hasHeader(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { bytes in
      if X12Header.first(in: bytes, range: 0..<bytes.count) != nil { return true }
      // At the very beginning, a header with malformed elements is accepted, as the reader does.
      guard let start = bytes.firstIndex(where: { $0 > UInt8(ascii: " ") && $0 < 0x80 }) else { return false }
      return X12Header(in: bytes, at: start) != nil
    }
  }

  private static func isForm(_ bytes: [UInt8]) -> Bool {
    let marks: [[UInt8]] = [
      Array("%PDF-".utf8), [0x89] + "PNG\r\n".utf8 + [0x1A, 0x0A], [0xFF, 0xD8, 0xFF], Array("II*".utf8) + [0],
      Array("MM".utf8) + [0, 42],
    ]
    return marks.contains { bytes.starts(with: $0) }
  }

  private static func foreign(_ text: ArraySlice<UInt8>) -> FileFault? {
    let kinds: [(prefix: [UInt8], fault: FileFault)] = [
      (Array("PK".utf8) + [3, 4], other("a zip archive")), ([0x1F, 0x8B], other("compressed by gzip")),
      (Array("<?xml".utf8), xml),
    ]
    return kinds.first { text.starts(with: $0.prefix) }?.fault
  }

  private static func other(_ name: String) -> FileFault {
    FileFault(what: "this is \(name), not a file of claims", advice: "send X12 837, FHIR R4 or JSON claims")
  }

  /// Whether the fault says that a file is about something else than claims. An archive may hold claims, and an empty file
  /// may be one that has not arrived yet.
  static func isForeign(_ fault: FileFault) -> Bool { [xml, binary, unknown].contains(fault) }

  /// Whether the text has envelope segments without their ISA, as when someone cut out the middle of a file.
  private static func looksLikeX12(_ text: ArraySlice<UInt8>) -> Bool {
    let lines = String(decoding: text.prefix(4096), as: UTF8.self)
    return ["ISA", "GS", "ST", "BHT", "CLM"].contains { name in
      ["*", "|", "~", "^"].contains { lines.contains("\(name)\($0)") }
    }
  }

  /// Whether the text is UTF-8. Its end may fall within a character, because only the beginning of the file is read.
  private static func isText(_ text: ArraySlice<UInt8>) -> Bool {
    (0...3).contains { String(validating: text.dropLast($0), as: UTF8.self) != nil }
  }

  static let noHeader = FileFault(
    what: "this is X12 without a whole ISA segment, so its separators are not known",
    advice: "send the file with its envelope, ISA to IEA")
  private static let xml = other("XML")
  private static let binary = other("binary data")
  private static let unknown = FileFault(
    what: "this is neither X12 (no ISA segment) nor JSON", advice: "send X12 837, FHIR R4 or JSON claims")
}
