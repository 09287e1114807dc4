/// What makes two lines look like the same care: member, day and procedure code; of an inpatient bill that it is a stay.
/// Provider, modifiers, units, charge and place are left out, since a claim that is keyed or billed anew often differs in
/// them.
///
/// It is never enough to deny by; what it finds a person looks at (`NearDuplicate`).
package struct NearSignature: Hashable, Sendable {
  package let member: MemberID
  package let day: CalendarDate
  package let procedure: String

  /// Nil for a line that names a revenue code alone, which is a department's and not a service's, unless it is part of a
  /// stay.
  ///
  /// - Parameters:
  ///   - day: one of the line's.
  ///   - member: as for `ServiceSignature`.
  package init?(of line: ServiceLine, on day: CalendarDate, in claim: SubmittedClaim, member: MemberID) {
    guard let procedure = line.procedure?.code ?? (claim.isInpatient ? "stay" : nil) else { return nil }
    self.member = member
    self.day = day
    self.procedure = procedure
  }

  /// The signature as bytes to be hashed; no text of it is one of a `ServiceSignature`. It holds the member's number:
  /// store and log the hash, never this.
  package var text: String {
    ServiceSignature.text(of: ["near-signature/1", member.text, day.description, procedure])
  }
}
