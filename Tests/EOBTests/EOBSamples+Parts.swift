import ClaimFormats
import ClaimsDomain
import Testing

extension EOBSamples {
  /// A payer whose file says all that a letter can use.
  static let meadowlark = Letterhead(
    name: "Meadowlark Health Plan",
    address: Address(lines: ["PO Box 400"], city: "Riverton", state: "OH", postalCode: "440010400"),
    contact: RemittanceContact(name: "Member Services", telephone: "5555550123", email: "members@example.com"),
    website: "example.com/members",
    appealsAddress: Address(lines: ["Appeals", "PO Box 401"], city: "Riverton", state: "OH", postalCode: "440010401"))

  /// Words for services, from rows of a table.
  static func words(_ rows: String...) throws -> ServiceWords {
    var words = ServiceWords()
    let text = (["code,description"] + rows).joined(separator: "\n")
    try ServiceWordsFile(SourceFile(name: "services.csv", bytes: Array(text.utf8))).read(into: &words)
    return words
  }

  static func date(_ text: String) throws -> CalendarDate { try #require(CalendarDate(parsing: text)) }

  static func progress(_ used: String, of limit: String) throws -> BenefitYear.Progress {
    BenefitYear.Progress(used: try Money(parsing: used), limit: try Money(parsing: limit))
  }

  static func claim(_ number: String, lines: [ServiceLine]) throws -> SubmittedClaim {
    SubmittedClaim(
      kind: .professional, claimNumber: ClaimNumber(number),
      payer: Payer(id: PayerID("MEADOW1"), name: "Meadowlark Health Plan"), facilityCode: "11",
      charge: try lines.map(\.charge).total(),
      billingProvider: Provider(name: "Lakeside Family Medicine", npi: "1992000001"),
      renderingProvider: Provider(name: "Dr. Sam Whitlock", npi: "1992000002"),
      subscriber: Subscriber(
        memberID: MemberID("MLK300456789"), name: PersonName(last: "Avery", first: "Jordan"),
        birthDate: try date("1988-04-17"),
        address: Address(lines: ["12 Juniper Lane", "Apt 4"], city: "Riverton", state: "OH", postalCode: "440001234")),
      patient: .subscriber, lines: lines, digest: String(repeating: "0", count: 64))
  }

  static func taken(
    _ group: AdjustmentGroup, _ reason: String, _ amount: String, _ rule: RuleID, _ inputs: (String, String)...
  ) throws -> Adjustment {
    Adjustment(
      group, reason, amount: try Money(parsing: amount),
      by: RuleExplanation(rule, inputs.map { RuleInput($0.0, $0.1) }))
  }

  static func denial(
    of line: ServiceLine, _ group: AdjustmentGroup, _ reason: String, remark: String? = nil, _ rule: RuleID,
    _ inputs: (String, String)...
  ) throws -> LineDecision {
    let explanation = RuleExplanation(rule, inputs.map { RuleInput($0.0, $0.1) })
    let whole = Adjustment(group, reason, remark: remark, amount: line.charge, by: explanation)
    return try LineDecision(
      number: line.number, code: line.code, charge: line.charge, allowed: .zero, paid: .zero, adjustments: [whole],
      isDenied: true)
  }
}
