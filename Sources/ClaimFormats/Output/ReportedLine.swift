package import ClaimsDomain

/// One decided line, in figures.
package struct ReportedLine: Hashable, Sendable, Decodable {
  package var number: Int
  package var code: String
  package var charge: Money
  package var allowed: Money
  package var paid: Money
  package var memberResponsibility: Money
  package var adjustments: [ReportedAdjustment]

  package init(_ line: LineDecision) {
    number = line.number
    code = line.code
    charge = line.charge
    allowed = line.allowed
    paid = line.paid
    memberResponsibility = line.memberResponsibility
    adjustments = line.adjustments.map(ReportedAdjustment.init)
  }

  enum CodingKeys: String, CodingKey {
    case number, code, charge, allowed, paid, adjustments
    case memberResponsibility = "member_responsibility"
  }
}
