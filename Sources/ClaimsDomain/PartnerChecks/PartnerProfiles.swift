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
