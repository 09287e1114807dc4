import StrictText

/// A text that identifies one kind of thing. The phantom tag prevents a payment ID from being passed as a claim ID.
///
/// The text is in Unicode normalization form C, so identifiers that are equal here are equal bytes in a database.
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

/// The kind of thing that an identifier names. Tags have no values.
package protocol IdentifierTag {
  /// Whether identifiers that differ only in case are equal. Such identifiers are stored in capitals.
  static var ignoresCase: Bool { get }
}

extension IdentifierTag {
  package static var ignoresCase: Bool { false }
}

package enum IdentifierTags {
  package enum ClaimNumber: IdentifierTag {}
  package enum ClaimIntake: IdentifierTag {}
  package enum Adjudication: IdentifierTag {}
  package enum Batch: IdentifierTag {}
  package enum Payment: IdentifierTag {}
  package enum EOB: IdentifierTag {}
  package enum Form: IdentifierTag {}
  package enum Remittance: IdentifierTag {}
  package enum Payer: IdentifierTag {}
  package enum Provider: IdentifierTag {}
  package enum Plan: IdentifierTag {}
  package enum Ruleset: IdentifierTag {}
  package enum WebhookReceiver: IdentifierTag {}

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
/// Claims that were submitted together, to be worked on later.
package typealias BatchID = Identifier<IdentifierTags.Batch>
package typealias PaymentID = Identifier<IdentifierTags.Payment>
package typealias EOBID = Identifier<IdentifierTags.EOB>
/// Our number for a paper form that waits for a person, or has waited for one.
package typealias FormID = Identifier<IdentifierTags.Form>
/// The number by which a provider's books identify one of our checks: TRN02.
package typealias RemittanceID = Identifier<IdentifierTags.Remittance>
package typealias PayerID = Identifier<IdentifierTags.Payer>
/// A billing provider as payments and remittances identify it: by the NPI, else the tax ID, else the name.
package typealias ProviderReference = Identifier<IdentifierTags.Provider>
package typealias PlanID = Identifier<IdentifierTags.Plan>
/// One person. A dependent without their own number is identified by the subscriber's number, birth date, and first
/// name.
package typealias MemberID = Identifier<IdentifierTags.Member>
/// The people who share a family deductible and maximum, identified by the subscriber's member ID.
package typealias FamilyID = Identifier<IdentifierTags.Family>
package typealias RulesetID = Identifier<IdentifierTags.Ruleset>
/// An external system that receives events.
package typealias WebhookReceiverID = Identifier<IdentifierTags.WebhookReceiver>
