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
  package var composed: String {
    utf8.allSatisfy { $0 < 0x80 } ? String(self) : precomposedStringWithCanonicalMapping
  }

  /// The text in capitals, for codes and numbers that compare without case.
  package var capitals: String {
    utf8.allSatisfy { $0 < 0x80 && !($0 >= 0x61 && $0 <= 0x7A) } ? String(self) : uppercased().composed
  }
}
