/// The profiles of all trading partners. They are no part of the ruleset: they say what is taken in, not what is decided.
package struct PartnerProfiles: Hashable, Sendable {
  private let profiles: [PartnerProfile.Partner: PartnerProfile]

  /// - Parameter profiles: one a partner.
  package init(_ profiles: [PartnerProfile] = []) {
    self.profiles = Dictionary(profiles.map { ($0.partner, $0) }) { first, _ in first }
  }

  /// The closest: sender and application, then the sender, then the one for all others.
  package func profile(of sender: ClaimSender?) -> PartnerProfile {
    let own = sender.flatMap { sender in
      profiles[.sender(sender.identifier, application: sender.application)]
        ?? profiles[.sender(sender.identifier, application: nil)]
    }
    return own ?? profiles[.others] ?? .standard
  }

  /// The first failure that the claim is sent back for.
  package func error(in claim: SubmittedClaim) -> PartnerFinding? { findings(in: claim, of: .error).first }

  /// The failures it goes on with.
  package func warnings(in claim: SubmittedClaim) -> [PartnerFinding] { findings(in: claim, of: .warning) }

  /// A revision is a claim that was taken in before, and is not checked again.
  private func findings(in claim: SubmittedClaim, of severity: PartnerCheck.Severity) -> [PartnerFinding] {
    guard claim.revision == nil else { return [] }
    let findings = claim.partnerFindings
    guard !findings.isEmpty else { return [] }
    let profile = profile(of: claim.sender)
    return findings.filter { profile.severity(of: $0.check, from: claim.sender) == severity }
  }
}

/// What was agreed with one sender of claims: how grave each check is.
package struct PartnerProfile: Hashable, Sendable {
  /// Whose claims it is for.
  package enum Partner: Hashable, Sendable {
    /// ISA06, and GS02 where one sender has several applications.
    case sender(String, application: String?)
    /// Whoever has no profile of their own, and claims in formats that name no sender.
    case others
  }

  package enum Usage: String, Hashable, Sendable, CaseIterable {
    case production, test
  }

  package let partner: Partner
  /// Overrides ISA15: a partner may be taken at their word, or held to be testing still.
  package let usage: Usage?
  /// Checks that are not named are warnings.
  package let severities: [PartnerCheck: PartnerCheck.Severity]
  /// How closely its claims are held to their implementation guide.
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

  /// Every check a warning: most senders' test files fail some, and whoever wants more says so.
  package static let standard = PartnerProfile(partner: .others)

  /// Whether claims of a sender are taken for tests.
  package func takesForTest(_ sender: ClaimSender?) -> Bool {
    usage.map { $0 == .test } ?? (sender?.isProduction == false)
  }

  /// What a failure means for a claim. Test data is never sent back for it; a claim whose format does not say is no test.
  package func severity(of check: PartnerCheck, from sender: ClaimSender?) -> PartnerCheck.Severity {
    let written = severities[check] ?? .warning
    return written == .error && takesForTest(sender) ? .warning : written
  }
}

/// A check of a claim in itself that not every sender passes: how grave a failure is stands in the sender's profile.
package enum PartnerCheck: String, Hashable, Sendable, CaseIterable {
  /// The check digit of the NPI of the billing and the rendering provider.
  case npi = "npi_check_digit"
  /// Diagnoses have the form of ICD-10-CM. Whether there is such a code, and on that day, is decided by the table.
  case diagnosis = "diagnosis_form"
  /// Place of service, or the first two digits of the type of bill: two digits.
  case place = "place_form"
  /// Procedures have the form of HCPCS.
  case procedure = "procedure_form"

  package enum Severity: String, Hashable, Sendable, CaseIterable {
    /// The claim is sent back; in test data it is a warning.
    case error
    /// It is told, and the claim goes on.
    case warning
    case off
  }
}

/// A check that a claim fails. No part of it carries member data: a diagnosis is told by its place, never by its code.
package struct PartnerFinding: Hashable, Sendable {
  package let check: PartnerCheck
  /// As X12 names it: `NM1*85`, `HI02-2`, `SV101-2`.
  package let element: String
  package let reason: String

  /// One line for people.
  package var text: String { "\(element): \(reason)" }
}
