package import ClaimsDomain

/// Reads the claims of an X12 file in constant memory.
///
/// The file is read twice: first to check every envelope, since nothing in a damaged one may be acted on, then to read
/// the claims. Each CLM segment in the file yields exactly one claim or rejection, in file order.
package struct X12ClaimReader {
  private let report: EnvelopeReport
  private var faults: ArraySlice<FileFault>
  private var tokenizer: X12Tokenizer
  private var segment = X12Segment()
  private var assembler: ClaimAssembler?
  private var transactions = 0
  /// ST01 when it is not 837.
  private var otherTransaction: String?
  private var groupVersion: String?
  /// GS04.
  private var groupDay: StatedDay?
  private var isInHeader = false
  /// The item that the last segment yielded. A separate flag marks its presence, because an item is too large to move
  /// for every segment.
  private var item: IntakeItem?
  private var hasItem = false
  private var ended = false
  private var interchange: X12Interchange?
  private var openBatch: ClaimBatch?
  /// The transaction that contained the last item; nil when none did.
  package private(set) var batch: ClaimBatch?

  /// Whether the file has transactions, and neither an 837 nor a claim outside of one.
  package var isForeign: Bool { report.isOfAnotherKind }

  /// The offset in the source of the first byte that is not read yet.
  var position: Int { tokenizer.position }

  private let partners: PartnerProfiles
  private var deviations: GuideDeviations?

  /// The deviations from their guides, of the transactions read so far, that reject no claim.
  package var guideDeviations: [GuideDeviation] { deviations?.all ?? [] }

  /// - Parameters:
  ///   - partners: How strictly each sender's claims are checked against their guide, and whose claims are tests.
  ///   - notesDeviations: Whether `guideDeviations` are collected.
  /// - Throws: `InputError` when the source cannot be read.
  package init(
    _ source: any ClaimBytes, partners: PartnerProfiles = PartnerProfiles(), notesDeviations: Bool = false
  ) throws(InputError) {
    self.partners = partners
    deviations = notesDeviations ? GuideDeviations() : nil
    report = try EnvelopeCheck.report(on: source)
    faults = report.fileFaults[...]
    tokenizer = X12Tokenizer(source)
  }

  /// Returns the file's faults first, then its claims; nil at the end.
  ///
  /// - Throws: `InputError` when the source cannot be read.
  package mutating func next() throws(InputError) -> IntakeItem? {
    if let fault = faults.popFirst() { return .fault(fault) }
    while !ended {
      if try tokenizer.advance() {
        takeSegment()
      } else {
        ended = true
        closeTransaction()
      }
      if hasItem {
        hasItem = false
        return item.take()
      }
    }
    return nil
  }

  private mutating func takeSegment() {
    switch tokenizer.name {
    case "ISA":
      closeTransaction()
      guard tokenizer.beginsInterchange else { return }
      tokenizer.read(into: &segment)
      interchange = X12Interchange(isa: segment)
      groupDay = nil
    case "SE":
      tokenizer.read(into: &segment)
      if assembler?.take(segment) == true { takeFinished() }
      closeTransaction()
    case "GE", "IEA":
      closeTransaction()
    case "GS":
      tokenizer.read(into: &segment)
      interchange?.take(gs: segment)
      groupVersion = segment.text(8)
      groupDay = StatedDay(segment, 4)
      closeTransaction()
    case "ST":
      closeTransaction()
      tokenizer.read(into: &segment)
      openTransaction()
    case "CLM" where assembler == nil:
      tokenizer.read(into: &segment)
      item = .rejected(stray())
      hasItem = true
    default:
      guard assembler != nil else { return }
      tokenizer.read(into: &segment)
      if isInHeader { takeHeader() }
      if assembler?.take(segment) == true { takeFinished() }
    }
  }

  /// Reads the header: BHT and loops 1000, up to the first HL.
  private mutating func takeHeader() {
    if segment.name == "HL" { isInHeader = false } else { openBatch?.take(segment) }
  }

  private mutating func takeFinished() {
    batch = openBatch
    item = assembler?.takeFinished()
    hasItem = true
  }

  private mutating func openTransaction() {
    let ordinal = transactions
    transactions += 1
    guard segment.code(1) == "837" else {
      otherTransaction = segment.code(1).description
      return
    }
    let fault = report.fault(ofTransaction: ordinal)
    isInHeader = true
    let made = groupDay ?? .missing(inTransactionAt: segment.number)
    openBatch = interchange.map {
      ClaimBatch(interchange: $0, ordinal: ordinal, isRejected: fault != nil, made: made)
    }
    let guide = GuideName(st03: segment.text(3), gs08: groupVersion)
    assembler = ClaimAssembler(
      fault: fault, sender: interchange?.claimSender, guide: ImplementationGuide.named(guide.text),
      profile: partners.profile(of: interchange?.claimSender), deviations: deviations.take())
    _ = assembler?.take(segment)
  }

  private mutating func closeTransaction() {
    otherTransaction = nil
    if assembler?.finish() == true { takeFinished() }
    if let assembler { deviations = assembler.deviations }
    assembler = nil
  }

  private func stray() -> ClaimRejection {
    let place = otherTransaction.map { "in a transaction \($0), which is not an 837" } ?? "outside of any transaction"
    let draft = ClaimDraft(clm: segment)
    return ClaimRejection(
      claimNumber: draft.claimNumber, charge: draft.charge,
      location: SourceLocation(.segment, segment.number, element: "CLM"), reason: "the claim stands \(place)")
  }
}
