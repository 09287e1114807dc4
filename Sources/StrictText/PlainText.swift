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

  /// The letters of the text, in uppercase and without accents, for comparing names.
  package var plainLetters: String {
    var letters = ""
    for scalar in uppercased().decomposedStringWithCanonicalMapping.unicodeScalars where scalar.properties.isAlphabetic
    {
      letters.unicodeScalars.append(scalar)
    }
    return letters
  }

  /// Checks the bytes directly, since it runs for every incoming text.
  @inline(__always)
  private func holdsOnly(_ isAllowed: (UInt8) -> Bool) -> Bool {
    utf8.withContiguousStorageIfAvailable { bytes in
      for byte in bytes where !isAllowed(byte) { return false }
      return true
    } ?? utf8.allSatisfy(isAllowed)
  }
}
