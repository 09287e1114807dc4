import ClaimsDomain
import Testing

@Suite("The sender's profile sets the severity of a failed check")
struct PartnerProfileTests {
  private static func sender(_ identifier: String = "CLINIC", _ application: String = "APP", isProduction: Bool = true)
    -> ClaimSender
  {
    ClaimSender(identifier: identifier, application: application, isProduction: isProduction)
  }

  private static func claim(from sender: ClaimSender?) throws -> SubmittedClaim {
    var claim = try Sample.claim([Sample.line(charge: "1")])
    claim.billingProvider.npi = "1234567890"
    claim.sender = sender
    return claim
  }

  private static func fault(_ claim: SubmittedClaim, _ profiles: PartnerProfiles) throws -> ClaimFault? {
    var claim = claim
    // Set the flag as a reader would.
    claim.isTest = profiles.profile(of: claim.sender).takesForTest(claim.sender) ? true : nil
    return ClaimValidation(received: try Sample.day("2026-04-01"), partners: profiles).firstFault(in: claim)
  }

  @Test("Without a profile every failure is a warning, even in production", arguments: [true, false])
  func standard(isProduction: Bool) throws {
    let claim = try Self.claim(from: Self.sender(isProduction: isProduction))
    #expect(try Self.fault(claim, PartnerProfiles()) == nil)
    #expect(PartnerProfiles().warnings(in: claim).map(\.check) == [.npi])
  }

  @Test("An error sends the claim back, a warning is reported, and a check that is off has no effect")
  func severities() throws {
    let claim = try Self.claim(from: Self.sender())
    for severity in PartnerCheck.Severity.allCases {
      let profiles = PartnerProfiles([PartnerProfile(partner: .others, severities: [.npi: severity])])
      let fault = try Self.fault(claim, profiles)
      #expect(fault?.element(of: .professional) == (severity == .error ? "NM1*85" : nil))
      #expect(profiles.warnings(in: claim).count == (severity == .warning ? 1 : 0))
    }
  }

  @Test(
    "Test data is never sent back; usage overrides ISA15, and a claim without a usage is not a test",
    arguments: [
      (true, nil, true), (false, nil, false), (true, .test, false), (false, .production, true), (nil, nil, true),
      (nil, .test, false),
    ] as [(Bool?, PartnerProfile.Usage?, Bool)])
  func usage(isProduction: Bool?, usage: PartnerProfile.Usage?, isError: Bool) throws {
    let claim = try Self.claim(from: isProduction.map { Self.sender(isProduction: $0) })
    let profiles = PartnerProfiles([PartnerProfile(partner: .others, usage: usage, severities: [.npi: .error])])
    #expect((try Self.fault(claim, profiles) != nil) == isError)
    #expect(profiles.warnings(in: claim).isEmpty == isError)
  }

  @Test("A claim from a testing sender that was not read as a test is sent back", arguments: [true, false])
  func readInEarnest(isProduction: Bool) throws {
    let profiles = PartnerProfiles([PartnerProfile(partner: .others, usage: .test)])
    for sender in [Self.sender(isProduction: isProduction), nil] {
      var claim = try Self.claim(from: sender)
      let validation = ClaimValidation(received: try Sample.day("2026-04-01"), partners: profiles)
      #expect(validation.firstFault(in: claim) == .testReadInEarnest)
      claim.isTest = true
      #expect(validation.firstFault(in: claim) == nil)
    }
  }

  @Test("The most specific profile applies: sender and application, then sender, then all others")
  func closest() {
    let written: [PartnerProfile] = [
      PartnerProfile(partner: .others, severities: [.npi: .off]),
      PartnerProfile(partner: .sender("CLINIC", application: nil), severities: [.npi: .warning]),
      PartnerProfile(partner: .sender("CLINIC", application: "APP"), severities: [.npi: .error]),
    ]
    let profiles = PartnerProfiles(written)
    #expect(profiles.profile(of: Self.sender()) == written[2])
    #expect(profiles.profile(of: Self.sender("CLINIC", "OTHER")) == written[1])
    #expect(profiles.profile(of: Self.sender("ELSE", "APP")) == written[0])
    #expect(profiles.profile(of: nil) == written[0])
    #expect(PartnerProfiles(Array(written[1...])).profile(of: nil) == .standard)
  }

  @Test("A revision of an accepted claim is not checked again")
  func revision() throws {
    let profiles = PartnerProfiles([PartnerProfile(partner: .others, severities: [.npi: .error])])
    var claim = try Self.claim(from: Self.sender())
    #expect(try Self.fault(claim, profiles) != nil)
    claim.revision = ClaimRevision(replaces: ClaimIntakeID("CLM-1"), cause: .rules, ruleset: RulesetID("R2"))
    #expect(try Self.fault(claim, profiles) == nil && profiles.warnings(in: claim).isEmpty)
  }
}
