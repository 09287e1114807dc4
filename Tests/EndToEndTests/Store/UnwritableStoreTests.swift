import BankSimulator
import Foundation
import Testing

@Suite("A store that cannot be written makes the run fail, and never lets it run unprotected")
struct UnwritableStoreTests {
  @Test("a missing folder is reported")
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

  @Test("a read-only store is reported")
  func readOnlyFile() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.process("in.837")
    try office.write(ManyClaims(count: 3, seed: 2).text, to: "many.837")
    // The store is read-only and the run is another user's, even if the tests run as root.
    let run = try await office.shell(
      "chmod 755 . && chmod 444 claims.db && \(Self.asNobody) \"$CLAIMS\" process many.837 --enroll PPO")
    #expect(run.way == .exited(69))
    #expect(run.complaints.count == 1 && run.errors.contains("claims.db"), "\(run.errors)")
    _ = try await office.shell("chmod 644 claims.db")
    try await office.bankPaid(5)
    try await office.verifiesClean()
  }

  @Test("a read-only folder is reported")
  func readOnlyFolder() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    let run = try await office.shell("chmod 555 . && \(Self.asNobody) \"$CLAIMS\" process in.837")
    _ = try await office.shell("chmod 755 .")
    #expect(run.way == .exited(69))
    #expect(run.complaints.count == 1 && run.errors.contains("check the folder and your rights to it"), "\(run.errors)")
    #expect(try office.files == ["in.837"])
  }

  /// Runs a command as another user, since file permissions do not apply to root.
  private static var asNobody: String {
    geteuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups" : ""
  }

  /// In blocks of 512 bytes: from too small for any table to large enough for nearly all claims.
  @Test(
    "after a full disk, the same command finishes once there is room, and each claim is paid once",
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
    #expect(paid < 60, "the disk became full only after all claims were paid")

    let roomy = try await office.shell("exec \"$CLAIMS\" \(process)")
    #expect(roomy.way == .exited(0), "\(roomy.errors)")
    try await office.bankPaid(60)
    try await office.verifiesClean()
  }
}
