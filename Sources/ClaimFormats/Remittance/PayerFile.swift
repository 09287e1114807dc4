package import ClaimsDomain

/// The payer, in YAML. As with a plan, a single invalid or unknown word invalidates the whole file.
package struct PayerFile {
  private let file: SourceFile

  package init(_ file: SourceFile) {
    self.file = file
  }

  private static let keys = [
    "name", "payer_id", "tax_id", "address", "technical_contact", "claims_contact", "website", "plans", "production",
  ]

  /// - Throws: `PlanFileError` for the first error found.
  package func issuer() throws(PlanFileError) -> RemittanceIssuer {
    let object = try YAMLObject(YAMLText(file: file).root(), named: "the payer", keys: Self.keys, in: file.name)
    guard let technical = try object.contact("technical_contact") else {
      throw object.error("the payer has no \"technical_contact\"", advice: "add it; every 835 names one")
    }
    let payer = RemittancePayer(
      name: try object.require("name", .text), address: try object.address(),
      payerID: PayerID(try object.require("payer_id", .interchangeID)),
      businessContact: try object.contact("claims_contact"), technicalContact: technical,
      website: try object.value("website", .text))
    return RemittanceIssuer(
      payer: payer, taxID: try object.require("tax_id", .taxID), filingIndicators: try object.filingIndicators(),
      isProduction: try object.value("production", .flag) ?? true)
  }
}

extension YAMLObject {
  fileprivate func address() throws(PlanFileError) -> Address {
    let address = try requireObject("address", keys: ["lines", "city", "state", "postal_code"])
    let lines = try address.values("lines", .text)
    guard (1...2).contains(lines.count) else {
      throw address.error(at: "lines", "an address has one line or two", advice: "write [12 Heron Way]")
    }
    return Address(
      lines: lines, city: try address.require("city", .text), state: try address.require("state", .code),
      postalCode: try address.require("postal_code", .postalCode))
  }

  fileprivate func contact(_ key: String) throws(PlanFileError) -> RemittanceContact? {
    guard let contact = try object(key, keys: ["name", "telephone", "email"]) else { return nil }
    let telephone = try contact.value("telephone", .telephone)
    let email = try contact.value("email", .text)
    guard telephone != nil || email != nil else {
      throw contact.error("\(key) has neither telephone nor email", advice: "add one")
    }
    return RemittanceContact(name: try contact.value("name", .text), telephone: telephone, email: email)
  }

  fileprivate func filingIndicators() throws(PlanFileError) -> [PlanID: String] {
    var indicators: [PlanID: String] = [:]
    for plan in try objects("plans", named: "each of plans", keys: ["id", "filing_indicator"]) {
      indicators[PlanID(try plan.require("id", .text))] = try plan.require("filing_indicator", .filingIndicator)
    }
    return indicators
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
