internal import Foundation

// What every text of every input must be. A reader checks it once, where the text comes in: two texts that are equal for
// Swift are then equal bytes, so a database that compares bytes never sees two members where Swift sees one.

extension StringProtocol {
  /// Whether the text holds a control character: C0 (a line break and a tab among them), DEL or C1.
  ///
  /// A NUL ends a C string, so a database may see half of the text. The others act on a terminal.
  package var holdsControl: Bool {
    guard utf8.contains(where: { $0 < 0x20 || $0 >= 0x7F }) else { return false }
    return unicodeScalars.contains { $0.properties.generalCategory == .control }
  }

  /// The text in Unicode normalization form C. ASCII, which nearly all text is, stays as it is.
  package var composed: String { String(self).composed }

  /// The text in capitals, for codes and numbers that compare without case.
  package var capitals: String { String(self).capitals }
}

extension String {
  /// The text in Unicode normalization form C. ASCII, which nearly all text is, stays as it is.
  package var composed: String {
    holdsOnly { $0 < 0x80 } ? self : precomposedStringWithCanonicalMapping
  }

  /// The text in capitals, for codes and numbers that compare without case.
  package var capitals: String {
    holdsOnly { $0 < 0x80 && !($0 >= 0x61 && $0 <= 0x7A) } ? self : uppercased().composed
  }

  /// Its letters alone, in capitals and without accents: as one compares what people are called.
  package var plainLetters: String {
    var letters = ""
    for scalar in uppercased().decomposedStringWithCanonicalMapping.unicodeScalars where scalar.properties.isAlphabetic
    {
      letters.unicodeScalars.append(scalar)
    }
    return letters
  }

  /// Asked of every text that comes in, so it looks at the bytes themselves.
  @inline(__always)
  private func holdsOnly(_ isAllowed: (UInt8) -> Bool) -> Bool {
    utf8.withContiguousStorageIfAvailable { bytes in
      for byte in bytes where !isAllowed(byte) { return false }
      return true
    } ?? utf8.allSatisfy(isAllowed)
  }
}
