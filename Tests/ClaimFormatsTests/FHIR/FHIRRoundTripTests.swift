import ClaimsDomain
import Testing

@Suite("A submitted claim, written as FHIR and read back, is the same claim")
struct FHIRRoundTripTests {
  @Test("for claims of every kind", arguments: [1, 2, 3] as [UInt64])
  func same(seed: UInt64) throws {
    var claims = MadeUpClaims(seed: seed)
    for _ in 1...150 {
      let claim = claims.next()
      let text = try FHIRText.text(of: claim)
      let reading = try Reading(text)
      var read = try #require(reading.claims.first, "\(reading.items)")
      read.digest = claim.digest
      #expect("\(read)" == "\(claim)")
      guard read == claim else { return }
    }
  }
}

/// Random claims with what FHIR has a place for.
private struct MadeUpClaims {
  private var random: SeededGenerator

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
  }

  mutating func next() -> SubmittedClaim {
    let kind = ClaimKind.allCases.randomElement(using: &random) ?? .professional
    let diagnoses = (0..<number(1, 5)).map { "Z\(100 + $0)\(number(0, 9))" }
    let days = days()
    var lines: [ServiceLine] = []
    let place = kind == .professional ? pick(["11", "22", "12"]) : pick(["13", "11", "83"])
    for index in 1...number(1, 4) {
      lines.append(line((lines.last?.number ?? 0) + number(1, index), kind, place, days, diagnoses.count))
    }
    var claim = SubmittedClaim(
      kind: kind, claimNumber: ClaimNumber("C-\(number(1, 99_999))"),
      payer: Payer(id: PayerID("P\(number(1, 99))"), name: "Sample Plan"),
      frequency: ClaimFrequency(pick(["1", "7", "8", "3"])), facilityCode: place, charge: money(),
      billingProvider: provider(), subscriber: subscriber(), patient: .subscriber, diagnoses: diagnoses, lines: lines,
      assignsBenefits: chance(80), digest: "")
    if chance(30) { claim.renderingProvider = provider() }
    if claim.frequency != .original { claim.payerControlNumber = "CLM-\(number(10_000, 99_999))" }
    if chance(30) { claim.priorAuthorization = "AUTH\(number(1, 999))" }
    if chance(20) { claim.relatedCauses = [pick(["AA", "EM", "OA"])] }
    if chance(40) { claim.patient = .dependent(dependent()) }
    if kind == .institutional {
      claim.statementDates = days
      if chance(50) {
        claim.stay = FacilityStay()
        claim.stay?.patientStatus = pick(["01", "30"])
      }
    }
    if chance(20) { claim.otherPayers = [OtherPayer(id: PayerID("OTHER"), sequence: .secondary)] }
    return claim
  }

  private mutating func line(
    _ number: Int, _ kind: ClaimKind, _ place: String, _ days: DateRange, _ diagnoses: Int
  ) -> ServiceLine {
    var line = ServiceLine(
      number: number, procedure: ProcedureCode(code: pick(["G0463", "J1885", "99213"])), charge: money(),
      units: Units(thousandths: Int64(self.number(1, 9_000))), placeOfService: place,
      serviceDates: chance(50) ? days : DateRange(days.first), diagnosisPointers: [self.number(1, diagnoses)])
    if chance(40) { line.procedure?.modifiers = [pick(["25", "59", "RT"]), "76"] }
    if kind == .institutional {
      line.revenueCode = pick(["0450", "0300"])
      if chance(30) { line.procedure = nil }
    }
    if chance(20) { line.basis = pick([.minutes, .days]) }
    if chance(20) { line.renderingProvider = provider() }
    return line
  }

  // MARK: Parties

  private mutating func provider() -> Provider {
    Provider(
      name: pick(["Juniper Clinic", "Lake Hospital"]), npi: "1\(number(100_000_000, 999_999_999))",
      taxID: chance(50) ? "\(number(100_000_000, 999_999_999))" : nil, address: chance(50) ? address() : nil)
  }

  private mutating func subscriber() -> Subscriber {
    Subscriber(
      memberID: MemberID("M\(number(1, 9_999))"), name: name(), birthDate: days().first,
      groupNumber: chance(50) ? "GRP\(number(1, 9))" : nil, address: chance(50) ? address() : nil)
  }

  private mutating func dependent() -> Dependent {
    Dependent(relationship: pick(["01", "19", "53", "G8"]), name: name(), birthDate: days().first)
  }

  private mutating func name() -> PersonName {
    PersonName(
      last: pick(["Marlowe", "Trévino", "O'Hara"]), first: pick(["Iris", "Zoë"]), middle: chance(30) ? "Q" : nil)
  }

  private mutating func address() -> Address {
    Address(lines: ["\(number(1, 99)) Mill Street"], city: "Springfield", state: "IL", postalCode: "62701")
  }

  // MARK: Chance

  private mutating func days() -> DateRange {
    let first = number(20_000, 20_400)
    let dates = [first, first + number(0, 5)].compactMap { CalendarDate(dayNumber: $0) }
    return DateRange(dates[0], through: dates[1]) ?? DateRange(dates[0])
  }

  private mutating func money() -> Money { Money(cents: Int64(number(1, 999_999))) }

  private mutating func number(_ low: Int, _ high: Int) -> Int { Int.random(in: low...high, using: &random) }

  private mutating func chance(_ percent: Int) -> Bool { number(1, 100) <= percent }

  private mutating func pick<Value>(_ values: [Value]) -> Value { values[number(0, values.count - 1)] }
}
