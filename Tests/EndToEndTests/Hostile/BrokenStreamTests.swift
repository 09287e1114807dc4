import Foundation
import TestSupport
import Testing

@Suite("Full or closed standard streams", .temporaryFolder)
struct BrokenStreamTests {
  private static let process = "\"$CLAIMS\" process in.837 --received 2026-04-01 --progress always"

  @Test(
    "a run whose errors cannot be printed still decides every claim, and pays none twice",
    arguments: ["2>/dev/full", "2>&-", "2> >(exec true)"])
  func errors(redirection: String) async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    let heard = try await office.shell(Self.process)
    let other = try Office()
    try other.write(SampleClaims.text, to: "in.837")
    let unheard = try await other.shell("exec bash -c '\(Self.process) \(redirection)'")
    #expect(unheard.way == .exited(65), "\(unheard.way)")
    #expect(
      unheard.text.split(separator: "\n").map(\.count).count == heard.text.split(separator: "\n").map(\.count).count)
    try await other.bankPaid(5)
    try await other.verifiesClean()
  }

  @Test(
    "a usage error or a missing store still ends with its exit status",
    arguments: [("process --color", 64), ("show X", 69), ("rules import --into rules absent.csv", 65)])
  func refusals(command: String, status: Int) async throws {
    let office = try Office()
    for redirection in ["2>/dev/full", "2>&-"] {
      let run = try await office.shell("\"$CLAIMS\" \(command) \(redirection)")
      #expect(run.way == .exited(status), "\(command) \(redirection): \(run.way)")
    }
  }

  @Test("results that cannot be printed are a separate error, and no result is lost")
  func output() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    let full = try await office.shell("\(Self.process) >/dev/full")
    #expect(full.way == .exited(74))
    #expect(full.complaints.last == "claims: standard output cannot be written: No space left on device")
    let again = try await office.shell(Self.process)
    #expect(again.way == .exited(65))
    try await office.bankPaid(5)
    try await office.verifiesClean()
    for command in ["verify", "show DEMO-001", "keys list", "queue", "migrate --status", "--help"] {
      let run = try await office.shell("\"$CLAIMS\" \(command) >/dev/full")
      #expect(run.way == .exited(74), "\(command): \(run.way)")
    }
  }

  @Test("a written file never takes the number of a closed standard stream")
  func closedStreams() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    let run = try await office.shell("\(Self.process) --eob letters 0<&- 1>&- 2>&-")
    #expect(run.way == .exited(65))
    let other = try Office()
    try other.write(SampleClaims.text, to: "in.837")
    _ = try await other.shell("\(Self.process) --eob letters")
    let letters = try FileManager.default.contentsOfDirectory(atPath: other.path("letters")).sorted()
    #expect(letters.count > 10)
    for letter in letters {
      #expect(try office.bytes(of: "letters/\(letter)") == other.bytes(of: "letters/\(letter)"), "\(letter)")
    }
    try await office.bankPaid(5)
    try await office.verifiesClean()
  }
}
