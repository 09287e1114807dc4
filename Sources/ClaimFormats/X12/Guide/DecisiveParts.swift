/// The parts of a transaction that say who, what, when, how much, and who pays. A fault in one of them is an error
/// unless agreed otherwise. A fault anywhere else is a warning.
///
/// Each line of the table is `LOOP SEGMENT ELEMENTS`:
///
/// - `2310*` matches every loop whose name begins with 2310.
/// - `NM1=82` matches the NM1 whose identifying code is 82.
/// - `!` covers the segment itself: a missing or repeated segment is an error.
/// - `*` covers all elements; `5-1` covers the first component of the fifth.
struct DecisiveParts {
  private let text: String
  private let lines: [Line]

  private struct Line {
    let loop: Substring
    let segment: X12Code
    let codes: [X12Code]
    let isWhole: Bool
    /// Nil for all elements.
    let elements: [Part]?
  }

  private struct Part: Equatable {
    let element: Int
    /// Nil for the whole element.
    let component: Int?

    init?(_ text: Substring) {
      let numbers = text.split(separator: "-").compactMap { Int($0) }
      guard let first = numbers.first else { return nil }
      (element, component) = (first, numbers.dropFirst().first)
    }
  }

  private init(_ table: String) {
    text = table
    lines = table.split(separator: "\n").map { line in
      let words = line.split(separator: " ")
      let names = words[1].split(separator: "=")
      let codes = names.dropFirst().first?.split(separator: ",") ?? []
      return Line(
        loop: words[0] == "." ? "" : words[0], segment: X12Code(names[0].utf8), codes: codes.map { X12Code($0.utf8) },
        isWhole: words.contains("!"),
        elements: words.contains("*") ? nil : words.dropFirst(2).compactMap(Part.init))
    }
  }

  /// Returns which parts of a segment are decisive: the segment itself, and which of its elements and components.
  func parts(
    of segment: X12Code, identifiedBy keyCodes: [X12Code], in loop: String
  ) -> (isWhole: Bool, covers: (_ element: Int, _ component: Int?) -> Bool) {
    let own = lines.filter { line in
      line.segment == segment && (line.codes.isEmpty || line.codes.contains(where: keyCodes.contains))
        && (line.loop == loop || (line.loop.last == "*" && loop.hasPrefix(line.loop.dropLast())))
    }
    return (
      own.contains(where: \.isWhole),
      { element, component in
        own.contains { line in
          guard let parts = line.elements else { return true }
          return parts.contains {
            $0.element == element && ($0.component == nil || $0.component == component ?? $0.component)
          }
        }
      }
    )
  }

  /// The decisive parts of professional and institutional claims.
  static let claims = DecisiveParts(
    """
    . ST ! 1
    . BHT ! 6
    1000A NM1 ! 1 3 9
    2000A HL ! 2 3
    2000A CUR 2
    2010AA NM1 ! 1 3 8 9
    2000B HL ! 2 3
    2000B SBR ! 1
    2010BA NM1 ! 1 3 9
    2010BA DMG 2
    2010BB NM1 ! 1 3 9
    2000C HL ! 2 3
    2000C PAT ! 1
    2010CA NM1 ! 1 3
    2010CA DMG 2
    2300 CLM ! 1 2 5 8 11 19
    2300 DTP=434,435,439 ! 1 3
    2300 CN1 ! 1 2 4
    2300 AMT 2
    2300 REF=F8,G1 ! 2
    2300 HI ! *
    2310* NM1=82 ! 1 3 9
    2320 SBR ! 1
    2320 CAS ! *
    2320 AMT ! 2
    2330B NM1 ! 1 9
    2330B DTP 3
    2400 LX ! 1
    2400 SV1 ! 1 2 3 4 7
    2400 SV2 ! 1 2 3 4 5 7
    2400 DTP=472 ! 1 3
    2400 CN1 ! 1 2 4
    2420* NM1=82 ! 1 3 9
    2430 SVD ! *
    2430 CAS ! *
    2430 DTP 3
    2430 AMT ! 2
    """)

  /// The decisive parts of version 4010 claims, in which senders identify providers by other qualifiers than the
  /// guide's.
  static let olderClaims = DecisiveParts(
    claims.text.replacing("2010AA NM1 ! 1 3 8 9", with: "2010AA NM1 ! 1 3 9")
      .replacing("2300 CLM ! 1 2 5 8 11 19", with: "2300 CLM ! 1 2 5-1 5-3 8 11 19"))

  /// The decisive parts of an enrollment: the person, the coverage, and its dates.
  static let enrollments = DecisiveParts(
    """
    . ST ! 1
    . BGN ! 2
    1000A N1 ! 1
    1000B N1 ! 1
    2000 INS ! 1
    2000 REF=0F ! 2
    2000 DTP=356,357 ! 1 2 3
    2100A NM1 ! 1 3 9
    2100A DMG 2
    2300 HD ! 1 3 5
    2300 DTP=348,349 ! 1 2 3
    """)

  /// The decisive parts of an eligibility inquiry: the person and the date.
  static let inquiries = DecisiveParts(
    """
    . ST ! 1
    . BHT ! 1 2
    2000* HL ! 2 3
    2100A NM1 ! 1 2
    2100B NM1 ! 1 2
    2100C NM1 ! 1
    2100C DMG 2
    2100C DTP=291 ! 1 2 3
    2100D NM1 ! 1
    2100D DMG 2
    2100D DTP=291 ! 1 2 3
    2110* DTP 1 2 3
    2110D EQ !
    """)
}
