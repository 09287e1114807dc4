import ClaimsAPI

/// A form with files, `multipart/form-data` (RFC 7578). No library for it exists here, and browsers send files in no other
/// way without a script.
struct MultipartBody {
  struct Part {
    let name: String
    let fileName: String?
    let bytes: [UInt8]

    /// The file, if the field is one and a file was chosen.
    var file: UploadedFile? {
      fileName.map { UploadedFile(name: $0, bytes: bytes) }
    }
  }

  private(set) var parts: [Part] = []

  /// The most parts of a form. Ours have fewer than ten.
  private static let partLimit = 100
  private static let headLimit = 4096
  private static let lineEnd = Array("\r\n".utf8)
  private static let headEnd = Array("\r\n\r\n".utf8)

  /// - Throws: `APIProblem.malformed`.
  init(_ bytes: [UInt8], contentType: String) throws(APIProblem) {
    guard let boundary = Self.parameter("boundary", in: contentType), (1...70).contains(boundary.utf8.count) else {
      throw .malformed("a form with files names its boundary")
    }
    // A line end before the first boundary makes all boundaries alike.
    let bytes = Self.lineEnd + bytes
    let mark = Self.lineEnd + Array("--\(boundary)".utf8)
    guard var place = Self.find(mark, in: bytes, from: 0) else { throw .malformed("a form with files has no part") }
    while true {
      place += mark.count
      if bytes[place...].starts(with: "--".utf8) { return }
      guard bytes[place...].starts(with: Self.lineEnd), parts.count < Self.partLimit,
        let next = Self.find(mark, in: bytes, from: place),
        let headEnd = Self.find(Self.headEnd, in: bytes, from: place), headEnd < next,
        headEnd - place <= Self.headLimit
      else { throw .malformed("a form with files ends in the middle") }
      let head = String(decoding: bytes[place..<headEnd], as: UTF8.self)
      parts.append(try Self.part(head: head, Array(bytes[(headEnd + Self.headEnd.count)..<next])))
      place = next
    }
  }

  private static func part(head: String, _ bytes: [UInt8]) throws(APIProblem) -> Part {
    let line = head.split(whereSeparator: \.isNewline).first { $0.lowercased().hasPrefix("content-disposition:") }
    guard let line, let name = parameter("name", in: String(line)) else {
      throw .malformed("a part of the form has no name")
    }
    return Part(name: name, fileName: parameter("filename", in: String(line)), bytes: bytes)
  }

  /// Returns a parameter of a header: `; name="value"`. Browsers write a quotation mark in a name as `%22`.
  private static func parameter(_ name: String, in header: String) -> String? {
    for part in header.split(separator: ";").dropFirst() {
      let pair = part.split(separator: "=", maxSplits: 1).map { $0.trimmingPrefix { $0.isWhitespace } }
      guard pair.count == 2, pair[0].lowercased() == name else { continue }
      return String(pair[1].filter { $0 != "\"" })
    }
    return nil
  }

  private static func find(_ pattern: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    guard start <= bytes.count - pattern.count else { return nil }
    var place = start
    while let found = bytes[place...].firstIndex(of: pattern[0]), found <= bytes.count - pattern.count {
      if bytes[found..<(found + pattern.count)].elementsEqual(pattern) { return found }
      place = found + 1
    }
    return nil
  }
}
