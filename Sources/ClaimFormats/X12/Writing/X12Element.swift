import ClaimsDomain
import Foundation

/// One element to be written. Numbers and codes are never truncated; names are truncated to their maximum length.
enum X12Element {
  case empty
  /// A code or number with its maximum length.
  case id(String, Int)
  case name(String, Int)
  case amount(Money)
  case units(Units)
  case day(CalendarDate)
  case number(Int)
  case composite([X12Element])

  /// Returns a code of a closed list, or one whose length its type has checked.
  static func code(_ text: String) -> X12Element { .id(text, 8) }

  static func idIfAny(_ text: String?, _ limit: Int) -> X12Element {
    text.flatMap { $0.isBlank ? nil : .id($0, limit) } ?? .empty
  }

  static func nameIfAny(_ text: String?, _ limit: Int) -> X12Element {
    text.flatMap { $0.isBlank ? nil : .name($0, limit) } ?? .empty
  }

  static func codeIfAny(_ text: String?) -> X12Element { idIfAny(text, 8) }

  static func unitsIfAny(_ units: Units?) -> X12Element { units.map(X12Element.units) ?? .empty }
}

extension String {
  fileprivate var isBlank: Bool { allSatisfy(\.isWhitespace) }
}

/// Text as allowed in an element: the basic and extended character sets of X12 (TR3, B.1.1.2.2 and B.1.1.2.3), which
/// are the printable ASCII characters except the delimiters in use.
enum X12Text {
  /// Returns the text without accents or surrounding blanks. Characters outside both sets become blanks.
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

  /// Whether an element of this length can hold the text as it is.
  static func holds(_ text: String, upTo limit: Int) -> Bool {
    text.utf8.count <= limit && bytes(text).elementsEqual(text.utf8)
  }

  private static let blank = UInt8(ascii: " ")

  private static func isAllowed(_ byte: UInt8) -> Bool {
    (0x20...0x7E).contains(byte) && !X12Delimiters.written.contains(byte)
  }

  /// Replaces characters one by one, so that parts of a name do not run together.
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

  /// Letters without an accent to remove, and typographic quotes and dashes.
  private static let ligatures: [Character: String] = [
    "ß": "ss", "Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe", "Ø": "O", "ø": "o", "Ł": "L", "ł": "l", "Đ": "D", "đ": "d",
    "Þ": "Th", "þ": "th", "ı": "i", "‘": "'", "’": "'", "“": "\"", "”": "\"", "–": "-", "—": "-",
  ]
}

extension X12Delimiters {
  /// The delimiters used for writing: element, component, repetition, and segment, as in the guides' examples.
  static let written: [UInt8] = [
    UInt8(ascii: "*"), UInt8(ascii: ":"), UInt8(ascii: "^"), UInt8(ascii: "~"),
  ]
}

/// Why a value cannot be written in X12. Quotes no value, since it may be about a member.
package enum X12WriteError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A required element has no text that can be written.
  case missing(segment: String, element: Int)
  /// A number or code is too long, and truncating it would change its meaning.
  case tooLong(segment: String, element: Int, limit: Int)

  package var description: String {
    switch self {
    case .missing(let segment, let element): "\(Self.name(segment, element)) is required and has no text"
    case .tooLong(let segment, let element, let limit):
      "\(Self.name(segment, element)) is longer than \(limit) characters"
    }
  }

  private static func name(_ segment: String, _ element: Int) -> String {
    "\(segment)\(element < 10 ? "0" : "")\(element)"
  }
}
