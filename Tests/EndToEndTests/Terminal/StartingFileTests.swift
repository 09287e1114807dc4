import Testing

@Suite("claims new writes files to start from")
struct StartingFileTests {
  private static let day = ["--day", "2026-03-02"]

  /// Writes a file of each kind, where a folder of rules has it.
  private static func office() async throws -> Office {
    let office = try Office()
    let places = [
      "plan": "rules/plans/FIRST.yaml", "fees": "rules/fees/standard.csv", "members": "rules/members/members.csv",
      "services": "rules/services/services.csv", "payer": "payer.yaml", "claim": "claim.json",
    ]
    for (kind, place) in places {
      let run = try await office.claims(["new", kind, "--out", place] + day)
      #expect(run.way == .exited(0) && run.text == "wrote \(place)\n", "\(run.errors)")
    }
    return office
  }

  @Test("that are right, and that decide and pay a claim when they are put together", arguments: StoreKind.allCases)
  func together(kind: StoreKind) async throws {
    let office = try await Self.office()
    let store = try await kind.store(in: office)
    let check = try await office.claims(
      ["check", "rules", "payer.yaml", "claim.json", "--plans", "rules", "--received", "2026-03-10"])
    #expect(check.way == .exited(0) && check.text.hasSuffix("3 files: all good\n"), "\(check.text)\(check.errors)")
    let run = try await office.process(
      ["claim.json", "--plans", "rules", "--payer", "payer.yaml", "--eob", "letters"] + store.option)
    #expect(run.way == .exited(0) && run.text.contains("MY-0001      paid"), "\(run.text)\(run.errors)")
    let letter = try await office.shell("cat letters/*.txt")
    #expect(letter.text.contains("First Health Plan") && letter.text.contains("Clinic visit"))
  }

  @Test("never over a file that is there")
  func existing() async throws {
    let office = try await Self.office()
    try office.write("mine", to: "mine.yaml")
    let run = try await office.claims(["new", "plan", "--out", "mine.yaml"])
    #expect(run.way == .exited(64) && run.errors.contains("there is a file of this name"), "\(run.errors)")
    #expect(try office.text(of: "mine.yaml") == "mine")
  }

  @Test(
    "the same to standard output, with an explanation at the top",
    arguments: ["plan", "fees", "members", "services", "payer"])
  func standardOutput(kind: String) async throws {
    let run = try await Office().claims(["new", kind] + Self.day)
    #expect(run.way == .exited(0) && run.text.hasPrefix("# ") && !run.text.contains("{YEAR}"))
    #expect(try await Office().claims(["new", kind] + Self.day).output == run.output)
  }
}
