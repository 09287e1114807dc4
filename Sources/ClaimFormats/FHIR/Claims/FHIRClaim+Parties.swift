import ClaimsDomain

extension FHIRClaim {
  /// The payer that is asked: the insurer, or else the payor of the coverage that is focal.
  var payer: Payer {
    get throws(FHIRProblem) {
      if let insurer = try root.child("insurer") { return try payer(at: insurer) }
      for insurance in try root.list("insurance") where try insurance.bool("focal") == true {
        if let coverage = try references.resource("coverage", of: insurance) { return try payer(of: coverage) }
      }
      throw root.problem("insurer", "no payer is named")
    }
  }

  func payer(of coverage: FHIRElement) throws(FHIRProblem) -> Payer {
    let payors = try coverage.list("payor")
    guard payors.count == 1 else { throw coverage.problem("payor", "it must name one payer") }
    return try payer(at: payors[0])
  }

  private func payer(at reference: FHIRElement) throws(FHIRProblem) -> Payer {
    let organization = try references.resource(at: reference)
    try organization?.refuseModifiers()
    var identifiers = try organization?.list("identifier") ?? []
    if identifiers.isEmpty, let own = try reference.child("identifier") { identifiers = [own] }
    guard let number = try Self.chosen(identifiers, type: "NIIP")?.text("value") else {
      throw reference.problem(
        "identifier",
        identifiers.count > 1 ? "the payer has several numbers; mark one as official" : "the payer has no number")
    }
    let (name, display) = (try organization?.text("name"), try reference.text("display"))
    return Payer(id: PayerID(number), name: name ?? display ?? "")
  }

  func billingProvider() throws(FHIRProblem) -> Provider {
    guard let reference = try root.child("provider") else { throw root.problem("provider", "no provider is named") }
    return try provider(at: reference)
  }

  /// Returns the provider that a Reference names: an Organization, a Practitioner, or a PractitionerRole.
  func provider(at reference: FHIRElement) throws(FHIRProblem) -> Provider {
    guard let resource = try references.resource(at: reference) else { return try logicalProvider(reference) }
    try resource.refuseModifiers()
    switch resource.place {
    case "PractitionerRole":
      for part in ["practitioner", "organization"] {
        if let inner = try resource.child(part) { return try provider(at: inner) }
      }
      throw resource.problem("practitioner", "it names neither a practitioner nor an organization")
    case "Organization":
      return try Self.provider(resource, name: try resource.text("name") ?? "")
    case "Practitioner":
      return try Self.provider(resource, name: try resource.personName()?.full ?? "")
    default:
      throw reference.problem("reference", "a provider is an Organization, a Practitioner or a PractitionerRole")
    }
  }

  /// Returns a provider whose identifier is in the Reference itself.
  private func logicalProvider(_ reference: FHIRElement) throws(FHIRProblem) -> Provider {
    guard let identifier = try reference.child("identifier"), let number = try identifier.text("value") else {
      throw reference.problem("reference", "no provider is named")
    }
    guard try identifier.text("system") == FHIRSystem.npi else {
      throw reference.problem("identifier.system", "a provider is identified by NPI (\(FHIRSystem.npi))")
    }
    return Provider(name: try reference.text("display") ?? "", npi: number)
  }

  private static func provider(_ resource: FHIRElement, name: String) throws(FHIRProblem) -> Provider {
    var (npi, taxID): (String?, String?)
    for identifier in try resource.list("identifier") {
      guard let system = try identifier.text("system"), let value = try identifier.text("value") else { continue }
      if system == FHIRSystem.npi {
        guard npi == nil || npi == value else { throw resource.problem("identifier", "it has two NPIs") }
        npi = value
      }
      if FHIRSystem.taxIDs.contains(system) { taxID = taxID ?? value.filter { $0 != "-" } }
    }
    guard npi != nil || taxID != nil || !name.isEmpty else {
      throw resource.problem("identifier", "the provider has no NPI (\(FHIRSystem.npi)), tax id or name")
    }
    return Provider(name: name, npi: npi, taxID: taxID, address: try resource.postalAddress())
  }
}

extension FHIRElement {
  /// Returns the official name of a person, or else the first that is not an old one; nil when there is none.
  func personName() throws(FHIRProblem) -> PersonName? {
    let names = try list("name")
    var (official, first): (FHIRElement?, FHIRElement?)
    for name in names {
      let use = try name.text("use")
      if use == "official" { official = official ?? name }
      if use != "old", use != "maiden" { first = first ?? name }
    }
    guard let name = official ?? first else { return nil }
    let given = try name.texts("given")
    let person = PersonName(
      last: try name.text("family") ?? "", first: given.first ?? "",
      middle: given.count > 1 ? given.dropFirst().joined(separator: " ") : nil)
    return person.last.isEmpty && person.first.isEmpty ? nil : person
  }

  /// Returns the first address; nil when there is none.
  func postalAddress() throws(FHIRProblem) -> Address? {
    guard let address = try list("address").first else { return nil }
    let parts = Address(
      lines: try address.texts("line"), city: try address.text("city") ?? "", state: try address.text("state") ?? "",
      postalCode: (try address.text("postalCode") ?? "").filter { $0 != "-" })
    return parts.lines.isEmpty && parts.city.isEmpty && parts.postalCode.isEmpty ? nil : parts
  }
}
