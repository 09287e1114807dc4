import StrictText

/// A text that names one kind of thing. The phantom tag keeps a payment's id from being passed for a claim's.
///
/// It is in Unicode normalization form C, so that identifiers that are equal here are equal bytes in a database.
package struct Identifier<Tag>: Hashable, Comparable, Sendable {
  package let text: String

  package init(_ text: String) {
    self.text = text.composed
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

/// Tags; they have no values.
package enum IdentifierTag {
  package enum ClaimNumber {}
  package enum ClaimIntake {}
  package enum Adjudication {}
  package enum Payment {}
  package enum EOB {}
  package enum Remittance {}
  package enum Payer {}
  package enum Plan {}
  package enum Member {}
  package enum Family {}
  package enum Ruleset {}
}

/// CLM01, the provider's own number for the claim (patient control number).
package typealias ClaimNumber = Identifier<IdentifierTag.ClaimNumber>
/// Our number for one claim as received: the payer claim control number.
package typealias ClaimIntakeID = Identifier<IdentifierTag.ClaimIntake>
package typealias AdjudicationID = Identifier<IdentifierTag.Adjudication>
package typealias PaymentID = Identifier<IdentifierTag.Payment>
package typealias EOBID = Identifier<IdentifierTag.EOB>
/// What a provider's books know a check of ours by: TRN02.
package typealias RemittanceID = Identifier<IdentifierTag.Remittance>
package typealias PayerID = Identifier<IdentifierTag.Payer>
package typealias PlanID = Identifier<IdentifierTag.Plan>
/// One person. A dependent without a number of their own is named by the subscriber's, their birth date and first name.
package typealias MemberID = Identifier<IdentifierTag.Member>
/// Those who share a family deductible and maximum: the subscriber's member id.
package typealias FamilyID = Identifier<IdentifierTag.Family>
package typealias RulesetID = Identifier<IdentifierTag.Ruleset>
