/// The trading partner a claim came from, as the envelope round it says. Only X12 has one.
package struct ClaimSender: Hashable, Sendable, Codable {
  /// ISA06.
  package var identifier: String
  /// GS02.
  package var application: String
  /// ISA15 is P; anything else is test data.
  package var isProduction: Bool

  package init(identifier: String, application: String, isProduction: Bool) {
    self.identifier = identifier
    self.application = application
    self.isProduction = isProduction
  }

  enum CodingKeys: String, CodingKey {
    case identifier, application
    case isProduction = "is_production"
  }
}
