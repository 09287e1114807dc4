internal import ClaimsDomain

// The CMS-1500 as the 837 says the same: the crosswalk of the 1500 Claim Form Reference Instruction Manual (NUCC) to
// TR3 005010X222.
extension FormValues {
  /// - Throws: `FormProblem` for a box that a claim needs and that says nothing.
  func professionalClaim(digest: String) throws(FormProblem) -> SubmittedClaim {
    let patient = try patient()
    let other = otherPlan
    let codes = billingCodes
    let renderers = Set(services.compactMap { self["24J.\($0)"] })
    let payerName = try required("carrier.1")
    let billing = try billingProvider()
    return SubmittedClaim(
      kind: .professional, claimNumber: ClaimNumber(try required("26")),
      payer: Payer(id: PayerID(payerName), name: payerName), payerSequence: other == nil ? .primary : .other,
      frequency: self["22"].map { ClaimFrequency($0) } ?? .original, payerControlNumber: self["22.reference"],
      priorAuthorization: authorization, facilityCode: try required("24B.\(services.first ?? 1)"),
      charge: try requiredMoney("28"), billingProvider: billing,
      renderingProvider: services.allSatisfy { self["24J.\($0)"] != nil } && renderers.count == 1
        ? renderer(renderers.first, beside: billing) : nil,
      subscriber: try subscriber(isPatient: patient == .subscriber), patient: patient, diagnoses: diagnoses.map(\.code),
      otherPayers: other.map { [$0] }, lines: try lines(renderers, billing),
      // Box 13 asks that benefits go to the provider; without a signature, they are the member's (CLM08).
      assignsBenefits: self["13"] != nil,
      relatedCauses: codes.relatedCauses.isEmpty ? nil : codes.relatedCauses,
      stay: codes.stay == FacilityStay() ? nil : codes.stay,
      // Care that was taken over or given up: qualifiers 090 and 091 of box 15.
      sharesCareAfter: ["090", "091"].contains(self["15.qualifier"]) ? true : nil, digest: digest)
  }

  /// Box 23 has a number of one of several kinds. That of a laboratory (CLIA) authorizes nothing.
  private var authorization: String? {
    self["23"].flatMap { $0.wholeMatch(of: /[0-9]{2}D[0-9]{7}/) == nil ? $0 : nil }
  }

  private var diagnoses: [(letter: Character, code: String)] {
    "ABCDEFGHIJKL".compactMap { letter in self["21\(letter)"].map { (letter, $0) } }
  }

  /// Who may be liable: boxes 10a to 10d, the federal program for employees of box 1, the accident of box 15.
  private var billingCodes: BillingCodesDraft {
    var codes = BillingCodesDraft()
    for (box, cause) in [("10a", "EM"), ("10b", "AA"), ("10c", "OA")] where self[box] == "YES" {
      codes.take(cause: cause)
    }
    for code in self["10d"]?.split(separator: " ") ?? [] { codes.take(condition: String(code)) }
    if self["1"] == "FECA" { codes.take(cause: "EM") }
    if self["15.qualifier"] == "439", codes.relatedCauses.isEmpty { codes.take(cause: "OA") }
    return codes
  }

  /// Another plan of the patient. The form does not say which of the two pays first, so the claim waits until a person
  /// does.
  private var otherPlan: OtherPayer? {
    let saysOther = self["11d"] == "YES" || ["9", "9a", "9d"].contains { self[$0] != nil }
    return saysOther ? OtherPayer(id: PayerID(self["9d"] ?? ""), sequence: .other) : nil
  }

  private func billingProvider() throws(FormProblem) -> Provider {
    Provider(
      name: try required("33.name"), npi: try required("33a"), taxID: try required("25"),
      address: address(lines: [self["33.street"]].compactMap(\.self), cityLine: self["33.city"]))
  }

  /// The provider of box 24J, unless the billing provider gave the care.
  private func renderer(_ npi: String?, beside billing: Provider) -> Provider? {
    npi.flatMap { $0 == billing.npi ? nil : Provider(name: "", npi: $0) }
  }

  private func subscriber(isPatient: Bool) throws(FormProblem) -> Subscriber {
    Subscriber(
      memberID: MemberID(try required("1a")), name: try name(isPatient && self["4"] == nil ? "2" : "4"),
      birthDate: day("11a") ?? (isPatient ? day("3") : nil), groupNumber: self["11"],
      address: address("7", "7.city", "7.state", "7.zip")
        ?? (isPatient ? address("5", "5.city", "5.state", "5.zip") : nil))
  }

  private func patient() throws(FormProblem) -> Patient {
    let relation = try required("6")
    guard relation != "18" else { return .subscriber }
    return .dependent(
      Dependent(
        relationship: relation, name: try name("2"), birthDate: day("3"),
        address: address("5", "5.city", "5.state", "5.zip")))
  }

  private func lines(_ renderers: Set<String>, _ billing: Provider) throws(FormProblem) -> [ServiceLine] {
    guard services.count <= ClaimKind.professional.lineLimit else {
      throw FormProblem(
        field: "24",
        reason:
          "the claim has \(services.count) service lines; \(ClaimKind.professional.lineLimit) are the most allowed")
    }
    let letters = diagnoses.map(\.letter)
    var lines: [ServiceLine] = []
    for (index, service) in services.enumerated() {
      let code = try required("24D.\(service)")
      let modifiers = self["24D.\(service).modifiers"]?.split(separator: " ").map(String.init) ?? []
      let isCommon = renderers.count == 1 && services.allSatisfy { self["24J.\($0)"] != nil }
      lines.append(
        ServiceLine(
          number: index + 1, procedure: ProcedureCode(code: code, modifiers: modifiers),
          charge: try requiredMoney("24F.\(service)"), units: try units("24G.\(service)"),
          placeOfService: try required("24B.\(service)"),
          serviceDates: try days("24A.\(service)", through: "24A.\(service).to"),
          diagnosisPointers: try required("24E.\(service)").compactMap { letter in
            letters.firstIndex(of: letter).map { $0 + 1 }
          },
          basis: Self.isTimed(code) ? .minutes : nil,
          renderingProvider: isCommon ? nil : renderer(self["24J.\(service)"], beside: billing)))
    }
    return lines
  }

  /// Whether the units of a code are minutes: anesthesia, but for the daily management of code 01996 (box 24G, NUCC).
  private static func isTimed(_ code: String) -> Bool {
    code.wholeMatch(of: /0[01][0-9]{3}/) != nil && code != "01996" && code >= "00100"
  }
}
