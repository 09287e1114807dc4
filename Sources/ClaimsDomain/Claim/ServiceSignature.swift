/// What makes two lines the same care given once: member, provider, dates, code, modifiers, units, charge, and place.
/// It includes nothing about how the line reached us, so a claim that is keyed again under another number, or sent
/// through another channel, has the same signatures.
package struct ServiceSignature: Hashable, Sendable {
  package let member: MemberID
  /// The treating provider, else the billing provider. Two physicians of one group are two services.
  package let provider: String
  package let dates: DateRange
  package let procedure: String
  package let revenueCode: String
  /// Sorted, because the order is only the sender's habit.
  package let modifiers: [String]
  package let units: Units
  package let charge: Money
  package let placeOfService: String

  /// Returns nil for a line without a date, because an undated line cannot be distinguished from another.
  ///
  /// - Parameter member: The patient's number in the directory. A dependent may be identified by their own number or by
  ///   the subscriber's (`Member.numbers`), and is one person either way.
  package init?(of line: ServiceLine, in claim: SubmittedClaim, member: MemberID) {
    guard let dates = claim.serviceDates(of: line) else { return nil }
    self.member = member
    provider = claim.treatingProvider(of: line).reference
    self.dates = dates
    procedure = line.procedure?.code ?? ""
    revenueCode = line.revenueCode ?? ""
    modifiers = line.procedure?.modifiers.sorted() ?? []
    units = line.units
    charge = line.charge
    placeOfService = line.placeOfService
  }

  /// The signature as text to be hashed. It contains the member's number: store and log only the hash, never this text.
  package var text: String {
    Self.text(of: [
      "service-signature/1", member.text, provider, dates.first.description, dates.last.description, procedure,
      revenueCode, modifiers.joined(separator: " "), units.description, charge.description, placeOfService,
    ])
  }

  /// Prefixes each field with its length in bytes, so no two signatures have the same text, whatever their fields
  /// contain.
  static func text(of fields: [String]) -> String {
    fields.map { "\($0.utf8.count):\($0)" }.joined(separator: ",")
  }
}
