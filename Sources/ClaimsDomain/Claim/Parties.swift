/// NM1*PR: the payer asked to pay the claim.
package struct Payer: Hashable, Sendable, Codable {
  package var id: PayerID
  package var name: String

  package init(id: PayerID, name: String) {
    self.id = id
    self.name = name
  }
}

/// A provider: NM1*85 bills and is paid, NM1*82 treats.
package struct Provider: Hashable, Sendable, Codable {
  package var name: String
  /// NM109 with qualifier XX; ten digits when it is a real NPI.
  package var npi: String?
  /// REF*EI or REF*SY.
  package var taxID: String?
  package var address: Address?

  package init(name: String, npi: String? = nil, taxID: String? = nil, address: Address? = nil) {
    self.name = name
    self.npi = npi
    self.taxID = taxID
    self.address = address
  }

  /// Identifies the provider in payments and duplicate checks: the NPI, else the tax ID, else the name.
  package var reference: String { npi ?? taxID ?? name }

  /// Whether both are one provider by the first identifier that both have: the NPI, else the tax ID, else the name.
  package func isSame(as other: Provider) -> Bool {
    if let npi, let otherNPI = other.npi { return npi == otherNPI }
    if let taxID, let otherTaxID = other.taxID { return taxID == otherTaxID }
    return name == other.name
  }

  enum CodingKeys: String, CodingKey {
    case name, npi, address
    case taxID = "tax_id"
  }
}

package struct Address: Hashable, Sendable, Codable {
  package var lines: [String]
  package var city: String
  package var state: String
  package var postalCode: String

  package init(lines: [String], city: String, state: String, postalCode: String) {
    self.lines = lines
    self.city = city
    self.state = state
    self.postalCode = postalCode
  }

  enum CodingKeys: String, CodingKey {
    case lines, city, state
    case postalCode = "postal_code"
  }
}

package struct PersonName: Hashable, Sendable, Codable {
  package var last: String
  package var first: String
  package var middle: String?

  package init(last: String, first: String, middle: String? = nil) {
    self.last = last
    self.first = first
    self.middle = middle
  }

  package var full: String { [first, middle ?? "", last].filter { !$0.isEmpty }.joined(separator: " ") }
}

/// NM1*IL in loop 2010BA: the policyholder.
package struct Subscriber: Hashable, Sendable, Codable {
  /// NM109 with qualifier MI.
  package var memberID: MemberID
  package var name: PersonName
  package var birthDate: CalendarDate?
  /// SBR03.
  package var groupNumber: String?
  package var address: Address?

  package init(
    memberID: MemberID, name: PersonName, birthDate: CalendarDate? = nil, groupNumber: String? = nil,
    address: Address? = nil
  ) {
    self.memberID = memberID
    self.name = name
    self.birthDate = birthDate
    self.groupNumber = groupNumber
    self.address = address
  }

  enum CodingKeys: String, CodingKey {
    case name, address
    case memberID = "member_id"
    case birthDate = "birth_date"
    case groupNumber = "group_number"
  }
}

/// The person who was treated: the subscriber (SBR02 = 18), or the dependent of loop 2000C.
package enum Patient: Hashable, Sendable, Codable {
  case subscriber
  case dependent(Dependent)

  /// The dependent; nil for the subscriber, whose name and birth date are in loop 2010BA.
  package var dependent: Dependent? {
    switch self {
    case .subscriber: nil
    case .dependent(let dependent): dependent
    }
  }

  package func memberID(subscriberID: MemberID) -> MemberID {
    switch self {
    case .subscriber: subscriberID
    case .dependent(let dependent): dependent.memberID(subscriberID: subscriberID)
    }
  }
}

/// NM1*QC in loop 2010CA. The 5010 guides give a dependent no member number of their own, so a dependent is identified
/// by the subscriber's number, the birth date, and the first name.
package struct Dependent: Hashable, Sendable, Codable {
  /// PAT01, individual relationship code: 01 spouse, 19 child, and so on.
  package var relationship: String
  package var name: PersonName
  package var birthDate: CalendarDate?
  package var address: Address?

  package init(relationship: String, name: PersonName, birthDate: CalendarDate? = nil, address: Address? = nil) {
    self.relationship = relationship
    self.name = name
    self.birthDate = birthDate
    self.address = address
  }

  package func memberID(subscriberID: MemberID) -> MemberID {
    MemberID("\(subscriberID)/\(birthDate?.description ?? "")/\(name.first.uppercased())")
  }

  enum CodingKeys: String, CodingKey {
    case relationship, name, address
    case birthDate = "birth_date"
  }
}
