internal import Foundation

// The rules for every text of every input. A reader checks a text once, when it enters: two texts that are equal in
// Swift then have equal bytes, so a database that compares bytes never sees two members where Swift sees one.

extension StringProtocol {
  /// Whether the text contains a control character: C0 (including a line break and a tab), DEL or C1.
  ///
  /// A NUL ends a C string, so a database may see only part of the text. The others affect a terminal.
  package var holdsControl: Bool {
    guard utf8.contains(where: { $0 < 0x20 || $0 >= 0x7F }) else { return false }
    return unicodeScalars.contains { $0.properties.generalCategory == .control }
  }

  /// The text in Unicode normalization form C. ASCII, which is almost all text, is unchanged.
  package var composed: String { String(self).composed }

  /// The text in uppercase, for codes and numbers that compare without case.
  package var capitals: String { String(self).capitals }
}

extension String {
  /// The text in Unicode normalization form C. ASCII, which is almost all text, is unchanged.
  package var composed: String {
    holdsOnly { $0 < 0x80 } ? self : precomposedStringWithCanonicalMapping
  }

  /// The text in uppercase, for codes and numbers that compare without case.
  package var capitals: String {
    holdsOnly { $0 < 0x80 && !($0 >= 0x61 && $0 <= 0x7A) } ? self : uppercased().composed
  }

  /// The words of a name, in capitals and without accents, for comparing names. Apostrophes and the like join a word.
  ///
  /// - Parameter umlauts: Whether Ä, Ö, and Ü become AE, OE, and UE instead of A, O, and U.
  package func plainWords(spellingOut umlauts: Bool = false) -> [String] {
    var words = [""]
    let text = uppercased().precomposedStringWithCanonicalMapping
    for character in text {
      if umlauts, let letters = Self.umlauts[character] {
        words[words.count - 1] += letters
      } else if let letters = Self.letters[character] {
        words[words.count - 1] += letters
      } else if character.isLetter {
        let scalars = String(character).decomposedStringWithCanonicalMapping.unicodeScalars
        for scalar in scalars where scalar.properties.isAlphabetic {
          words[words.count - 1].unicodeScalars.append(scalar)
        }
      } else if !"'’`´".contains(character) {
        words.append("")
      }
    }
    return words.filter { !$0.isEmpty }
  }

  private static let umlauts: [Character: String] = ["Ä": "AE", "Ö": "OE", "Ü": "UE", "Å": "AA"]
  /// Letters that have no accent to lose.
  private static let letters: [Character: String] = [
    "Ø": "O", "Ł": "L", "Đ": "D", "Ð": "D", "Þ": "TH", "Æ": "AE", "Œ": "OE",
  ]

  /// Checks the bytes directly, since it runs for every incoming text.
  @inline(__always)
  private func holdsOnly(_ isAllowed: (UInt8) -> Bool) -> Bool {
    utf8.withContiguousStorageIfAvailable { bytes in
      for byte in bytes where !isAllowed(byte) { return false }
      return true
    } ?? utf8.allSatisfy(isAllowed)
  }
}
