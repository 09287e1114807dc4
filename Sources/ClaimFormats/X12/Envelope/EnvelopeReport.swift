import ClaimsDomain

/// What the first pass over a file found out about its envelopes.
struct EnvelopeReport {
  /// In file order, at most `X12Limits.faults` and one more.
  private(set) var fileFaults: [FileFault] = []
  /// A transaction's own, its group's and its interchange's; each list in file order and without overlap.
  private var faults: [Level: [TransactionFault]] = [:]
  private var distrust: TransactionFault?
  private(set) var transactions = 0
  /// The same faults as an acknowledgment tells them, at most `X12Limits.faults`.
  private(set) var envelopeFaults: [EnvelopeFault] = []
  /// The file holds nothing of what was expected; the last fault says what it holds.
  var isOfAnotherKind = false

  /// Innermost first: the reason nearest to a claim is the most useful one.
  enum Level: CaseIterable { case transaction, group, interchange }

  mutating func countTransaction() { transactions += 1 }

  mutating func note(_ fault: EnvelopeFault) {
    if envelopeFaults.count < X12Limits.faults { envelopeFaults.append(fault) }
  }

  /// Nil for a transaction that may be processed.
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
    // Once one of the faults past the limit would have rejected claims, all that follows is rejected.
    guard distrust == nil, let rejected else { return }
    distrust = TransactionFault(
      transactions: rejected.transactions.lowerBound..<Int.max, location: rejected.location,
      reason: "the file has more than \(X12Limits.faults) faults and is taken as damaged from here")
  }
}

/// What is wrong with one envelope, as a 999 has codes for it.
struct EnvelopeFault: Hashable {
  enum Kind {
    case wrongCount, wrongControlNumber, repeatedControlNumber, missingTrailer, unreadGuide, otherGroup, outOfPlace
  }

  let kind: Kind
  let level: EnvelopeReport.Level
  /// Ordinals of the ST segments inside it.
  let transactions: Range<Int>
  /// Nothing inside is taken in; else it was let pass, as in test files.
  let isError: Bool
}

/// Why no claim of some transactions is taken in.
struct TransactionFault: Hashable {
  /// Ordinals of the ST segments it is true of, from 0 through the whole file.
  let transactions: Range<Int>
  let location: SourceLocation
  let reason: String
}

/// What a header and its trailer must agree on: ISA13 and IEA02, GS06 and GE02, ST02 and SE02.
struct ControlNumber: CustomStringConvertible {
  /// As sent, and never long: it goes into messages.
  let description: String

  init(_ segment: X12Segment, _ element: Int) {
    let sent = segment.bytes(element).prefix(20)
    let isPlain = !sent.isEmpty && sent.allSatisfy { (0x21...0x7E).contains($0) }
    description = isPlain ? String(decoding: sent, as: UTF8.self) : "(none)"
  }
}

extension ControlNumber: Hashable {
  /// Zeros in front say nothing.
  static func == (left: Self, right: Self) -> Bool { left.digits == right.digits }

  func hash(into hasher: inout Hasher) { hasher.combine(digits) }

  private var digits: Substring { description.drop { $0 == "0" } }
}
