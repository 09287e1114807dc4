/// Loop 1000A, who pays.
package struct RemittancePayer: Hashable, Sendable {
  package var name: String
  package var address: Address
  /// REF*2U.
  package var payerID: PayerID?
  /// PER*CX: questions about a claim.
  package var businessContact: RemittanceContact?
  /// PER*BL: questions about the transaction itself. The guide requires one.
  package var technicalContact: RemittanceContact
  /// PER*IC: where the payer's policies are.
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
