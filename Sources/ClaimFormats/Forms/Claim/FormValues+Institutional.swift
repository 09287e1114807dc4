internal import ClaimsDomain

// The UB-04 as the 837 says the same: the form locators of the Official UB-04 Data Specifications Manual (NUBC) and TR3
// 005010X223.
extension FormValues {
  /// - Throws: `FormProblem` for a box that a claim needs and that says nothing.
  func institutionalClaim(digest: String) throws(FormProblem) -> SubmittedClaim {
    let bill = try required("FL4")
    let facility = String(bill.dropFirst().prefix(2))
    let turn = payersInTurn
    let own = turn.own
    let payerName = try required("FL50\(own)")
    let patient = try treated(own)
    let codes = try billingCodes()
    return SubmittedClaim(
      kind: .institutional, claimNumber: ClaimNumber(try required("FL3a")),
      payer: Payer(id: PayerID(self["FL51\(own)"] ?? payerName), name: payerName), payerSequence: turn.sequence,
      frequency: ClaimFrequency(String(bill.suffix(1))), payerControlNumber: self["FL64\(own)"],
      priorAuthorization: self["FL63\(own)"], facilityCode: facility, charge: try requiredMoney("FL47.total"),
      billingProvider: try facilityProvider(), renderingProvider: renderer, subscriber: try insured(own, patient),
      patient: patient, diagnoses: diagnoses, statementDates: try days("FL6.from", through: "FL6.through"),
      otherPayers: turn.others.isEmpty ? nil : turn.others, lines: try lines(facility: facility),
      assignsBenefits: self["FL53\(own)"] == "Y",
      relatedCauses: codes.relatedCauses.isEmpty ? nil : codes.relatedCauses, earlierPayer: codes.earlierPayer,
      stay: codes.stay == FacilityStay() ? nil : codes.stay, digest: digest)
  }

  private static let payerRows = ["A", "B", "C"]

  /// The payer who is asked is the first that has not paid (FL54). With a second payer on the form and no payment, the form
  /// does not say to which of them it was sent, so the claim waits until a person does.
  private var payersInTurn: (own: String, sequence: PayerSequence, others: [OtherPayer]) {
    let named = Self.payerRows.filter { self["FL50\($0)"] != nil }
    let sequences: [PayerSequence] = [.primary, .secondary, .tertiary]
    let paid = named.map { row in (try? money("FL54\(row)")).flatMap { $0 > .zero ? $0 : nil } }
    let index = paid.firstIndex(of: nil) ?? 0
    let own = named.indices.contains(index) ? named[index] : "A"
    let isUnclear = index == 0 && named.count > 1
    let others = named.indices.filter { $0 != index }.map { other in
      OtherPayer(
        id: PayerID(self["FL51\(named[other])"] ?? self["FL50\(named[other])"] ?? ""),
        sequence: isUnclear ? .other : sequences[other], paid: paid[other])
    }
    return (own, isUnclear ? .other : sequences[index], others)
  }

  private func treated(_ own: String) throws(FormProblem) -> Patient {
    let relation = try required("FL59\(own)")
    guard relation != "18" else { return .subscriber }
    return .dependent(
      Dependent(
        relationship: relation, name: try name("FL8b"), birthDate: day("FL10"),
        address: address("FL9a", "FL9b", "FL9c", "FL9d")))
  }

  private func insured(_ own: String, _ patient: Patient) throws(FormProblem) -> Subscriber {
    let isPatient = patient == .subscriber
    return Subscriber(
      memberID: MemberID(try required("FL60\(own)")), name: try name("FL58\(own)"),
      birthDate: isPatient ? day("FL10") : nil, groupNumber: self["FL62\(own)"],
      address: isPatient ? address("FL9a", "FL9b", "FL9c", "FL9d") : nil)
  }

  private func facilityProvider() throws(FormProblem) -> Provider {
    let lines = ["FL1.2", "FL1.3", "FL1.4"].compactMap { self[$0] }
    let city = lines.lastIndex { FieldGrammar.cityLine($0).value != nil }
    return Provider(
      name: try required("FL1.1"), npi: try required("FL56"), taxID: try required("FL5"),
      address: address(
        lines: lines.enumerated().filter { $0.offset < city ?? lines.count }.map(\.element),
        cityLine: city.map { lines[$0] }))
  }

  /// A provider of FL78 or FL79 who is named as the one who gave the care (82).
  private var renderer: Provider? {
    for box in ["FL78", "FL79"] where self["\(box).type"] == "82" {
      let name = [self["\(box).first"], self["\(box).last"]].compactMap(\.self).joined(separator: " ")
      return Provider(name: name, npi: self[box])
    }
    return nil
  }

  private var diagnoses: [String] {
    ["", "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O", "P", "Q"]
      .compactMap { self["FL67\($0)"] }
  }

  private func billingCodes() throws(FormProblem) -> BillingCodesDraft {
    var codes = BillingCodesDraft()
    codes.take(patientStatus: self["FL17"])
    for row in ["a", "b"] {
      for box in ["FL35", "FL36"] { if let code = self["\(box)\(row)"] { codes.take(span: code) } }
      for box in ["FL31", "FL32", "FL33", "FL34"] {
        if let code = self["\(box)\(row)"] { codes.take(occurrence: code) }
      }
    }
    for row in ["a", "b", "c", "d"] {
      for box in ["FL39\(row)", "FL40\(row)", "FL41\(row)"] {
        guard let code = self[box] else { continue }
        codes.take(value: code)
        guard code == "80" || code == "81" else { continue }
        let amount = try requiredMoney("\(box).amount")
        codes.take(days: Int(amount.cents / 100), of: code)
      }
    }
    for box in 18...28 { if let code = self["FL\(box)"] { codes.take(condition: code) } }
    return codes
  }

  private func lines(facility: String) throws(FormProblem) -> [ServiceLine] {
    guard services.count <= ClaimKind.institutional.lineLimit else {
      throw FormProblem(
        field: "FL42",
        reason:
          "the claim has \(services.count) service lines; \(ClaimKind.institutional.lineLimit) are the most allowed")
    }
    let statement = try days("FL6.from", through: "FL6.through")
    var lines: [ServiceLine] = []
    for (index, service) in services.enumerated() {
      let revenue = try required("FL42.\(service)")
      guard revenue != "0001" else {
        throw FormProblem(
          field: "FL42.\(service)", reason: "revenue code 0001 is the total of a paper bill, and no service")
      }
      let noncovered = try money("FL48.\(service)")
      lines.append(
        ServiceLine(
          number: index + 1, procedure: procedure(service, revenue), revenueCode: revenue,
          charge: try requiredMoney("FL47.\(service)"), units: try units("FL46.\(service)"), placeOfService: facility,
          serviceDates: day("FL45.\(service)").map { DateRange($0) } ?? statement,
          basis: Self.isAccommodation(revenue) ? .days : nil,
          nonCovered: noncovered.flatMap { $0 == .zero ? nil : $0 }))
    }
    return lines
  }

  /// FL44 has a procedure, the rate of a room, or under revenue codes 0022 to 0024 a payment group (HIPPS).
  private func procedure(_ service: Int, _ revenue: String) -> ProcedureCode? {
    guard let text = self["FL44.\(service)"], !text.contains(".") else { return nil }
    let words = text.split(separator: " ").map(String.init)
    let isPaymentGroup = ["0022", "0023", "0024"].contains(revenue)
    return words.first.map {
      ProcedureCode(qualifier: isPaymentGroup ? "HP" : "HC", code: $0, modifiers: Array(words.dropFirst()))
    }
  }

  /// Room and board and its leaves count days (NUBC revenue codes 010x to 021x).
  private static func isAccommodation(_ revenue: String) -> Bool { ("0100"..."0219").contains(revenue) }
}
