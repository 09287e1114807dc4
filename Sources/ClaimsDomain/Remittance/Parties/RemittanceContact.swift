/// PER: whom to ask.
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
