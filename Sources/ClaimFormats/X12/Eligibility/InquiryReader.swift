internal import ClaimsDomain

/// Reads the questions of a 270 in memory that does not grow with it. A transaction whose envelope was damaged is passed
/// over, with the fault that says so.
package struct InquiryReader {
  private let report: EnvelopeReport
  private var faults: ArraySlice<FileFault>
  private var tokenizer: X12Tokenizer
  private var segment = X12Segment()
  private var transactions = 0
  private var isInTransaction = false
  private var interchange: X12Interchange?
  private var reference: String?
  private var source: EligibilityInquiry.StatedEntity?
  private var receiver: EligibilityInquiry.StatedEntity?
  private var subscriber: EligibilityInquiry.StatedPerson?
  /// Under way since its HL; asked once there is an EQ.
  private var draft: EligibilityInquiry?
  /// What is wrong with the subscriber, whom the questions about dependents name too.
  private var subscriberProblem: StatedProblem?
  private var isAsked = false
  private var level = X12Code.empty
  private var ready: EligibilityInquiry?
  private var ended = false

  /// - Throws: `InputError` when the source cannot be read.
  package init(_ source: any ClaimBytes) throws(InputError) {
    report = try EnvelopeCheck.report(on: source, expecting: .inquiries)
    faults = report.fileFaults[...]
    tokenizer = X12Tokenizer(source)
  }

  /// A question, or what is wrong with the file; nil at the end.
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
    case "ST":
      close()
      tokenizer.read(into: &segment)
      isInTransaction = segment.code(1) == "270" && report.fault(ofTransaction: transactions) == nil
      transactions += 1
    case "SE", "GE", "IEA": close()
    default:
      guard isInTransaction else { return }
      tokenizer.read(into: &segment)
      takeOfTransaction()
    }
  }

  private mutating func close() {
    finish()
    isInTransaction = false
    (reference, source, receiver, subscriber, subscriberProblem) = (nil, nil, nil, nil, nil)
  }

  private mutating func takeOfTransaction() {
    switch segment.name {
    case "BHT": reference = segment.brief(3)
    case "HL": open()
    case "NM1": take(nm1: segment)
    default: takeDetail()
    }
    if let flaw = segment.flaw { note(StatedProblem(location: segment.location(), reason: flaw.reason)) }
  }

  private mutating func note(_ problem: StatedProblem) {
    if draft?.problem == nil { draft?.problem = problem }
    if level == "22", subscriberProblem == nil { subscriberProblem = problem }
  }

  private mutating func open() {
    finish()
    level = segment.code(3)
    if level != "23" { subscriberProblem = nil }
    switch level {
    case "20": (source, receiver, subscriber) = (nil, nil, nil)
    case "21": (receiver, subscriber) = (nil, nil)
    case "22", "23":
      if level == "22" { subscriber = nil }
      draft = EligibilityInquiry(
        location: SourceLocation(.segment, segment.number), interchange: interchange, transaction: transactions - 1,
        reference: reference, source: source, receiver: receiver, subscriber: level == "23" ? subscriber : nil)
      draft?.problem = subscriberProblem
    default: break
    }
  }

  private mutating func take(nm1 segment: X12Segment) {
    switch level {
    case "20": source = EligibilityInquiry.StatedEntity(nm1: segment)
    case "21": receiver = EligibilityInquiry.StatedEntity(nm1: segment)
    case "22" where segment.code(1) == "IL":
      subscriber = EligibilityInquiry.StatedPerson(nm1: segment)
      draft?.subscriber = subscriber
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
        if level == "23" { draft?.dependent?.birthDate = born } else { draft?.subscriber?.birthDate = born }
        subscriber = draft?.subscriber ?? subscriber
      case "DTP" where segment.code(1) == "291": draft?.day = try segment.dates(3)?.first
      case "EQ": isAsked = true
      default: break
      }
    } catch {
      note(StatedProblem(location: error.location, reason: error.reason))
    }
  }

  /// A loop without EQ only leads to the dependents below it.
  private mutating func finish() {
    if isAsked { ready = draft }
    draft = nil
    isAsked = false
  }
}

extension EligibilityInquiry.StatedEntity {
  fileprivate init(nm1 segment: X12Segment) {
    self.init(
      isPerson: segment.code(2) == "1", name: segment.brief(3) ?? "", qualifier: segment.brief(8),
      identifier: segment.brief(9))
  }
}

extension EligibilityInquiry.StatedPerson {
  fileprivate init(nm1 segment: X12Segment) {
    self.init(name: PersonName(nm1: segment), memberID: segment.text(9).map { MemberID($0) })
  }
}
