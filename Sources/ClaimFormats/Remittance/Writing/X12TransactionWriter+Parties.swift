import ClaimsDomain

/// Loops 1000A and 1000B.
extension X12TransactionWriter {
  mutating func write(_ payer: RemittancePayer) throws(X12WriteError) {
    try segment("N1", .code("PR"), .name(payer.name, 60))
    try write(payer.address)
    if let id = payer.payerID { try segment("REF", .code("2U"), .id(id.text, 50)) }
    if let contact = payer.businessContact { try write(contact, as: "CX") }
    try write(payer.technicalContact, as: "BL")
    if let website = payer.website { try segment("PER", .code("IC"), .empty, .code("UR"), .id(website, 256)) }
  }

  mutating func write(_ payee: RemittancePayee) throws(X12WriteError) {
    switch payee.identity {
    case .npi(let npi, _): try segment("N1", .code("PE"), .name(payee.name, 60), .code("XX"), .id(npi, 80))
    case .taxID(let number): try segment("N1", .code("PE"), .name(payee.name, 60), .code("FI"), .id(number, 80))
    }
    if let address = payee.address { try write(address) }
    if case .npi(_, let taxID?) = payee.identity { try segment("REF", .code("TJ"), .id(taxID, 50)) }
  }

  private mutating func write(_ address: Address) throws(X12WriteError) {
    let lines = address.lines.filter { !$0.isEmpty }
    if let first = lines.first { try segment("N3", .name(first, 55), .nameIfAny(lines.dropFirst().first, 55)) }
    try segment(
      "N4", .name(address.city, 30), .idIfAny(address.state, 2),
      .idIfAny(address.postalCode.replacing("-", with: ""), 15))
  }

  private mutating func write(_ contact: RemittanceContact, as function: String) throws(X12WriteError) {
    let numbers: [(qualifier: String, value: String?)] = [("TE", contact.telephone), ("EM", contact.email)]
    let pairs = numbers.flatMap { number -> [X12Element] in
      number.value.map { [.code(number.qualifier), .id($0, 256)] } ?? []
    }
    try segment("PER", [.code(function), .nameIfAny(contact.name, 60)] + pairs)
  }
}
