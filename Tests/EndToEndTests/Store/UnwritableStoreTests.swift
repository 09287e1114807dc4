import Foundation
import BankSimulator
import Testing

@Suite("A store that cannot be written fails the run, and never lets it run unchecked")
struct UnwritableStoreTests {
  @Test("a folder that is not there")
  func absentFolder() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    let run = try await office.process("in.837", "--store", "sqlite:absent/claims.db")
    #expect(run.way == .exited(69))
    #expect(
      run.complaints == [
        "claims: the store cannot be reached: absent/claims.db cannot be opened; check the folder and your rights to it"
      ])
    #expect(try office.files == ["in.837"])
  }

  @Test("a store one may read but not write")
  func readOnlyFile() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.process("in.837")
    try office.write(ManyClaims(count: 3, seed: 2).text, to: "many.837")
    // Nobody but its owner may write here; and the run is nobody's, also where the tests are root's.
    let run = try await office.shell(
      "chmod 755 . && chmod 444 claims.db && \(Self.asNobody) \"$CLAIMS\" process many.837 --enroll PPO")
    #expect(run.way == .exited(69))
    #expect(run.complaints.count == 1 && run.errors.contains("claims.db"), "\(run.errors)")
    _ = try await office.shell("chmod 644 claims.db")
    try await office.bankPaid(5)
    try await office.verifiesClean()
  }

  @Test("a folder one may not write")
  func readOnlyFolder() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    let run = try await office.shell("chmod 555 . && \(Self.asNobody) \"$CLAIMS\" process in.837")
    _ = try await office.shell("chmod 755 .")
    #expect(run.way == .exited(69))
    #expect(run.complaints.count == 1 && run.errors.contains("check the folder and your rights to it"), "\(run.errors)")
    #expect(try office.files == ["in.837"])
  }

  /// For root permissions do not hold, so the run is somebody else's.
  private static var asNobody: String {
    geteuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups" : ""
  }

  /// In blocks of 512 bytes: from what holds no table yet to what holds nearly all claims.
  @Test(
    "a full disk: with room again the same command finishes, each claim paid once",
    arguments: [8, 200, 500, 900, 1_400])
  func fullDisk(blocks: Int) async throws {
    let office = try Office()
    try office.write(ManyClaims(count: 60, seed: 3).text, to: "many.837")
    let process = "process many.837 --enroll PPO --received 2026-04-01 --batch 10 --jobs 1"
    let full = try await office.shell(
      "trap '' XFSZ; ulimit -f \(blocks); exec \"$CLAIMS\" \(process) --lease-milliseconds 200")
    #expect(full.way == .exited(69), "\(full.text)\(full.errors)")
    #expect(full.complaints.allSatisfy { $0.hasPrefix("claims: ") } && !full.complaints.isEmpty)
    let paid = office.has("claims.bank.db") ? try await office.bank().transfers().count : 0
    #expect(paid < 60, "the disk was not full before all was done")

    let roomy = try await office.shell("exec \"$CLAIMS\" \(process)")
    #expect(roomy.way == .exited(0), "\(roomy.errors)")
    try await office.bankPaid(60)
    try await office.verifiesClean()
  }
}
