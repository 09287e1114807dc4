import ClaimFormats
import ClaimsDomain
import Testing

@Suite("A trading partner's profile is a file, and a mistake in it is refused")
struct PartnerFileTests {
  private static func read(_ text: String) throws -> PartnerProfile {
    try PartnerFile(Samples.file("partners/one.yaml", text)).profile()
  }

  @Test("Sender, application, usage and the named checks are read")
  func whole() throws {
    let profile = try Self.read(
      """
      sender: "0012"
      application: BILLING
      usage: test
      checks:
        npi_check_digit: error
        place_form: off
      """)
    let partner = PartnerProfile.Partner.sender("0012", application: "BILLING")
    #expect(profile == PartnerProfile(partner: partner, usage: .test, severities: [.npi: .error, .place: .off]))
    #expect(try Self.read("sender: \"*\"\n") == .standard)
  }

  static let mistakes = [
    ("usage: test\n", "partners/one.yaml:1:1: the profile has no \"sender\"; add it"),
    (
      "sender: A\nusage: prod\n",
      "partners/one.yaml:2:8: usage must be production or test, not \"prod\""
    ),
    (
      "sender: A\nchecks:\n  npi_check_digt: error\n",
      "partners/one.yaml:3:3: unknown key \"npi_check_digt\" in checks; did you mean \"npi_check_digit\"?"
    ),
    (
      "sender: A\nchecks:\n  place_form: fatal\n",
      "partners/one.yaml:3:15: place_form must be error or off or warning, not \"fatal\""
    ),
    (
      "sender: \"*\"\napplication: B\n",
      "partners/one.yaml:2:14: all others have no application in common; leave it out"
    ),
  ]

  @Test("Each mistake is reported with its line and what to do", arguments: mistakes)
  func mistake(text: String, said: String) {
    let error = #expect(throws: PlanFileError.self) { try Self.read(text) }
    #expect(error?.description == said)
  }

  @Test("One sender has one profile")
  func twice() throws {
    let files = ["one.yaml", "two.yaml"].map { Samples.file($0, "sender: A\n") }
    let error = #expect(throws: PlanFileError.self) { try PartnerFile.profiles(of: files) }
    #expect(error?.file == "two.yaml")
    let other = Samples.file("two.yaml", "sender: A\napplication: B\n")
    #expect(throws: Never.self) { try PartnerFile.profiles(of: [files[0], other]) }
  }
}
