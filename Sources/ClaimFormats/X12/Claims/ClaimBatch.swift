/// One transaction of claims as its header names it: what an acknowledgment answers.
package struct ClaimBatch: Hashable, Sendable {
  package let interchange: X12Interchange
  /// Counts the file's transactions, from 0.
  package let ordinal: Int
  /// Nothing of it was taken in, for faults of its envelope.
  package let isRejected: Bool
  /// BHT03.
  package private(set) var reference: String?
  /// NM1*41.
  package private(set) var submitterName: String?
  package private(set) var submitterID: String?

  init(interchange: X12Interchange, ordinal: Int, isRejected: Bool) {
    self.interchange = interchange
    self.ordinal = ordinal
    self.isRejected = isRejected
  }

  mutating func take(_ segment: X12Segment) {
    switch segment.name {
    case "BHT": reference = segment.brief(3)
    case "NM1" where segment.code(1) == "41":
      submitterName = segment.brief(3)
      submitterID = segment.brief(9)
    default: break
    }
  }
}
