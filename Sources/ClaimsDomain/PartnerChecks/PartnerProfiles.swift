/// The profiles of all trading partners. They are not part of the ruleset: they determine what is accepted, not what is
/// decided.
package struct PartnerProfiles: Hashable, Sendable {
  private let profiles: [PartnerProfile.Partner: PartnerProfile]

  /// - Parameter profiles: One profile for each partner.
  package init(_ profiles: [PartnerProfile] = []) {
    self.profiles = Dictionary(profiles.map { ($0.partner, $0) }) { first, _ in first }
  }

  /// The most specific profile: for sender and application, then for the sender, then for all others.
  package func profile(of sender: ClaimSender?) -> PartnerProfile {
    let own = sender.flatMap { sender in
      profiles[.sender(sender.identifier, application: sender.application)]
        ?? profiles[.sender(sender.identifier, application: nil)]
    }
    return own ?? profiles[.others] ?? .standard
  }

  /// The failures that send the claim back.
  package func errors(in claim: SubmittedClaim) -> [PartnerFinding] { findings(in: claim, of: .error) }

  /// The failures that do not stop the claim, each check once.
  package func warnings(in claim: SubmittedClaim) -> [PartnerFinding] { allWarnings(in: claim).firstOfEachCheck }

  /// The failures that do not stop the claim, in every place.
  package func allWarnings(in claim: SubmittedClaim) -> [PartnerFinding] { findings(in: claim, of: .warning) }

  /// The failures of what could be read of a rejected claim that would send it back.
  package func errors(in claim: PartialClaim) -> [PartnerFinding] { findings(in: claim, of: .error) }

  /// The failures of what could be read of a rejected claim that would not stop it.
  package func warnings(in claim: PartialClaim) -> [PartnerFinding] { findings(in: claim, of: .warning) }

  /// A revision is a claim that was accepted earlier, so it is not checked again.
  private func findings(in claim: SubmittedClaim, of severity: PartnerCheck.Severity) -> [PartnerFinding] {
    claim.revision == nil ? findings(in: PartialClaim(claim), of: severity) : []
  }

  private func findings(in claim: PartialClaim, of severity: PartnerCheck.Severity) -> [PartnerFinding] {
    let findings = claim.partnerFindings
    guard !findings.isEmpty else { return [] }
    let profile = profile(of: claim.sender)
    return findings.filter { profile.severity(of: $0.check, from: claim.sender) == severity }
  }
}

/// The agreement with one sender of claims: how severe each check is.
package struct PartnerProfile: Hashable, Sendable {
  /// The partner that the profile is for.
  package enum Partner: Hashable, Sendable {
    /// ISA06, and GS02 when one sender has several applications.
    case sender(String, application: String?)
    /// Any sender without a profile of its own, and claims in formats that name no sender.
    case others
  }

  package enum Usage: String, Hashable, Sendable, CaseIterable {
    case production, test
  }

  package let partner: Partner
  /// Overrides ISA15: a partner may be treated as in production, or as still testing.
  package let usage: Usage?
  /// Severities by check; checks not listed are warnings.
  package let severities: [PartnerCheck: PartnerCheck.Severity]
  /// How strictly the partner's claims must follow their implementation guide.
  package let guide: GuideChecks

  package init(
    partner: Partner, usage: Usage? = nil, severities: [PartnerCheck: PartnerCheck.Severity] = [:],
    guide: GuideChecks = .standard
  ) {
    self.guide = guide
    self.partner = partner
    self.usage = usage
    self.severities = severities
  }

  /// Treats every check as a warning, because most senders' test files fail some; stricter treatment requires a
  /// profile.
  package static let standard = PartnerProfile(partner: .others)

  /// Whether claims from a sender are treated as tests.
  package func takesForTest(_ sender: ClaimSender?) -> Bool {
    usage.map { $0 == .test } ?? (sender?.isProduction == false)
  }

  /// What a failure means for a claim. Test data is never sent back for a failure. A claim whose format does not
  /// specify test or production is not a test.
  package func severity(of check: PartnerCheck, from sender: ClaimSender?) -> PartnerCheck.Severity {
    let written = severities[check] ?? .warning
    return written == .error && takesForTest(sender) ? .warning : written
  }
}

/// A check of the claim itself that not every sender passes. The sender's profile sets the severity of a failure.
package enum PartnerCheck: String, Hashable, Sendable, CaseIterable {
  /// The check digit of the NPI of the billing and the rendering provider.
  case npi = "npi_check_digit"
  /// Diagnoses have the form of ICD-10-CM. The table decides whether the code exists, and on which days.
  case diagnosis = "diagnosis_form"
  /// Place of service, or the first two digits of the type of bill: two digits.
  case place = "place_form"
  /// Procedures have the form of HCPCS.
  case procedure = "procedure_form"

  package enum Severity: String, Hashable, Sendable, CaseIterable {
    /// The claim is sent back; in test data it is a warning.
    case error
    /// The failure is reported, and the claim proceeds.
    case warning
    case off
  }
}

/// A check that a claim fails. It carries no member data: a diagnosis is identified by its position, never by its code.
package struct PartnerFinding: Hashable, Sendable {
  package let check: PartnerCheck
  /// The X12 element, such as `NM1*85`, `HI02-2`, or `SV101-2`.
  package let element: String
  package let reason: String

  /// Returns one line of text for people. Only X12 has elements of these names.
  package func text(inX12: Bool) -> String { inX12 ? "\(element): \(reason)" : reason }
}
