package import ClaimsDomain

/// The payer, in YAML. As with a plan, a single invalid or unknown word invalidates the whole file.
package struct PayerFile {
  private let file: SourceFile

  package init(_ file: SourceFile) {
    self.file = file
  }

  private static let keys = [
    "name", "payer_id", "tax_id", "address", "technical_contact", "claims_contact", "member_contact", "appeals_address",
    "website", "plans", "production",
  ]

  /// What the file says, for remittances and for letters.
  package struct Payer {
    package let issuer: RemittanceIssuer
    package let letterhead: Letterhead
  }

  /// - Throws: `PlanFileError` for all errors found.
  package func issuer() throws(PlanFileError) -> RemittanceIssuer { try payer().issuer }

  /// - Throws: `PlanFileError` for all errors found.
  package func payer() throws(PlanFileError) -> Payer {
    let faults = FaultList()
    let root = try YAMLText(file: file).root()
    let object = YAMLObject(root, named: "the payer", keys: Self.keys, in: file.name, faults)
    return try faults.result(object.flatMap(payer))
  }

  private func payer(_ object: YAMLObject) -> Payer? {
    if !object.has("technical_contact") {
      object.note("the payer has no \"technical_contact\"", advice: "add it; every 835 names one")
    }
    let technical = object.contact("technical_contact")
    let (name, address) = (object.require("name", .text), object.requireAddress("address"))
    let (payerID, taxID) = (object.require("payer_id", .interchangeID), object.require("tax_id", .taxID))
    let (business, website) = (object.contact("claims_contact"), object.value("website", .text))
    let (members, appeals) = (object.contact("member_contact"), object.address("appeals_address"))
    let plans = object.plans()
    let isProduction = object.value("production", .flag) ?? true
    guard let technical, let name, let address, let payerID, let taxID else { return nil }
    let issuer = RemittanceIssuer(
      payer: RemittancePayer(
        name: name, address: address, payerID: PayerID(payerID), businessContact: business, technicalContact: technical,
        website: website),
      taxID: taxID, filingIndicators: plans.compactMapValues(\.indicator), isProduction: isProduction)
    let letterhead = Letterhead(
      name: name, address: address, contact: members, website: website, appealsAddress: appeals,
      appealDays: plans.compactMapValues(\.appealDays))
    return Payer(issuer: issuer, letterhead: letterhead)
  }
}

extension YAMLObject {
  private static var addressKeys: [String] { ["lines", "city", "state", "postal_code"] }

  fileprivate func requireAddress(_ key: String) -> Address? {
    requireObject(key, keys: Self.addressKeys).flatMap(Self.address)
  }

  fileprivate func address(_ key: String) -> Address? { object(key, keys: Self.addressKeys).flatMap(Self.address) }

  private static func address(_ address: YAMLObject) -> Address? {
    let lines = address.values("lines", .text)
    if !(1...2).contains(lines.count) {
      address.note(at: "lines", "an address has one line or two", advice: "write [12 Heron Way]")
    }
    let (city, state) = (address.require("city", .text), address.require("state", .state))
    guard let postalCode = address.require("postal_code", .postalCode), let city, let state else { return nil }
    return Address(lines: lines, city: city, state: state, postalCode: postalCode)
  }

  fileprivate func contact(_ key: String) -> RemittanceContact? {
    guard let contact = object(key, keys: ["name", "telephone", "email"]) else { return nil }
    if !contact.has("telephone"), !contact.has("email") {
      contact.note("\(key) has neither telephone nor email", advice: "add one")
    }
    return RemittanceContact(
      name: contact.value("name", .text), telephone: contact.value("telephone", .telephone),
      email: contact.value("email", .text))
  }

  /// What remittances and letters say of each plan: CLP06, and the days to appeal.
  fileprivate func plans() -> [PlanID: (indicator: String?, appealDays: Int?)] {
    var plans: [PlanID: (String?, Int?)] = [:]
    for plan in objects("plans", named: "each of plans", keys: ["id", "filing_indicator", "appeal_days"]) {
      let (id, indicator) = (plan.require("id", .text), plan.require("filing_indicator", .filingIndicator))
      let days = plan.value("appeal_days", .days)
      if let id { plans[PlanID(id)] = (indicator, days) }
    }
    return plans
  }
}

extension ScalarForm where Value == String {
  /// ISA06 holds 15 characters.
  fileprivate static var interchangeID: Self {
    ScalarForm(expectation: "1 to 15 letters and digits") { text in
      (1...15).contains(text.utf8.count) && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
        ? text : nil
    }
  }

  fileprivate static var state: Self {
    ScalarForm(expectation: "a state of two capital letters, such as IL") { text in
      text.utf8.count == 2 && text.allSatisfy { ("A"..."Z").contains($0) } ? text : nil
    }
  }

  fileprivate static var taxID: Self { digits(9...9, "a tax number of nine digits, in quotes") }

  fileprivate static var postalCode: Self { digits(5...9, "a postal code of 5 or 9 digits, in quotes") }

  fileprivate static var telephone: Self { digits(10...10, "a telephone number of ten digits, in quotes") }

  /// CLP06.
  fileprivate static var filingIndicator: Self {
    let codes = [
      "12", "13", "14", "15", "16", "17", "AM", "CH", "DS", "HM", "LM", "MA", "MB", "MC", "OF", "TV", "VA", "WC", "ZZ",
    ]
    return ScalarForm(expectation: "one of \(codes.joined(separator: " "))") { codes.contains($0) ? $0 : nil }
  }

  private static func digits(_ count: ClosedRange<Int>, _ expectation: String) -> Self {
    ScalarForm(expectation: expectation) { text in
      let isNumber = text.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
      return isNumber && count.contains(text.utf8.count) ? text : nil
    }
  }
}
