/// A check that a claim fails. No part of it carries member data: a diagnosis is told by its place, never by its code.
package struct PartnerFinding: Hashable, Sendable {
  package let check: PartnerCheck
  /// As X12 names it: `NM1*85`, `HI02-2`, `SV101-2`.
  package let element: String
  package let reason: String

  /// One line for people.
  package var text: String { "\(element): \(reason)" }
}
