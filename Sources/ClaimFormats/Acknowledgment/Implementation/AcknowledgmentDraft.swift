import ClaimsDomain

/// The 999 of a file while its segments pass.
struct AcknowledgmentDraft {
  private let faults: [EnvelopeReport.Level: [EnvelopeFault]]
  private let report: EnvelopeReport
  private var rejections: [Int: [ClaimRejection]]
  private var groups: [GroupAcknowledgment] = []
  private var interchange: X12Interchange?
  private var segment = X12Segment()
  private var firstOfGroup = 0
  private var transactions = 0
  /// Position of the open transaction's ST in the file.
  private var start: Int?

  init(report: EnvelopeReport, rejections: [ClaimRejection]) {
    self.report = report
    faults = Dictionary(grouping: report.envelopeFaults, by: \.level)
    self.rejections = Dictionary(grouping: rejections.filter { $0.location.unit == .segment }, by: \.location.number)
  }

  var finished: [GroupAcknowledgment] {
    var draft = self
    draft.closeGroup()
    return draft.groups
  }

  mutating func take(_ tokenizer: inout X12Tokenizer) {
    switch tokenizer.name {
    case "ISA" where tokenizer.beginsInterchange:
      tokenizer.read(into: &segment)
      interchange = X12Interchange(isa: segment)
    case "GS":
      tokenizer.read(into: &segment)
      closeGroup()
      interchange?.take(gs: segment)
      firstOfGroup = transactions
      groups.append(
        GroupAcknowledgment(
          functionalIdentifier: segment.brief(1) ?? "", control: segment.brief(6) ?? "",
          version: segment.brief(8) ?? "", statedTransactions: -1, transactions: [], interchange: interchange))
    case "ST":
      tokenizer.read(into: &segment)
      open()
    case "GE":
      tokenizer.read(into: &segment)
      start = nil
      if !groups.isEmpty { groups[groups.count - 1].statedTransactions = segment.bytes(1).decimal ?? -1 }
    default:
      guard let rejected = rejections.removeValue(forKey: tokenizer.number) else { return }
      tokenizer.read(into: &segment)
      note(rejected)
    }
  }

  private mutating func open() {
    let ordinal = transactions
    transactions += 1
    start = segment.number
    guard !groups.isEmpty else { return }
    let own = (faults[.transaction] ?? []).filter { $0.transactions.contains(ordinal) }
    groups[groups.count - 1].transactions.append(
      TransactionAcknowledgment(
        identifier: segment.brief(1) ?? "", control: segment.brief(2) ?? "", convention: segment.brief(3),
        faults: own.compactMap(\.kind.ofTransaction), isRejected: report.fault(ofTransaction: ordinal) != nil))
  }

  private mutating func note(_ rejected: [ClaimRejection]) {
    guard let start, !groups.isEmpty, let last = groups[groups.count - 1].transactions.indices.last,
      // Of a rejected transaction no claim is read, and each says only that.
      !groups[groups.count - 1].transactions[last].isRejected
    else { return }
    for rejection in rejected {
      guard let error = SegmentError(rejection, in: segment, position: segment.number - start + 1) else { continue }
      groups[groups.count - 1].transactions[last].errors.append(error)
    }
  }

  private mutating func closeGroup() {
    start = nil
    guard !groups.isEmpty else { return }
    let range = firstOfGroup..<transactions
    let own = (faults[.group] ?? []).filter { $0.transactions == range }
    let index = groups.count - 1
    groups[index].faults = own.compactMap(\.kind.ofGroup)
    groups[index].isRejected = own.contains(where: \.isError)
    if groups[index].statedTransactions < 0 { groups[index].statedTransactions = groups[index].transactions.count }
    for position in groups[index].transactions.indices where !groups[index].transactions[position].errors.isEmpty {
      groups[index].transactions[position].faults.append(.segmentsInError)
    }
  }
}

extension EnvelopeFault.Kind {
  fileprivate var ofTransaction: TransactionAcknowledgment.Fault? {
    switch self {
    case .wrongCount: .wrongCount
    case .wrongControlNumber: .wrongControlNumber
    case .missingTrailer: .missingTrailer
    case .outOfPlace: nil
    }
  }

  fileprivate var ofGroup: GroupAcknowledgment.Fault? {
    switch self {
    case .wrongCount: .wrongCount
    case .wrongControlNumber: .wrongControlNumber
    case .missingTrailer: .missingTrailer
    case .outOfPlace: nil
    }
  }
}
