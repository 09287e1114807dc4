package import ClaimsDomain

/// Who sends a letter to a member, and where the member can turn. It comes from the payer's own file, never from a claim,
/// in which a provider can write any name.
package struct Letterhead: Hashable, Sendable {
  package var name: String
  package var address: Address?
  /// The contact for members; nil when the payer's file has none.
  package var contact: RemittanceContact?
  package var website: String?
  /// Where appeals go; nil when the payer's file does not say.
  package var appealsAddress: Address?
  /// The days that a member has to appeal, from the day the letter arrives, by plan.
  package var appealDays: [PlanID: Int]

  package init(
    name: String, address: Address? = nil, contact: RemittanceContact? = nil, website: String? = nil,
    appealsAddress: Address? = nil, appealDays: [PlanID: Int] = [:]
  ) {
    self.name = name
    self.address = address
    self.contact = contact
    self.website = website
    self.appealsAddress = appealsAddress
    self.appealDays = appealDays
  }
}

extension Letterhead {
  /// The sender's address, telephone number and website, a line each, as far as they are known.
  var lines: [String] {
    let reachable = [contact?.telephone?.telephoneNumber, contact?.email, website].compactMap(\.self)
    return (address?.lettered ?? []) + reachable
  }

  /// Where questions go.
  var questions: String {
    let name = contact?.name ?? "us"
    let way =
      switch (contact?.telephone?.telephoneNumber, contact?.email) {
      case (let number?, let email?): "Call \(name) at \(number), or write to \(email)"
      case (let number?, nil): "Call \(name) at \(number)"
      case (nil, let email?): "Write to \(name) at \(email)"
      case (nil, nil): "Call the number on your member card"
      }
    return "Questions? \(way), and have this notice at hand."
  }
}

extension Address {
  /// The lines of the address as an envelope has them, the ZIP code with its hyphen: 62701-0000.
  var lettered: [String] { lines.filter { !$0.isEmpty } + ["\(city), \(state) \(postalCode.zipCode)"] }
}

extension String {
  /// A ZIP code of nine digits with its hyphen; any other text unchanged.
  fileprivate var zipCode: String { isNumber(of: 9) ? "\(prefix(5))-\(suffix(4))" : self }

  /// A telephone number of ten digits with its hyphens; any other text unchanged.
  fileprivate var telephoneNumber: String {
    isNumber(of: 10) ? "\(prefix(3))-\(dropFirst(3).prefix(3))-\(suffix(4))" : self
  }

  private func isNumber(of digits: Int) -> Bool {
    utf8.count == digits && utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
  }
}
