import StrictText

/// A text that names one kind of thing. The phantom tag keeps a payment's id from being passed for a claim's.
///
/// It is in Unicode normalization form C, so that identifiers that are equal here are equal bytes in a database.
package struct Identifier<Tag: IdentifierTag>: Hashable, Comparable, Sendable {
  package let text: String

  package init(_ text: String) {
    self.text = Tag.ignoresCase ? text.capitals : text.composed
  }

  package static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}

extension Identifier: CustomStringConvertible {
  package var description: String { text }
}

extension Identifier: Codable {
  package init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(String.self))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

/// What an identifier names. Tags have no values.
package protocol IdentifierTag {
  /// Whether two that differ in case alone are one. Such identifiers are in capitals.
  static var ignoresCase: Bool { get }
}

extension IdentifierTag {
  package static var ignoresCase: Bool { false }
}

package enum IdentifierTags {
  package enum ClaimNumber: IdentifierTag {}
  package enum ClaimIntake: IdentifierTag {}
  package enum Adjudication: IdentifierTag {}
  package enum Payment: IdentifierTag {}
  package enum EOB: IdentifierTag {}
  package enum Remittance: IdentifierTag {}
  package enum Payer: IdentifierTag {}
  package enum Plan: IdentifierTag {}
  package enum Ruleset: IdentifierTag {}

  package enum Member: IdentifierTag {
    package static let ignoresCase = true
  }

  package enum Family: IdentifierTag {
    package static let ignoresCase = true
  }
}

/// CLM01, the provider's own number for the claim (patient control number).
package typealias ClaimNumber = Identifier<IdentifierTags.ClaimNumber>
/// Our number for one claim as received: the payer claim control number.
package typealias ClaimIntakeID = Identifier<IdentifierTags.ClaimIntake>
package typealias AdjudicationID = Identifier<IdentifierTags.Adjudication>
package typealias PaymentID = Identifier<IdentifierTags.Payment>
package typealias EOBID = Identifier<IdentifierTags.EOB>
/// What a provider's books know a check of ours by: TRN02.
package typealias RemittanceID = Identifier<IdentifierTags.Remittance>
package typealias PayerID = Identifier<IdentifierTags.Payer>
package typealias PlanID = Identifier<IdentifierTags.Plan>
/// One person. A dependent without a number of their own is named by the subscriber's, their birth date and first name.
package typealias MemberID = Identifier<IdentifierTags.Member>
/// Those who share a family deductible and maximum: the subscriber's member id.
package typealias FamilyID = Identifier<IdentifierTags.Family>
package typealias RulesetID = Identifier<IdentifierTags.Ruleset>
