package import ClaimsDomain

/// The 999 of a file, built up segment by segment.
struct AcknowledgmentDraft {
  /// By level, and by the position of the segment that opens the envelope.
  private let faults: [EnvelopeReport.Level: [Int: [EnvelopeFault]]]
  private let report: EnvelopeReport
  private var rejections: [Int: [ClaimRejection]]
  private var groups: [GroupAcknowledgment] = []
  private var interchange: X12Interchange?
  private var segment = X12Segment()
  /// Position of the open group's GS in the file.
  private var header = 0
  private var transactions = 0
  /// Position of the open transaction's ST in the file.
  private var start: Int?
  /// GS08.
  private var version = ""
  private var walk: GuideWalk?
  /// The claim that the current segment belongs to.
  private var claimNumber: ClaimNumber?
  /// The claims of the open transaction, and the number of them that could not be read.
  private var claims = (all: 0, rejected: 0)
  private let partners: PartnerProfiles

  init(report: EnvelopeReport, rejections: [ClaimRejection], partners: PartnerProfiles) {
    self.report = report
    self.partners = partners
    faults = Dictionary(grouping: report.envelopeFaults, by: \.level)
      .mapValues { Dictionary(grouping: $0, by: \.header) }
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
      let own = faults[.interchange]?[segment.number]?.first
      interchange?.fault = own.flatMap { fault in
        fault.kind.ofInterchange.map { X12Interchange.Fault(isRejected: fault.isError, note: $0) }
      }
    case "GS":
      tokenizer.read(into: &segment)
      closeGroup()
      version = segment.text(8) ?? ""
      interchange?.take(gs: segment)
      header = segment.number
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
      takeContent(&tokenizer)
    }
  }

  private mutating func takeContent(_ tokenizer: inout X12Tokenizer) {
    let rejected = rejections.removeValue(forKey: tokenizer.number)
    claims.rejected += rejected?.count ?? 0
    if tokenizer.name == "CLM" { claims.all += 1 }
    defer { if tokenizer.name == "SE" { rejectWhereNothingIsLeft() } }
    guard walk != nil || rejected != nil else { return }
    tokenizer.read(into: &segment)
    walk?.take(segment)
    let faults = walk?.faults ?? []
    if segment.name == "HL" || segment.name == "CLM" || segment.name == "SE" {
      note(faults.filter(\.isMissingFromClaim))
      claimNumber = segment.name == "CLM" ? segment.brief(1).map { ClaimNumber($0) } : nil
      note(faults.filter { !$0.isMissingFromClaim })
    } else {
      note(faults)
    }
    if segment.name == "SE" { walk = nil }
    // The guide's faults already say why the claim was rejected.
    let checks = partners.profile(of: interchange?.claimSender).guide
    if let rejected, !faults.contains(where: checks.isError) { note(rejected) }
  }

  /// Rejects a transaction whose claims were all rejected.
  private mutating func rejectWhereNothingIsLeft() {
    guard let last = openTransaction, claims.all > 0, claims.rejected >= claims.all else { return }
    groups[groups.count - 1].transactions[last].isRejected = true
  }

  private mutating func note(_ faults: [GuideFault]) {
    guard !faults.isEmpty, let last = openTransaction else { return }
    for fault in faults where groups[groups.count - 1].transactions[last].errors.count < X12Limits.segmentErrors {
      guard let error = SegmentError(fault, in: segment, of: fault.scope == .claim ? claimNumber : nil) else {
        continue
      }
      groups[groups.count - 1].transactions[last].errors.append(error)
    }
  }

  /// The index of the open transaction. Nil for a rejected transaction, whose contents are not checked.
  private var openTransaction: Int? {
    guard start != nil, !groups.isEmpty, let last = groups[groups.count - 1].transactions.indices.last,
      !groups[groups.count - 1].transactions[last].isRejected
    else { return nil }
    return last
  }

  private mutating func open() {
    let ordinal = transactions
    transactions += 1
    start = segment.number
    claims = (0, 0)
    guard !groups.isEmpty else { return }
    let own = faults[.transaction]?[segment.number] ?? []
    groups[groups.count - 1].transactions.append(
      TransactionAcknowledgment(
        identifier: segment.brief(1) ?? "", control: segment.brief(2) ?? "", convention: segment.brief(3),
        faults: own.compactMap(\.kind.ofTransaction), isRejected: report.fault(ofTransaction: ordinal) != nil))
    claimNumber = nil
    let guide = GuideName(st03: segment.text(3), gs08: version.isEmpty ? nil : version)
    walk = segment.code(1) == "837" ? ImplementationGuide.named(guide.text).map { GuideWalk($0) } : nil
    walk?.take(segment)
    note(walk?.faults ?? [])
  }

  private mutating func note(_ rejected: [ClaimRejection]) {
    guard let start, let last = openTransaction else { return }
    for rejection in rejected {
      guard let error = SegmentError(rejection, in: segment, position: segment.number - start + 1) else { continue }
      groups[groups.count - 1].transactions[last].errors.append(error)
    }
  }

  private mutating func closeGroup() {
    start = nil
    guard !groups.isEmpty else { return }
    let own = faults[.group]?[header] ?? []
    let index = groups.count - 1
    groups[index].faults = own.compactMap(\.kind.ofGroup)
    groups[index].isRejected = own.contains(where: \.isError)
    if groups[index].transactions.contains(where: { $0.identifier == "837" }), !GuideName.isRead(version) {
      groups[index].faults.append(.unreadVersion)
    }
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
    case .repeatedControlNumber: .repeatedControlNumber
    case .missingTrailer: .missingTrailer
    case .unreadGuide: .unreadGuide
    case .otherGroup, .outOfPlace: nil
    }
  }

  fileprivate var ofInterchange: X12Interchange.Note? {
    switch self {
    case .wrongCount: .wrongCount
    case .wrongControlNumber: .otherControlNumber
    case .missingTrailer: .missingTrailer
    case .repeatedControlNumber, .unreadGuide, .otherGroup, .outOfPlace: nil
    }
  }

  fileprivate var ofGroup: GroupAcknowledgment.Fault? {
    switch self {
    case .wrongCount: .wrongCount
    case .wrongControlNumber: .wrongControlNumber
    case .repeatedControlNumber: .repeatedControlNumber
    case .missingTrailer: .missingTrailer
    case .otherGroup: .otherGroup
    case .unreadGuide, .outOfPlace: nil
    }
  }
}

/// Works out the contents of the 999 for a file of claims from what intake knows: its check of the envelopes and the
/// claims that it could not read.
package enum AcknowledgmentReader {
  /// Returns one acknowledgment for each functional group, in file order. A file that is not X12 has none.
  ///
  /// - Parameters:
  ///   - rejections: The claims that the X12 reader rejected in this file.
  ///   - partners: The profiles that the file was read with.
  /// - Throws: `InputError` when the source cannot be read.
  package static func groups(
    in source: any ClaimBytes, rejections: [ClaimRejection], partners: PartnerProfiles = PartnerProfiles()
  ) throws(InputError) -> [GroupAcknowledgment] {
    var draft = AcknowledgmentDraft(
      report: try EnvelopeCheck.report(on: source), rejections: rejections, partners: partners)
    var tokenizer = X12Tokenizer(source)
    while try tokenizer.advance() { draft.take(&tokenizer) }
    return draft.finished
  }
}
