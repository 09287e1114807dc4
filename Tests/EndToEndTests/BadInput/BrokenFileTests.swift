import ClaimFormats
import Testing

@Suite("A file that is not a file of claims is reported in one line, and nothing else is affected")
struct BrokenFileTests {
  @Test("the line states the file, what is wrong with it and what to do", arguments: BrokenFile.all)
  func oneLine(file: BrokenFile) async throws {
    let office = try Office()
    try office.write(file.bytes, to: file.name)
    let run = try await office.process(file.name)
    #expect(run.way == .exited(65))
    #expect(run.complaints == ["claims: \(file.name): \(file.said)"])
    try await office.verifiesClean()
    try await office.bankPaid(0)
  }

  @Test("the other files in the folder are processed")
  func neighbors() async throws {
    let office = try Office()
    for file in BrokenFile.all { try office.write(file.bytes, to: "inbox/\(file.name)") }
    try office.write(ManyClaims(count: 3, seed: 1).text, to: "inbox/many.837")
    let run = try await office.process("inbox", "--enroll", "PPO", "--output", "json")
    #expect(run.way == .exited(65))
    #expect(run.complaints.count == BrokenFile.all.count)
    #expect(try run.reports().map(\.status) == ["paid", "paid", "paid"])
    try await office.verifiesClean()
    try await office.bankPaid(3)
  }

  @Test("an empty folder or a missing file creates no store")
  func nothingThere() async throws {
    let office = try Office()
    try office.write("", to: "empty/.keep")
    let folder = try await office.process("empty")
    #expect(folder.way == .exited(65))
    #expect(
      folder.complaints == ["claims: empty: the folder has no files in it; name a folder with claims"])
    let file = try await office.process("absent.837")
    #expect(file.way == .exited(65))
    #expect(file.complaints == ["claims: absent.837: there is no such file or folder"])
    #expect(try office.files == ["empty"])
  }
}
