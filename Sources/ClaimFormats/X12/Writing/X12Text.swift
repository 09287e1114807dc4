internal import Foundation

/// Text as an element may hold it: the basic and extended character sets of X12 (TR3, B.1.1.2.2 and B.1.1.2.3), which
/// are the printable characters of ASCII, less the delimiters in use.
enum X12Text {
  /// Letters lose their accents, and what is in neither set becomes a blank. Blanks at the ends are dropped.
  static func bytes(_ text: String) -> ArraySlice<UInt8> {
    var bytes = Array(text.utf8)
    if !bytes.allSatisfy(isAllowed) {
      bytes = Array(folded(text).utf8).map { isAllowed($0) ? $0 : blank }
    }
    var slice = bytes[...]
    while slice.first == blank { slice = slice.dropFirst() }
    while slice.last == blank { slice = slice.dropLast() }
    return slice
  }

  private static let blank = UInt8(ascii: " ")

  private static func isAllowed(_ byte: UInt8) -> Bool {
    (0x20...0x7E).contains(byte) && !X12Delimiters.written.contains(byte)
  }

  /// One character for one, so that nothing of a name runs together.
  private static func folded(_ text: String) -> String {
    var folded = ""
    for character in text {
      if let letters = ligatures[character] {
        folded += letters
        continue
      }
      let base = String(character).decomposedStringWithCanonicalMapping.unicodeScalars.first
      folded.unicodeScalars.append(base.flatMap { $0.isASCII ? $0 : nil } ?? " ")
    }
    return folded
  }

  /// Letters that have no accent to lose, and the quotes and dashes of word processors.
  private static let ligatures: [Character: String] = [
    "ß": "ss", "Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe", "Ø": "O", "ø": "o", "Ł": "L", "ł": "l", "Đ": "D", "đ": "d",
    "Þ": "Th", "þ": "th", "ı": "i", "‘": "'", "’": "'", "“": "\"", "”": "\"", "–": "-", "—": "-",
  ]
}

extension X12Delimiters {
  /// Those we write with: element, component, repetition and segment, as in the examples of the guides.
  static let written: [UInt8] = [
    UInt8(ascii: "*"), UInt8(ascii: ":"), UInt8(ascii: "^"), UInt8(ascii: "~"),
  ]
}
