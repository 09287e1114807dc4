import ClaimsDomain

/// Writes answers to inquiries as X12 271, 005010X279A1: a transaction for each answer, and an interchange for each
/// interchange received.
package struct EligibilityAnswerWriter {
  private let written: X12Moment
  private var interchange: (header: X12Interchange, writer: X12InterchangeWriter)?
  private var interchanges = 0
  private var ready: [UInt8] = []

  package init(written: X12Moment) {
    self.written = written
  }

  /// - Throws: `X12WriteError`, in which case no part of the answer is written.
  package mutating func add(
    _ answer: EligibilityAnswer, to inquiry: EligibilityInquiry
  ) throws(X12WriteError) {
    guard let header = inquiry.interchange else { return }
    if let open = interchange, !open.header.isSameEnvelope(as: header) { finish() }
    if interchange == nil {
      interchanges += 1
      let envelope = header.answer("271", ordinal: interchanges, written: written)
      interchange = (header, try X12InterchangeWriter(envelope, .eligibility, firstTransaction: .first))
    }
    let written = written
    try interchange?.writer.transaction { writer throws(X12WriteError) in
      try writer.write(answer, to: inquiry, written: written)
    }
    ready += interchange?.writer.drain() ?? []
  }

  /// Returns the finished bytes and clears them.
  package mutating func drain() -> [UInt8] {
    defer { ready = [] }
    return ready
  }

  /// Ends the file. The next `drain` returns its last bytes.
  package mutating func finish() {
    ready += interchange?.writer.bytes ?? []
    interchange = nil
  }
}

extension X12TransactionWriter {
  private static let roles: Set<String> = ["1P", "2B", "36", "80", "FA", "GP", "P5", "PR"]

  fileprivate mutating func write(
    _ answer: EligibilityAnswer, to inquiry: EligibilityInquiry, written: X12Moment
  ) throws(X12WriteError) {
    try segment(
      "BHT", .code("0022"), .code("11"), .idIfAny(inquiry.reference, 50), .day(written.date), .code(written.time))
    try segment("HL", .number(1), .empty, .code("20"), .code("1"))
    try write(inquiry.source, as: "PR")
    try segment("HL", .number(2), .number(1), .code("21"), .code("1"))
    try write(inquiry.receiver, as: "1P")
    try segment("HL", .number(3), .number(2), .code("22"), .code(inquiry.dependent == nil ? "0" : "1"))
    if inquiry.dependent == nil { try writeTrace(of: inquiry) }
    try write(inquiry.subscriber, as: "IL")
    if let dependent = inquiry.dependent {
      try segment("HL", .number(4), .number(3), .code("23"), .code("0"))
      try writeTrace(of: inquiry)
      try write(dependent, as: "03")
    }
    switch answer.standing {
    case .active(let coverage, let planName): try write(coverage, planName, answer, inquiry)
    case .inactive:
      try writeBirth(of: inquiry)
      try segment("EB", .code("6"), .empty, .code("30"))
    case .notFound:
      try segment("AAA", .code("N"), .empty, .code(inquiry.notFoundCode), .code("C"))
      try writeBirth(of: inquiry)
    case .otherPerson(let difference):
      try segment("AAA", .code("N"), .empty, .code(inquiry.code(of: difference)), .code("C"))
      try writeBirth(of: inquiry)
    case .invalid:
      try segment("AAA", .code("N"), .empty, .code(inquiry.invalidCode), .code("C"))
      try writeBirth(of: inquiry)
    }
  }

  private mutating func write(
    _ coverage: Coverage, _ planName: String, _ answer: EligibilityAnswer, _ inquiry: EligibilityInquiry
  ) throws(X12WriteError) {
    // The number of a group or policy. One that no element can hold is left out, since another would be wrong.
    if let group = coverage.groupNumber, X12Text.holds(group, upTo: 50) {
      try segment("REF", .code("6P"), .id(group, 50))
    }
    try writeBirth(of: inquiry)
    try segment("DTP", .code("346"), .code("D8"), .day(coverage.effective.first))
    if coverage.effective.last != .openEnd {
      try segment("DTP", .code("347"), .code("D8"), .day(coverage.effective.last))
    }
    try segment(
      "EB", .code("1"), .code(coverage.coversFamily ? "FAM" : "IND"), .code("30"), .empty, .name(planName, 50))
    for total in answer.totals {
      let level = X12Element.code(total.isFamily ? "FAM" : "IND")
      // 23 is the calendar year; 29 is the amount remaining.
      for (period, amount) in [("23", total.limit), ("29", total.left)] {
        try segment(
          "EB", .code(total.kind.rawValue), level, .code("30"), .empty, .empty, .code(period), .amount(amount))
      }
    }
  }

  private mutating func writeTrace(of inquiry: EligibilityInquiry) throws(X12WriteError) {
    guard let trace = inquiry.trace, let originator = inquiry.traceOriginator else { return }
    try segment("TRN", .code("2"), .id(trace, 50), .id(originator, 10))
  }

  private mutating func writeBirth(of inquiry: EligibilityInquiry) throws(X12WriteError) {
    guard let born = (inquiry.dependent ?? inquiry.subscriber)?.birthDate else { return }
    try segment("DMG", .code("D8"), .day(born))
  }

  private mutating func write(
    _ entity: EligibilityInquiry.StatedEntity?, as role: String
  ) throws(X12WriteError) {
    // The role is returned as sent when the guide has it (NM101 of loops 2100A and 2100B).
    let given = entity?.role.flatMap { Self.roles.contains($0) ? $0 : nil }
    try segment(
      "NM1", .code(given ?? role), .code(entity?.isPerson == true ? "1" : "2"), .nameIfAny(entity?.name, 60),
      .empty, .empty,
      .empty, .empty, .idIfAny(entity?.qualifier, 2), .idIfAny(entity?.identifier, 80))
  }

  private mutating func write(
    _ person: EligibilityInquiry.StatedPerson?, as role: String
  ) throws(X12WriteError) {
    let number: [X12Element] = person?.memberID.map { [.code("MI"), .id($0.text, 80)] } ?? []
    try segment(
      "NM1",
      [
        .code(role), .code("1"), .nameIfAny(person?.name.last, 60), .nameIfAny(person?.name.first, 35),
        .nameIfAny(person?.name.middle, 25), .empty, .empty,
      ] + number)
  }
}

extension EligibilityInquiry {
  /// AAA03 of an inquiry that cannot be looked up, by what is missing or wrong: 57 the date of service, 58 the date of
  /// birth, 72 the subscriber's number, 15 anything else.
  var invalidCode: String {
    switch problems.first?.location.element?.prefix(5) {
    case "DTP01", "DTP02", "DTP03": return "57"
    case "DMG01", "DMG02": return "58"
    case "NM108" where dependent == nil, "NM109" where dependent == nil: return "72"
    default: return "15"
    }
  }

  /// AAA03: 71 the birth date does not match the record; for a name that does not match, 65 for a dependent or 73 for a
  /// subscriber.
  func code(of difference: MemberIdentity.Difference) -> String {
    switch difference {
    case .birthDate: "71"
    case .name: dependent == nil ? "73" : "65"
    }
  }

  /// AAA03: 67 the patient is not found; 72 the number is wrong, since the whole search key was given (number, both
  /// names, and date of birth; RFI 739, 1693); 75 the subscriber is not found by what was given.
  var notFoundCode: String {
    guard dependent == nil else { return "67" }
    guard let subscriber, subscriber.memberID != nil, subscriber.birthDate != nil, !subscriber.name.last.isEmpty,
      !subscriber.name.first.isEmpty
    else { return "75" }
    return "72"
  }
}
