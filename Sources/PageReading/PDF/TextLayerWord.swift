import ClaimFormats

/// One line of `pdftotext -bbox` with a word.
struct TextLayerWord: Hashable {
  let text: String
  let box: PageBox

  /// - Returns: nil when the line is anything else.
  init?(_ line: ArraySlice<UInt8>) {
    let ending = "</word>".utf8
    guard line.starts(with: "<word ".utf8), line.suffix(ending.count).elementsEqual(ending),
      let end = line.firstIndex(of: UInt8(ascii: ">")), end < line.endIndex - ending.count,
      let text = Self.unescaped(line[(end + 1)..<(line.endIndex - ending.count)]),
      let box = Self.box(String(decoding: line[..<end], as: UTF8.self))
    else { return nil }
    self.text = text
    self.box = box
  }

  private static func box(_ attributes: String) -> PageBox? {
    let parts = attributes.split(separator: #"""#, omittingEmptySubsequences: false)
    guard parts.count == 9, parts[0] == "<word xMin=", parts[2] == " yMin=", parts[4] == " xMax=",
      parts[6] == " yMax=", parts[8].isEmpty,
      let left = number(parts[1]), let top = number(parts[3]), let right = number(parts[5]),
      let bottom = number(parts[7])
    else { return nil }
    return PageBox(left: left, top: top, right: right, bottom: bottom)
  }

  private static func number(_ text: Substring) -> Double? {
    text.utf8.count <= 20 ? Double(text).flatMap { $0.isFinite ? $0 : nil } : nil
  }

  private static let entities: [(name: [UInt8], byte: UInt8)] = [
    (Array("&amp;".utf8), UInt8(ascii: "&")), (Array("&lt;".utf8), UInt8(ascii: "<")),
    (Array("&gt;".utf8), UInt8(ascii: ">")), (Array("&quot;".utf8), UInt8(ascii: "\"")),
    (Array("&apos;".utf8), UInt8(ascii: "'")),
  ]

  /// Bytes that are no UTF-8 become U+FFFD, which makes the page one without usable text.
  private static func unescaped(_ text: ArraySlice<UInt8>) -> String? {
    var plain: [UInt8] = []
    var rest = text
    while let byte = rest.first {
      switch byte {
      case UInt8(ascii: "<"), UInt8(ascii: ">"): return nil
      case UInt8(ascii: "&"):
        guard let entity = entities.first(where: { rest.starts(with: $0.name) }) else { return nil }
        plain.append(entity.byte)
        rest = rest.dropFirst(entity.name.count)
      default:
        plain.append(byte)
        rest = rest.dropFirst()
      }
    }
    return String(decoding: plain, as: UTF8.self)
  }
}
