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
