internal import ClaimsDomain

/// Reads the inquiries of a 270 in constant memory. A transaction whose envelope is damaged is skipped, and a fault
/// reports it.
package struct InquiryReader {
  private let report: EnvelopeReport
  private let readsDamaged: Bool
  private var faults: ArraySlice<FileFault>
  private var tokenizer: X12Tokenizer
  private var segment = X12Segment()
  private var transactions = 0
  private var isInTransaction = false
  private var interchange: X12Interchange?
  private var reference: String?
  private var context = Context()
  private var levels = KnownLevels<Context>()
  /// The problems above all levels.
  private var problems = ClaimProblems()
  /// GS08.
  private var version: String?
  /// Nil when no table of the transaction's guide exists.
  private var walk: GuideWalk?
  /// The inquiry begun by the last HL. It becomes an inquiry once there is an EQ.
  private var draft: EligibilityInquiry?
  private var draftProblems = ClaimProblems()
  private var isAsked = false
  /// The problem of an HL of no level. The guide's place of what follows it is not known, up to the next payer.
  private var loss: ClaimProblem?
  private var ready: EligibilityInquiry?
  private var ended = false

  /// A level with what it inherits from those above it.
  private struct Context {
    /// HL01.
    var number: String?
    /// HL03.
    var level = X12Code.empty
    /// Whether HL04 says that there is no level below this one.
    var isLast = false
    var source: EligibilityInquiry.StatedEntity?
    var receiver: EligibilityInquiry.StatedEntity?
    var subscriber: EligibilityInquiry.StatedPerson?
    /// The subscriber's NM1.
    var subscriberLocation: SourceLocation?
    /// The problems with the level and those above it, which apply to all inquiries below.
    var problems = ClaimProblems()
  }

  /// - Parameter readsDamaged: Whether the inquiries of a damaged transaction are read, too. Each has the damage as its
  ///   first problem.
  /// - Throws: `InputError` when the source cannot be read.
  package init(_ source: any ClaimBytes, readsDamaged: Bool = false) throws(InputError) {
    self.readsDamaged = readsDamaged
    report = try EnvelopeCheck.report(on: source, expecting: .inquiries)
    faults = report.fileFaults[...]
    tokenizer = X12Tokenizer(source)
  }

  /// Returns the next inquiry or fault of the file; nil at the end.
  ///
  /// - Throws: `InputError` when the source cannot be read.
  package mutating func next() throws(InputError) -> InquiryItem? {
    if let fault = faults.popFirst() { return .fault(fault) }
    while ready == nil, !ended {
      if try tokenizer.advance() {
        takeSegment()
      } else {
        ended = true
        finish()
      }
    }
    defer { ready = nil }
    return ready.map(InquiryItem.inquiry)
  }

  private mutating func takeSegment() {
    switch tokenizer.name {
    case "ISA":
      close()
      guard tokenizer.beginsInterchange else { return }
      tokenizer.read(into: &segment)
      interchange = X12Interchange(isa: segment)
    case "GS":
      close()
      tokenizer.read(into: &segment)
      interchange?.take(gs: segment)
      version = segment.text(8)
    case "ST":
      close()
      tokenizer.read(into: &segment)
      let damage = report.fault(ofTransaction: transactions)
      isInTransaction = segment.code(1) == "270" && (damage == nil || readsDamaged)
      transactions += 1
      guard isInTransaction else { return }
      if let damage { problems.note(damage.problem) }
      walk = ImplementationGuide.named(GuideName(st03: segment.text(3), gs08: version).text).map { GuideWalk($0) }
      walk?.take(segment)
    case "SE":
      if isInTransaction {
        tokenizer.read(into: &segment)
        walk?.take(segment)
        noteFaults()
      }
      close()
    case "GE", "IEA": close()
    default:
      guard isInTransaction else { return }
      tokenizer.read(into: &segment)
      takeOfTransaction()
    }
  }

  private mutating func close() {
    finish()
    isInTransaction = false
    (reference, context, levels, walk, problems) = (nil, Context(), KnownLevels(), nil, ClaimProblems())
    loss = nil
  }

  private mutating func takeOfTransaction() {
    walk?.take(segment)
    switch segment.name {
    case "BHT": reference = segment.brief(3)
    case "HL":
      // What the previous level lacks becomes known where the next one begins.
      noteFaults { $0.code == .requiredMissing }
      open()
      return noteFaults { $0.code != .requiredMissing }
    case "NM1": take(nm1: segment)
    default: takeDetail()
    }
    if let flaw = segment.flaw { note(ClaimProblem(location: segment.location(), reason: flaw.reason)) }
    noteFaults()
  }

  private mutating func noteFaults(where isIt: (GuideFault) -> Bool = { _ in true }) {
    guard let walk, !walk.faults.isEmpty, loss == nil else { return }
    for fault in walk.faults where GuideChecks.standard.isError(fault) && isIt(fault) {
      note(fault.problem(at: segment.number))
    }
  }

  private mutating func note(_ problem: ClaimProblem) {
    if draft != nil { draftProblems.note(problem) }
    if context.level == .empty { problems.note(problem) }
    if context.level != "23" { context.problems.note(problem) }
  }

  /// Opens a level below the parent that it names (HL02), which may be anywhere before it.
  private mutating func open() {
    finish()
    if let number = context.number { levels.keep(context, as: number) }
    let level = segment.code(3)
    let above: [X12Code: X12Code] = ["21": "20", "22": "21", "23": "22"]
    if level == "20" {
      loss = nil
    } else if above[level] == nil {
      loss = segment.problem(3, "the hierarchical level is none of 20, 21, 22 and 23")
    }
    let parent = segment.text(2).flatMap { levels[$0] }
    let isPlaced = above[level] == nil || parent?.level == above[level]
    // The payer and the party asking are returned in the answer, even when the level is misplaced.
    let (source, receiver) = (context.source, context.receiver)
    context = isPlaced && level != "20" ? parent ?? Context() : Context()
    if !isPlaced { (context.source, context.receiver) = (source, receiver) }
    (context.number, context.level, context.isLast) = (segment.text(1), level, segment.text(4) != "1")
    if level == "22" { (context.subscriber, context.subscriberLocation) = (nil, nil) }
    context.problems.note(problems)
    if let loss { context.problems.note(loss) }
    if level == "22" || level == "23" { draft = newDraft() }
    if !isPlaced {
      note(ClaimProblem(location: segment.location(2), reason: "it names no level above it"))
    }
  }

  private mutating func newDraft() -> EligibilityInquiry {
    draftProblems = context.problems
    return EligibilityInquiry(
      location: SourceLocation(.segment, segment.number), interchange: interchange, transaction: transactions - 1,
      reference: reference, source: context.source, receiver: context.receiver, subscriber: context.subscriber)
  }

  private mutating func take(nm1 segment: X12Segment) {
    switch context.level {
    case "20": context.source = EligibilityInquiry.StatedEntity(nm1: segment)
    case "21": context.receiver = EligibilityInquiry.StatedEntity(nm1: segment)
    case "22" where segment.code(1) == "IL":
      context.subscriber = EligibilityInquiry.StatedPerson(nm1: segment)
      draft?.subscriber = context.subscriber
      context.subscriberLocation = segment.location(9)
    case "23" where segment.code(1) == "03": draft?.dependent = EligibilityInquiry.StatedPerson(nm1: segment)
    default: break
    }
  }

  private mutating func takeDetail() {
    do throws(ClaimProblem) {
      switch segment.name {
      case "TRN" where draft?.trace == nil:
        draft?.trace = segment.brief(2)
        draft?.traceOriginator = segment.brief(3)
      case "DMG":
        let born = try segment.date(2)
        if context.level == "23" { draft?.dependent?.birthDate = born } else { draft?.subscriber?.birthDate = born }
        context.subscriber = draft?.subscriber ?? context.subscriber
      case "DTP" where segment.code(1) == "291":
        guard let days = try segment.dates(3) else { throw segment.problem(3, "the day is missing") }
        draft?.day = days.first
      case "EQ":
        isAsked = true
        guard draft == nil else { return }
        draft = newDraft()
        throw segment.problem("no level of a subscriber or dependent is above it")
      default: break
      }
    } catch {
      note(error)
    }
  }

  /// Completes the inquiry. A subscriber's loop without EQ only leads to the dependents below it. It is a problem when
  /// there are no dependents below, or when a dependent's loop has no EQ.
  private mutating func finish() {
    var isInquiry = isAsked || (context.level == "23" && !draftProblems.all.isEmpty)
    if !isAsked, context.level == "22", context.isLast, let location = draft?.location {
      note(ClaimProblem(location: location, reason: "it asks nothing (EQ)"))
      isInquiry = true
    }
    if isInquiry, var inquiry = draft {
      // Of a person who is not named, the guide says so.
      if inquiry.memberID == nil, draftProblems.all.isEmpty || context.subscriberLocation != nil {
        let location = context.subscriberLocation ?? inquiry.location
        draftProblems.note(
          ClaimProblem(location: location, reason: "it has no member number, by which members are found"))
      }
      inquiry.problems = draftProblems.stated
      ready = inquiry
    }
    (draft, draftProblems) = (nil, ClaimProblems())
    isAsked = false
  }
}

extension EligibilityInquiry.StatedEntity {
  fileprivate init(nm1 segment: X12Segment) {
    self.init(
      role: segment.brief(1), isPerson: segment.code(2) == "1", name: segment.brief(3) ?? "",
      qualifier: segment.brief(8),
      identifier: segment.brief(9))
  }
}

extension EligibilityInquiry.StatedPerson {
  fileprivate init(nm1 segment: X12Segment) {
    self.init(name: PersonName(nm1: segment), memberID: segment.text(9).map { MemberID($0) })
  }
}
