import ClaimsDomain
import DurableExecution

extension SubmittedClaim {
  /// Makes an ordinary claim. A test changes the values that it is about.
  static func madeUp(
    _ number: String, member: String = "M-1", lines: [(code: String, cents: Int64)] = [("99213", 200_00)],
    on day: String = "2026-03-02", through last: String? = nil, provider: String = "1234567893",
    sequence: PayerSequence = .primary,
    chargeCents: Int64? = nil
  ) -> SubmittedClaim {
    let dates = CalendarDate(parsing: day).flatMap { first in
      DateRange(first, through: last.flatMap { CalendarDate(parsing: $0) } ?? first)
    }
    return SubmittedClaim(
      kind: .professional, claimNumber: ClaimNumber(number),
      payer: Payer(id: PayerID("PAYER"), name: "Made-up Health"), payerSequence: sequence, facilityCode: "11",
      charge: Money(cents: chargeCents ?? lines.reduce(0) { $0 + $1.cents }),
      billingProvider: Provider(name: "Cedar Clinic", npi: provider),
      subscriber: Subscriber(memberID: MemberID(member), name: PersonName(last: "Doe", first: "Jan")),
      patient: .subscriber, diagnoses: ["J069"],
      lines: lines.enumerated().map { index, line in
        ServiceLine(
          number: index + 1, procedure: ProcedureCode(code: line.code), charge: Money(cents: line.cents),
          placeOfService: "11", serviceDates: dates, diagnosisPointers: [1])
      }, digest: ContentDigest.sha256(number.utf8))
  }
}
