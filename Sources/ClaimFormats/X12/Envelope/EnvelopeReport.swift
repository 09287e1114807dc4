import ClaimsDomain

/// The findings of the first pass about a file's envelopes.
struct EnvelopeReport {
  /// The faults in file order, at most `X12Limits.faults` plus one.
  private(set) var fileFaults: [FileFault] = []
  /// The faults of transactions, groups, and interchanges; each list is in file order and without overlap.
  private var faults: [Level: [TransactionFault]] = [:]
  private var distrust: TransactionFault?
  private(set) var transactions = 0
  /// The same faults in the form used for acknowledgments, at most `X12Limits.faults`.
  private(set) var envelopeFaults: [EnvelopeFault] = []
  /// Whether the file has none of the expected content; the last fault states what it has.
  var isOfAnotherKind = false

  /// The envelope levels, innermost first, since the reason nearest to a claim is the most useful.
  enum Level: CaseIterable {
    case transaction, group, interchange

    /// The element of the header that has the control number.
    var controlNumber: String {
      switch self {
      case .transaction: "ST02"
      case .group: "GS06"
      case .interchange: "ISA13"
      }
    }
  }

  mutating func countTransaction() { transactions += 1 }

  mutating func note(_ fault: EnvelopeFault) {
    if envelopeFaults.count < X12Limits.faults { envelopeFaults.append(fault) }
  }

  /// Returns the fault that rejects a transaction; nil when it may be processed.
  func fault(ofTransaction ordinal: Int) -> TransactionFault? {
    for level in Level.allCases {
      if let fault = Self.find(ordinal, in: faults[level] ?? []) { return fault }
    }
    return distrust.flatMap { $0.transactions.contains(ordinal) ? $0 : nil }
  }

  private static func find(_ ordinal: Int, in faults: [TransactionFault]) -> TransactionFault? {
    var candidates = faults[...]
    while !candidates.isEmpty {
      let middle = candidates.startIndex + candidates.count / 2
      let fault = candidates[middle]
      if fault.transactions.contains(ordinal) { return fault }
      candidates = ordinal < fault.transactions.lowerBound ? candidates[..<middle] : candidates[(middle + 1)...]
    }
    return nil
  }

  mutating func add(_ fault: FileFault, rejecting rejected: TransactionFault? = nil, at level: Level = .transaction) {
    guard fileFaults.count < X12Limits.faults else {
      addDistrust(after: fault, rejecting: rejected)
      return
    }
    fileFaults.append(fault)
    if let rejected { faults[level, default: []].append(rejected) }
  }

  private mutating func addDistrust(after fault: FileFault, rejecting rejected: TransactionFault?) {
    if fileFaults.count == X12Limits.faults {
      fileFaults.append(
        FileFault(
          at: fault.location,
          what: "the file has more than \(X12Limits.faults) faults and is taken as damaged from here",
          advice: "ask the sender for a whole file"))
    }
    // Once a fault past the limit would have rejected claims, everything that follows is rejected.
    guard distrust == nil, let rejected else { return }
    distrust = TransactionFault(
      transactions: rejected.transactions.lowerBound..<Int.max, location: rejected.location,
      reason: "the file has more than \(X12Limits.faults) faults and is taken as damaged from here")
  }
}

/// A fault of one envelope, classified for a 999.
struct EnvelopeFault: Hashable {
  enum Kind {
    case wrongCount, wrongControlNumber, repeatedControlNumber, missingTrailer, unreadGuide, otherGroup, outOfPlace
  }

  let kind: Kind
  let level: EnvelopeReport.Level
  /// Position in the file of the segment that opens the envelope. Of two envelopes without transactions, nothing else
  /// tells which one is meant.
  let header: Int
  /// Whether everything inside is rejected; otherwise the fault was tolerated, as in test files.
  let isError: Bool
}

/// Why no claim of some transactions is accepted.
struct TransactionFault: Hashable {
  /// Ordinals of the affected ST segments, counted from 0 through the whole file.
  let transactions: Range<Int>
  let location: SourceLocation
  let reason: String

  var problem: ClaimProblem { ClaimProblem(location: location, reason: reason) }
}

/// The number on which a header and its trailer must agree: ISA13 and IEA02, GS06 and GE02, ST02 and SE02.
struct ControlNumber: CustomStringConvertible {
  /// The number as sent, shortened to 20 bytes, since it is used in messages.
  let description: String
  let isMissing: Bool

  init(_ segment: X12Segment, _ element: Int) {
    let sent = segment.bytes(element).prefix(20)
    let isPlain = !sent.isEmpty && sent.allSatisfy { (0x21...0x7E).contains($0) }
    description = isPlain ? String(decoding: sent, as: UTF8.self) : "(none)"
    isMissing = sent.allSatisfy { $0 == UInt8(ascii: " ") }
  }
}

extension ControlNumber: Hashable {
  /// Compares without leading zeros.
  static func == (left: Self, right: Self) -> Bool { left.digits == right.digits }

  func hash(into hasher: inout Hasher) { hasher.combine(digits) }

  private var digits: Substring { description.drop { $0 == "0" } }
}
