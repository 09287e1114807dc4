/// Bounds on what one part of an untrusted file may make us hold. Real claims stay far below each of them.
enum X12Limits {
  /// Bytes in one segment; the longest of an 837 (NTE, K3) are under 200.
  static let segmentLength = 1 << 16
  /// Elements in one segment; the widest of an 837 (CLM, SV2) has about 25.
  static let elementsPerSegment = 256
  /// Bytes in an ISA segment, which is 106 when nobody trimmed it.
  static let headerLength = 512
  /// Diagnoses kept of one claim; the guides allow 12 (X222) and 25 (X223).
  static let diagnoses = 64
  /// A line points to one of twelve diagnoses (SV107; X222).
  static let diagnosisPointer = 12
  /// Lines of an address (N3 has two elements and one use).
  static let addressLines = 4
  /// CLM01 (data element 1028).
  static let claimNumberLength = 38
  /// Other payers kept of one claim or line; the guides allow 10 (loop 2320) and 15 (loop 2430). One more is kept, so
  /// that what was cut does not balance.
  static let otherPayers = 15
  /// Adjustments kept of one payer; the guides allow five groups of six (CAS).
  static let adjustments = 30
  /// Control numbers remembered of one group or interchange, to find duplicates.
  static let controlNumbers = 100_000
  /// Faulty transactions remembered one by one; past it the rest of the file is not trusted.
  static let faults = 10_000
  /// Levels of one transaction that are remembered as possible parents.
  static let levels = 1_000
  /// Segment errors reported for one transaction.
  static let segmentErrors = 10_000
  /// Lines of a claim in an 835; the guide allows 999 (005010X221A1, loop 2110).
  static let linesPerRemittedClaim = 1_000
  /// Segments kept of a claim in an 835: all its lines with some forty each.
  static let segmentsPerRemittedClaim = 40_000
  /// Segments of a person in an 834; the guide allows 99 coverages (005010X220A1, loop 2300) with some forty each.
  static let segmentsPerMember = 4_000
  /// Characters kept of one element of an 835; the longest that matter have 80.
  static let remittanceText = 80
}
