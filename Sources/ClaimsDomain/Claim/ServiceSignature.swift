/// What makes two lines the same care given once: member, provider, dates, code, modifiers, units, charge and place.
/// Nothing of how it reached us is in it, so a claim keyed again under another number, or sent by another road, has
/// the same signatures.
package struct ServiceSignature: Hashable, Sendable {
  package let member: MemberID
  /// Who treated, else who billed: two physicians of one group are two services.
  package let provider: String
  package let dates: DateRange
  package let procedure: String
  package let revenueCode: String
  /// Sorted, since their order is the sender's habit.
  package let modifiers: [String]
  package let units: Units
  package let charge: Money
  package let placeOfService: String

  /// Nil for a line without a date: what is not dated cannot be told from another.
  ///
  /// - Parameter member: Whom the directory knows the patient as. A dependent may come under their own number or under
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

  /// The signature as bytes to be hashed. It holds the member's number: store and log the hash, never this.
  package var text: String {
    Self.text(of: [
      "service-signature/1", member.text, provider, dates.first.description, dates.last.description, procedure,
      revenueCode, modifiers.joined(separator: " "), units.description, charge.description, placeOfService,
    ])
  }

  /// Each field goes behind its own length in bytes, so no two signatures share a text whatever their fields hold.
  static func text(of fields: [String]) -> String {
    fields.map { "\($0.utf8.count):\($0)" }.joined(separator: ",")
  }
}
