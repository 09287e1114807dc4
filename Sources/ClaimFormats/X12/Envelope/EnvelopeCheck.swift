internal import ClaimsDomain

/// The first pass: checks that every interchange, group, and transaction is closed by a trailer with the right count
/// and control number (X12.6; TR3 005010X222, appendix C). No claim in a damaged envelope may be paid, so this is known
/// before the first claim is read.
struct EnvelopeCheck {
  private var report = EnvelopeReport()
  private var interchange: OpenInterchange?
  private var group: OpenGroup?
  private var transaction: OpenTransaction?
  private var segment = X12Segment()
  private var number = 0
  private var transactionTypes: [String] = []
  private var hasClaims = false
  private var hasExpected = false
  /// Whether the last segment stood outside of any transaction, and is no part of an envelope.
  private var isAstray = false
  private let expected: Content

  /// The content that the file should have.
  enum Content: Hashable {
    case claims, remittances, enrollments, inquiries

    /// ST01, GS01 of its group, and the common name.
    var transaction: (identifier: String, group: String, name: String) {
      switch self {
      case .claims: ("837", "HC", "claims")
      case .remittances: ("835", "HP", "remittance")
      case .enrollments: ("834", "BE", "enrollment")
      case .inquiries: ("270", "HS", "inquiry")
      }
    }
  }

  private init(expecting expected: Content) {
    self.expected = expected
  }

  /// - Throws: `InputError` when the source cannot be read.
  static func report(
    on source: any ClaimBytes, expecting expected: Content = .claims
  ) throws(InputError) -> EnvelopeReport {
    var check = EnvelopeCheck(expecting: expected)
    var tokenizer = X12Tokenizer(source)
    while try tokenizer.advance() { check.take(&tokenizer) }
    check.closeInterchange(before: "the end of the file")
    check.judgeContent()
    return check.report
  }

  private mutating func take(_ tokenizer: inout X12Tokenizer) {
    number = tokenizer.number
    let wasAstray = isAstray
    isAstray = false
    switch tokenizer.name {
    case "ISA" where tokenizer.beginsInterchange:
      tokenizer.read(into: &segment)
      closeInterchange(before: "the next ISA")
      interchange = OpenInterchange(isa: segment, transactions: report.transactions)
    case "GS":
      tokenizer.read(into: &segment)
      closeGroup(before: "the next GS")
      interchange?.groups += 1
      let isFirst = interchange?.add(ControlNumber(segment, 6)) ?? true
      group = OpenGroup(gs: segment, transactions: report.transactions, isRepeated: !isFirst)
      if group?.isMasked == true { interchange?.isMasked = true }
    case "ST":
      tokenizer.read(into: &segment)
      openTransaction()
    case "SE":
      tokenizer.read(into: &segment)
      endTransaction()
    case "GE":
      tokenizer.read(into: &segment)
      endGroup()
    case "IEA":
      tokenizer.read(into: &segment)
      endInterchange()
    case "CLM":
      hasClaims = true
    // The reader of claims reports a claim outside of any transaction by itself.
    case _ where transaction == nil && expected != .claims && tokenizer.name != "TA1":
      isAstray = true
      if !wasAstray { fault("\(tokenizer.name)", "it stands outside of any transaction", nil, .transaction) }
    default:
      break
    }
  }

  private mutating func openTransaction() {
    closeTransaction(before: "the next ST")
    let opened = OpenTransaction(st: segment, ordinal: report.transactions)
    let type = segment.code(1).description
    if type == expected.transaction.identifier { hasExpected = true }
    if transactionTypes.count < 8, !transactionTypes.contains(type) { transactionTypes.append(type) }
    report.countTransaction()
    group?.transactions += 1
    transaction = opened
    if group == nil {
      fault("ST", "transaction \(opened.control) is in no functional group (GS)", opened.ordinals, .transaction)
    }
    if group?.add(opened.control) == false {
      fault(
        "ST02", "transaction \(opened.control) stands twice in its group", opened.ordinals, .transaction,
        kind: .repeatedControlNumber)
    }
    if type == expected.transaction.identifier, let group, group.identifier != expected.transaction.group {
      self.group?.isMislabeled = true
    }
    if type == expected.transaction.identifier,
      let refusal = GuideName(st03: segment.text(3), gs08: group?.version).refusal(as: expected)
    {
      // An error even in test data, because the content cannot be read.
      add(
        .error, SourceLocation(.segment, number, element: "ST03"), "transaction \(opened.control): \(refusal)",
        opened.ordinals, .transaction, .unreadGuide, header: opened.number)
    }
  }

  // MARK: Trailers

  private mutating func endTransaction() {
    guard let transaction else {
      return fault("SE", "a transaction ends here that did not begin (SE without ST)", nil, .transaction)
    }
    self.transaction = nil
    let actual = number - transaction.number + 1
    check(
      count: actual, of: "segments", ofWhat: "transaction \(transaction.control)", control: transaction.control,
      isMasked: false, transactions: transaction.ordinals, at: .transaction, header: transaction.number)
  }

  private mutating func endGroup() {
    closeTransaction(before: "GE")
    guard let group else {
      return fault("GE", "a group ends here that did not begin (GE without GS)", nil, .group)
    }
    self.group = nil
    if group.isRepeated, !group.isMasked {
      fault(
        "GS06", "group \(group.control) stands twice in its interchange", group.first..<report.transactions, .group,
        kind: .repeatedControlNumber, at: group.number)
    }
    if group.isMislabeled, !group.isMasked, expected != .remittances {
      let (identifier, wanted, _) = expected.transaction
      // An error even in test data, because the kind of content is uncertain.
      add(
        .error, SourceLocation(.segment, group.number, element: "GS01"),
        "group \(group.control) holds \(identifier) and is not named \(wanted), as groups of it are",
        group.first..<report.transactions, .group, .otherGroup, header: group.number)
    }
    check(
      count: group.transactions, of: "transactions", ofWhat: "group \(group.control)", control: group.control,
      isMasked: group.isMasked, transactions: group.first..<report.transactions, at: .group, header: group.number)
  }

  private mutating func endInterchange() {
    closeTransaction(before: "IEA")
    closeGroup(before: "IEA")
    guard let interchange else {
      return fault("IEA", "an interchange ends here that did not begin (IEA without ISA)", nil, .interchange)
    }
    check(
      count: interchange.groups, of: "groups", ofWhat: "interchange \(interchange.control)",
      control: interchange.control, isMasked: interchange.isMasked,
      transactions: interchange.first..<report.transactions, at: .interchange, header: interchange.number)
    self.interchange = nil
  }

  private mutating func check(
    count: Int, of things: String, ofWhat whole: String, control: ControlNumber, isMasked: Bool,
    transactions: Range<Int>, at level: EnvelopeReport.Level, header: Int
  ) {
    let said = segment.text(1) ?? ""
    if Int(said) != count {
      let claimed = Int(said).map { "says \($0) \(things)" } ?? "does not say its number of \(things)"
      fault(
        "\(segment.name)01", "\(whole) \(claimed), but has \(count)", transactions, level, kind: .wrongCount,
        header: header)
    } else if ControlNumber(segment, 2) != control {
      fault(
        "\(segment.name)02", "\(whole) ends under another control number, \(ControlNumber(segment, 2))",
        transactions, level, kind: .wrongControlNumber, isForgiven: isMasked, header: header)
    } else if control.isMissing {
      fault(
        level.controlNumber, "\(whole) has no control number", transactions, level, kind: .wrongControlNumber,
        at: header, isForgiven: isMasked)
    }
  }

  // MARK: Trailers that are missing

  private mutating func closeTransaction(before next: String) {
    guard let transaction else { return }
    self.transaction = nil
    // An error in test and production alike: a transaction without its end may lack more, possibly from the middle of a
    // claim.
    let what = "transaction \(transaction.control) is cut off: no SE before \(next)"
    add(
      .error, SourceLocation(.segment, transaction.number, element: "ST"), what, transaction.ordinals, .transaction,
      .missingTrailer, header: transaction.number)
  }

  private mutating func closeGroup(before next: String) {
    closeTransaction(before: next)
    guard let group else { return }
    self.group = nil
    fault(
      "GS", "group \(group.control) is not closed: no GE before \(next)", group.first..<report.transactions, .group,
      kind: .missingTrailer, at: group.number)
  }

  private mutating func closeInterchange(before next: String) {
    guard let interchange else { return closeGroup(before: next) }
    // Reports one fault per cut: of all open envelopes, the widest one whose claims are lost.
    group = nil
    if transaction != nil, !interchange.isProduction {
      self.interchange = nil
      return closeTransaction(before: next)
    }
    transaction = nil
    fault(
      "ISA", "interchange \(interchange.control) is not closed: no IEA before \(next)",
      interchange.first..<report.transactions, .interchange, kind: .missingTrailer, at: interchange.number)
    self.interchange = nil
  }

  /// What the file holds, in words.
  private var foundTypes: String {
    let types = transactionTypes.map { $0.isEmpty ? "a transaction that does not say what it is (ST01)" : $0 }
    return types.isEmpty ? "no transaction at all" : types.joined(separator: ", ")
  }

  private mutating func judgeContent() {
    guard expected == .claims else { return judgeOthers() }
    if number == 0 {
      report.add(ClaimFileFormat.noHeader)
    } else if !transactionTypes.contains("837") {
      report.isOfAnotherKind = !transactionTypes.isEmpty && !hasClaims
      report.add(
        FileFault(what: "no claims (837) in this X12 file: it holds \(foundTypes)", advice: "send an 837P or 837I"))
    } else if !hasClaims {
      report.add(
        FileFault(.warning, what: "the 837 in this file holds no claim (CLM)", advice: "check it with its sender"))
    }
  }

  private mutating func judgeOthers() {
    guard !hasExpected else { return }
    let (identifier, _, name) = expected.transaction
    report.isOfAnotherKind = true
    // Of the identifiers' first digits, only eight begins with a vowel sound.
    let wanted = "\(identifier.hasPrefix("8") ? "an" : "a") \(identifier)"
    let found = foundTypes
    report.add(
      number == 0
        ? FileFault(what: "this is not X12: it has no ISA segment", advice: "send \(wanted)")
        : FileFault(
          what: "no \(name) (\(identifier)) in this X12 file: it holds \(found)", advice: "send \(wanted)"))
  }

  // MARK: Faults

  /// Adds a fault: an error in production (ISA15 = P), but only a warning in test files, so that handmade samples run.
  ///
  /// - Parameter header: where the envelope opens; where the fault is, unless it is given.
  private mutating func fault(
    _ element: String, _ what: String, _ transactions: Range<Int>?, _ level: EnvelopeReport.Level,
    kind: EnvelopeFault.Kind = .outOfPlace, at place: Int? = nil, isForgiven: Bool = false, header: Int? = nil
  ) {
    let isError = interchange?.isProduction ?? true
    add(
      isError && !isForgiven ? .error : .warning, SourceLocation(.segment, place ?? number, element: element), what,
      transactions, level, kind, header: header ?? place ?? number)
  }

  private mutating func add(
    _ severity: FileFault.Severity, _ location: SourceLocation, _ what: String, _ transactions: Range<Int>?,
    _ level: EnvelopeReport.Level, _ kind: EnvelopeFault.Kind, header: Int
  ) {
    let isRejecting = severity == .error && transactions?.isEmpty == false
    let advice =
      switch (severity, isRejecting) {
      case (.warning, _): "it is processed as it is"
      case (.error, true):
        "\(expected == .claims ? "its claims are rejected" : "nothing of it is taken in"): ask the sender for a whole file"
      case (.error, false): "ask the sender for a whole file"
      }
    let rejected =
      isRejecting ? transactions.map { TransactionFault(transactions: $0, location: location, reason: what) } : nil
    report.add(FileFault(severity, at: location, what: what, advice: advice), rejecting: rejected, at: level)
    if transactions != nil {
      report.note(EnvelopeFault(kind: kind, level: level, header: header, isError: severity == .error))
    }
  }
}
