package import ClaimsDomain
import DurableExecution

/// Claims of fictional people.
package enum SampleClaim {
  package struct Service {
    package var code: String
    package var cents: Int64

    package init(_ code: String, _ cents: Int64) {
      self.code = code
      self.cents = cents
    }
  }

  /// - Parameter day: the day in March 2026.
  package static func make(
    _ number: String, member: String = "W100000001", day: Int = 2, services: [Service] = [Service("G0463", 20_000)],
    frequency: ClaimFrequency = .original, sequence: PayerSequence = .primary
  ) -> SubmittedClaim {
    let date = CalendarDate(year: 2026, month: 3, day: day) ?? .openEnd
    let lines = services.enumerated().map { index, service in
      ServiceLine(
        number: index + 1, procedure: ProcedureCode(code: service.code), charge: Money(cents: service.cents),
        placeOfService: "11", serviceDates: DateRange(date))
    }
    var claim = SubmittedClaim(
      kind: .professional, claimNumber: ClaimNumber(number), payer: Payer(id: PayerID("99999"), name: "Sample Health"),
      payerSequence: sequence, frequency: frequency, facilityCode: "11",
      charge: Money(cents: services.map(\.cents).reduce(0, +)),
      billingProvider: Provider(name: "Juniper Family Practice", npi: "1234567893", taxID: "123456789"),
      subscriber: Subscriber(memberID: MemberID(member), name: PersonName(last: "Sample", first: "Robin")),
      patient: .subscriber, diagnoses: ["Z0000"], lines: lines, digest: "")
    claim.digest = digest(of: claim)
    return claim
  }

  /// Computes the digest from the claim's own content, as a reader does.
  private static func digest(of claim: SubmittedClaim) -> String {
    let lines = claim.lines.map { "\($0.number) \($0.code) \($0.charge) \($0.serviceDates?.first.description ?? "")" }
    let content = [claim.claimNumber.text, claim.subscriber.memberID.text, claim.frequency.code] + lines
    return ContentDigest.sha256(content.joined(separator: "\n").utf8)
  }
}
