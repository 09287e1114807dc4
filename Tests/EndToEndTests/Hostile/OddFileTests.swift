import Foundation
import GRDB
import SystemPackage
import TestSupport
import Testing

@Suite("Special files, and a machine that lacks resources", .temporaryFolder)
struct OddFileTests {
  @Test("a pipe and a socket in a folder are refused in one line each, and the claims beside them are paid")
  func folder() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "inbox/in.837")
    _ = try await office.shell(
      "mkfifo inbox/a.pipe && python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind(\"inbox/b.socket\")'")
    let run = try await office.process("inbox")
    #expect(run.way == .exited(65))
    #expect(run.complaints.first?.contains("inbox/a.pipe: is a pipe, not a file") == true, "\(run.errors)")
    #expect(run.complaints.dropFirst().first?.contains("inbox/b.socket") == true, "\(run.errors)")
    try await office.bankPaid(5)
    for command in [["remit", "verify", "inbox"], ["enroll", "inbox"], ["eligibility", "inbox", "--out", "out"]] {
      #expect(try await office.claims(command).way == .exited(65), "\(command)")
    }
  }

  @Test("a named pipe is waited for, and SIGTERM ends the wait")
  func pipe() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.shell("mkfifo quiet.pipe")
    let run = try await Program.run(
      Program.path(), ["process", "in.837", "quiet.pipe", "--batch", "1"] + Office.received, in: office.folder
    ) { process in _ = kill(process, SIGTERM) }
    #expect(run.way == .exited(130), "\(run.errors)")
    let resumed = try await office.shell(
      "cat in.837 > quiet.pipe & \"$CLAIMS\" process quiet.pipe --received 2026-04-01")
    #expect(resumed.way == .exited(65))
    try await office.bankPaid(5)
  }

  @Test(
    "a device is refused",
    arguments: [
      ["process", "/dev/zero"], ["rules", "import", "--into", "rules", "/dev/zero"],
      ["process", "in.837", "--payer", "/dev/zero", "--remit", "out"],
    ])
  func device(command: [String]) async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    let run = try await office.claims(command)
    #expect(run.way == .exited(65))
    #expect(run.errors.contains("is a device") || run.errors.contains("is no regular file"), "\(run.errors)")
  }

  @Test(
    "too few file descriptors are reported as such, and not as the sender's fault", arguments: [8, 12, 16, 24, 40, 63])
  func descriptors(count: Int) async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    let run = try await office.shell("ulimit -n \(count); exec \"$CLAIMS\" process in.837 --received 2026-04-01")
    #expect(run.way == .exited(69))
    #expect(
      run.complaints == ["claims: this program may open only \(count) files, and needs 64; raise the limit (ulimit -n)"]
    )
    #expect(try office.files == ["in.837"])
  }

  @Test("exactly enough file descriptors are sufficient, even if the soft limit is lower")
  func enoughDescriptors() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    let run = try await office.shell(
      "ulimit -Hn 64; ulimit -Sn 10; exec \"$CLAIMS\" process in.837 --received 2026-04-01")
    #expect(run.way == .exited(65), "\(run.errors)")
    try await office.bankPaid(5)
  }
}

@Suite("A read-only store", .temporaryFolder)
struct ReadOnlyStoreTests {
  /// Runs a command as another user, since file permissions do not apply to root.
  private static var asNobody: String {
    geteuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups" : ""
  }

  private static let readers = [
    "verify", "show DEMO-001", "keys list", "suspense", "queue", "queue dead", "remit list", "migrate --status",
  ]

  @Test("a backup in a read-only folder can be read, and stays unchanged")
  func backup() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.process("in.837")
    _ = try await office.shell("chmod 444 claims.db claims.bank.db && chmod 555 .")
    let (files, bytes) = (try office.files, try office.bytes(of: "claims.db"))
    for command in Self.readers {
      let run = try await office.shell("\(Self.asNobody) \"$CLAIMS\" \(command)")
      #expect(run.way == .exited(0), "\(command): \(run.errors)")
    }
    let release = try await office.shell("\(Self.asNobody) \"$CLAIMS\" keys release k --reason r")
    #expect(release.way == .exited(69), "\(release.errors)")
    #expect(try office.files == files)
    #expect(try office.bytes(of: "claims.db") == bytes)
    _ = try await office.shell("chmod 755 .")
  }

  @Test("a store whose log cannot be read is refused, and the log is named")
  func log() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.process("in.837")
    // A copy made during writes: the last changes are only in the log.
    let database = try DatabasePool(path: office.path("claims.db"))
    try await database.write { try $0.execute(sql: "CREATE TABLE later (x)") }
    _ = try await office.shell(
      "mkdir copy && cp claims.db claims.db-wal copy && chmod 444 copy/* && chmod 555 copy && chmod 755 .")
    for command in ["verify", "show DEMO-001"] {
      let run = try await office.shell("cd copy && \(Self.asNobody) \"$CLAIMS\" \(command)")
      #expect(run.way == .exited(69))
      #expect(run.complaints.count == 1 && run.errors.contains("claims.db-wal holds changes"), "\(run.errors)")
    }
    _ = try await office.shell("chmod 755 copy")
    try database.close()
  }
}
