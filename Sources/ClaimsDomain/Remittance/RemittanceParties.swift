/// A payer that issues checks, with the data that every one of its 835s contains.
package struct RemittanceIssuer: Hashable, Sendable {
  package var payer: RemittancePayer
  /// Nine digits.
  package var taxID: String
  /// CLP06 by plan: `12` PPO, `HM` HMO, `MC` Medicaid, and others.
  package var filingIndicators: [PlanID: String]
  /// ISA15: whether the money is real.
  package var isProduction: Bool

  package init(
    payer: RemittancePayer, taxID: String, filingIndicators: [PlanID: String] = [:], isProduction: Bool = true
  ) {
    self.payer = payer
    self.taxID = taxID
    self.filingIndicators = filingIndicators
    self.isProduction = isProduction
  }

  /// TRN03 and BPR10: the leading 1 marks the number as a tax ID.
  package var originator: String { "1\(taxID)" }

  /// CLP06 of a claim decided under a plan; `ZZ`, mutually defined, when no plan covered the patient or the plan has no
  /// indicator.
  package func filingIndicator(of plan: PlanID?) -> String { plan.flatMap { filingIndicators[$0] } ?? "ZZ" }
}

/// Loop 1000A, the payer.
package struct RemittancePayer: Hashable, Sendable {
  package var name: String
  package var address: Address
  /// REF*2U.
  package var payerID: PayerID?
  /// PER*CX: the contact for questions about a claim.
  package var businessContact: RemittanceContact?
  /// PER*BL: the contact for questions about the transaction itself. The guide requires one.
  package var technicalContact: RemittanceContact
  /// PER*IC: the website with the payer's policies.
  package var website: String?

  package init(
    name: String, address: Address, payerID: PayerID? = nil, businessContact: RemittanceContact? = nil,
    technicalContact: RemittanceContact, website: String? = nil
  ) {
    self.name = name
    self.address = address
    self.payerID = payerID
    self.businessContact = businessContact
    self.technicalContact = technicalContact
    self.website = website
  }
}

/// Loop 1000B, the payee.
package struct RemittancePayee: Hashable, Sendable {
  package var name: String
  package var identity: Identity
  package var address: Address?

  /// N103 and N104.
  package enum Identity: Hashable, Sendable {
    /// XX; the tax ID then goes into REF*TJ.
    case npi(String, taxID: String?)
    /// FI.
    case taxID(String)
  }

  package init(name: String, identity: Identity, address: Address? = nil) {
    self.name = name
    self.identity = identity
    self.address = address
  }

  /// PLB01: the NPI, else the tax ID.
  package var identifier: String {
    switch identity {
    case .npi(let number, _), .taxID(let number): number
    }
  }
}

/// PER: a contact.
package struct RemittanceContact: Hashable, Sendable {
  package var name: String?
  /// Digits only, area code first.
  package var telephone: String?
  package var email: String?

  package init(name: String? = nil, telephone: String? = nil, email: String? = nil) {
    self.name = name
    self.telephone = telephone
    self.email = email
  }
}

/// NM1 of a person: the patient (QC) or the insured (IL).
package struct RemittedPerson: Hashable, Sendable {
  package var last: String
  package var first: String?
  package var middle: String?
  /// NM109 with qualifier MI, the member's number.
  package var memberID: String?

  package init(last: String, first: String? = nil, middle: String? = nil, memberID: String? = nil) {
    self.last = last
    self.first = first
    self.middle = middle
    self.memberID = memberID
  }
}

/// NM1*82: the provider of the care, when different from the payee.
package struct RemittedProvider: Hashable, Sendable {
  /// The last name of a person, or the name of an organization.
  package var name: String
  /// Nil for an organization (NM102 = 2).
  package var first: String?
  package var isPerson: Bool
  /// NM109 with qualifier XX.
  package var npi: String

  package init(name: String, first: String? = nil, isPerson: Bool, npi: String) {
    self.name = name
    self.first = first
    self.isPerson = isPerson
    self.npi = npi
  }
}
