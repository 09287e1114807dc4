/// NM1*82: who gave the care, where that is not the payee.
package struct RemittedProvider: Hashable, Sendable {
  /// The last name of a person, or the name of an organisation.
  package var name: String
  /// Nil for an organisation (NM102 = 2).
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
