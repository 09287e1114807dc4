import ClaimsDomain
import Crypto

/// Reads the members of an 834, 5010 or 4010, in constant memory. As with claims, the envelopes are checked first, and
/// no part of a damaged transaction is accepted.
package struct EnrollmentReader {
  private let report: EnvelopeReport
  private let readsDamaged: Bool
  private var faults: ArraySlice<FileFault>
  private var tokenizer: X12Tokenizer
  private var segment = X12Segment()
  private var transactions = 0
  /// The batch of the open 834; nil outside of one, and in a transaction with a fault.
  private var batch: String?
  private var sender = ""
  private var isTest = false
  /// GS08.
  private var version: String?
  /// Nil when no table of the transaction's guide exists.
  private var walk: GuideWalk?
  /// The problems with the transaction above its members.
  private var problems = ClaimProblems()
  private var draft: MemberDraft?
  private var ready: [EnrollmentItem] = []
  private var ended = false

  /// - Parameter readsDamaged: Whether the members of a damaged transaction are read, too. Each has the damage as its
  ///   first problem.
  /// - Throws: `InputError` when the source cannot be read.
  package init(_ source: any ClaimBytes, readsDamaged: Bool = false) throws(InputError) {
    self.readsDamaged = readsDamaged
    report = try EnvelopeCheck.report(on: source, expecting: .enrollments)
    faults = report.fileFaults[...]
    tokenizer = X12Tokenizer(source)
  }

  /// Whether the file has no 834, in which case it yields only faults.
  package var isOfAnotherKind: Bool { report.isOfAnotherKind }

  /// Returns the next item; nil at the end.
  ///
  /// - Throws: `InputError` when the source cannot be read.
  package mutating func next() throws(InputError) -> EnrollmentItem? {
    if let fault = faults.popFirst() { return .fault(fault) }
    while ready.isEmpty, !ended {
      if try tokenizer.advance() {
        takeSegment()
      } else {
        ended = true
        finish()
      }
    }
    return ready.isEmpty ? nil : ready.removeFirst()
  }

  private mutating func takeSegment() {
    switch tokenizer.name {
    case "ISA":
      finish()
      batch = nil
      guard tokenizer.beginsInterchange else { return }
      tokenizer.read(into: &segment)
      sender = segment.brief(6) ?? ""
      isTest = segment.code(15) != "P"
    case "GS":
      finish()
      batch = nil
      tokenizer.read(into: &segment)
      version = segment.text(8)
    case "ST":
      finish()
      tokenizer.read(into: &segment)
      let ordinal = transactions
      transactions += 1
      let damage = report.fault(ofTransaction: ordinal)
      batch = segment.code(1) == "834" && (damage == nil || readsDamaged) ? "" : nil
      (walk, problems) = (nil, ClaimProblems())
      if let damage { problems.note(damage.problem) }
      guard batch != nil else { return }
      walk = ImplementationGuide.named(GuideName(st03: segment.text(3), gs08: version).text).map { GuideWalk($0) }
      walk?.take(segment)
      noteFaults()
    case "SE":
      if batch != nil {
        tokenizer.read(into: &segment)
        walk?.take(segment)
        noteFaults()
      }
      finish()
      batch = nil
    case "GE", "IEA":
      finish()
      batch = nil
    default:
      guard batch != nil else { return }
      tokenizer.read(into: &segment)
      takeOfTransaction()
    }
  }

  private mutating func takeOfTransaction() {
    walk?.take(segment)
    switch segment.name {
    case "BGN":
      // The sender's batch number, date, and time. Maintenance for the same person in another batch is a separate
      // change.
      let parts = (2...4).compactMap { segment.brief($0) }
      guard parts.count == 3, !sender.isEmpty else {
        problems.note(segment.problem("it does not say which batch of which sender this is"))
        break
      }
      batch = ([sender] + parts).joined(separator: "*")
    case "INS":
      // What the previous member lacks becomes known where the next one begins.
      noteFaults { $0.isMissingFromClaim }
      finish()
      noteFaults { $0.scope == .header }
      // A member whose batch is unknown could be accepted twice.
      if batch?.isEmpty == true, !problems.concern("BGN") {
        problems.note(segment.problem("no batch (BGN) is named above it"))
      }
      draft = MemberDraft(ins: segment, batch: batch ?? "", isTest: isTest, problems: problems)
      noteFaults { $0.scope != .header && !$0.isMissingFromClaim }
      return
    default: draft?.take(segment)
    }
    noteFaults()
  }

  private mutating func noteFaults(where isIt: (GuideFault) -> Bool = { _ in true }) {
    guard let walk, !walk.faults.isEmpty else { return }
    // A date with an unknown qualifier may be a mistyped end of coverage.
    func isError(_ fault: GuideFault) -> Bool {
      GuideChecks.standard.isError(fault) || (fault.segment == "DTP" && fault.code == .unexpected)
    }
    for fault in walk.faults where isError(fault) && isIt(fault) {
      let stated = fault.problem(at: segment.number)
      if fault.scope == .header || draft == nil { problems.note(stated) } else { draft?.note(stated) }
    }
  }

  private mutating func finish() {
    if let draft { ready.append(.member(draft.finished)) }
    draft = nil
  }
}

/// What an 834 yields, in file order.
package enum EnrollmentItem: Hashable, Sendable {
  case member(MemberMaintenance)
  /// A fault of the file rather than of one member.
  case fault(FileFault)
}
