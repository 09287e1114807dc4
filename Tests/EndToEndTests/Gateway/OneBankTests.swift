import BankProtocol
import BankSimulator
import ClaimPipeline
import Foundation
import Subprocess
import Testing

@Suite("A store stays with the bank that first paid for it")
struct OneBankTests {
  private static let paid = 5

  /// Makes an office whose store has paid claims.
  private func officeAfterPayment() async throws -> Office {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    let run = try await office.process("in.837")
    #expect(run.way == .exited(65), "\(run.errors)")
    try await office.bankPaid(Self.paid)
    return office
  }

  @Test("a renamed store is paid by the same bank")
  func renamed() async throws {
    let office = try await officeAfterPayment()
    for ending in ["", "-wal", "-shm"] where office.has("claims.db\(ending)") {
      try FileManager.default.moveItem(
        atPath: office.path("claims.db\(ending)"), toPath: office.path("moved.db\(ending)"))
    }
    let run = try await office.process("in.837", "--store", "sqlite:moved.db")
    #expect(run.way == .exited(65), "\(run.errors)")
    #expect(!office.has("moved.bank.db"), "no second bank is created")
    try await office.bankPaid(Self.paid)
    try await office.verifiesClean("--store", "sqlite:moved.db")
  }

  @Test("a store opened through a symbolic link is the same store, from the first run on", arguments: [true, false])
  func linked(isFirstRun: Bool) async throws {
    let office = isFirstRun ? try Office() : try await officeAfterPayment()
    try office.write(SampleClaims.text, to: "in.837")
    try office.write("", to: "elsewhere/empty")
    if isFirstRun { try office.write([], to: "claims.db") }
    try FileManager.default.createSymbolicLink(
      atPath: office.path("elsewhere/link.db"), withDestinationPath: office.path("claims.db"))
    let run = try await office.process("in.837", "--store", "sqlite:elsewhere/link.db")
    #expect(run.way == .exited(65), "\(run.errors)")
    #expect(try await office.process("in.837").way == .exited(65))
    #expect(!office.has("elsewhere/link.bank.db"))
    try await office.bankPaid(Self.paid)
    try await office.verifiesClean()
  }

  @Test("a store copied to another folder is paid by the bank on record, and by no other bank beside it")
  func copied() async throws {
    let office = try await officeAfterPayment()
    try office.write("", to: "copy/empty")
    try FileManager.default.copyItem(atPath: office.path("claims.db"), toPath: office.path("copy/claims.db"))
    let run = try await office.process("in.837", "--store", "sqlite:copy/claims.db")
    #expect(run.way == .exited(65), "\(run.errors)")
    #expect(!office.has("copy/claims.bank.db"))
    try await office.bankPaid(Self.paid)
  }

  @Test("without its bank nothing is done, and the message names the bank and what to do")
  func bankGone() async throws {
    let office = try await officeAfterPayment()
    let id = try office.bank().id.text
    for ending in ["", "-wal", "-shm"] where office.has("claims.bank.db\(ending)") {
      try FileManager.default.moveItem(
        atPath: office.path("claims.bank.db\(ending)"), toPath: office.path("hidden.db\(ending)"))
    }
    let run = try await office.process("in.837")
    #expect(run.way == .exited(69))
    #expect(run.complaints.count == 1 && run.errors.contains(id) && run.errors.contains("--bank-db"), "\(run.errors)")
    #expect(run.errors.contains("whose books are not at "), "the one place is said once: \(run.errors)")
    #expect(try await office.claims(["verify"]).text.contains("--bank-db or --gateway names them"))
    #expect(!office.has("claims.bank.db"))
    // Another bank in its place is not the bank on record.
    _ = try office.bank()
    let other = try await office.process("in.837")
    #expect(other.way == .exited(69) && other.errors.contains(id), "\(other.errors)")
    try await office.bankPaid(0)
    let named = try await office.process("in.837", "--bank-db", "hidden.db")
    #expect(named.way == .exited(65), "\(named.errors)")
    try await office.bankPaid(Self.paid, in: "hidden.db")
  }

  @Test("every command that pays or reads asks for a missing --gateway, and refuses another bank")
  func forgottenGateway() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await Gateway.open(in: office, database: "real.db") { gateway in
      let run = try await office.process("in.837", "--gateway", gateway.url)
      #expect(run.way == .exited(65), "\(run.errors)")
      let forgotten = try await office.process("in.837")
      #expect(forgotten.way == .exited(64))
      #expect(forgotten.errors.contains(gateway.url) && forgotten.errors.contains("--gateway"), "\(forgotten.errors)")
    }
    #expect(!office.has("claims.bank.db"))
    _ = try await Gateway.open(in: office, database: "other.db") { other in
      for command in [["process", "in.837"], ["work", "--until-empty"], ["verify"], ["reconcile"]] {
        let refused = try await office.claims(command + ["--gateway", other.url])
        #expect(refused.way == .exited(64), "\(command): \(refused.errors)")
        let ids = [try office.bank("real.db").id.text, try office.bank("other.db").id.text]
        #expect(ids.allSatisfy(refused.errors.contains), "\(command): the message names both banks: \(refused.errors)")
      }
    }
    try await office.bankPaid(0, in: "other.db")
    try await office.bankPaid(Self.paid, in: "real.db")
    // The same books are the same bank, over HTTP or in the process.
    let run = try await office.process("in.837", "--bank-db", "real.db")
    #expect(run.way == .exited(65), "\(run.errors)")
    try await office.bankPaid(Self.paid, in: "real.db")
  }

  @Test("a PostgreSQL store without a gateway is refused before anything is created, with the reason and what to do")
  func postgresNeedsGateway() async throws {
    let office = try Office()
    let store = try await StoreKind.postgres.store(in: office)
    try office.write(SampleClaims.text, to: "in.837")
    for command in ["process", "work"] {
      let arguments = [command] + (command == "process" ? ["in.837"] : []) + store.option
      let run = try await Program.run(Program.path(), arguments, in: office.folder)
      #expect(run.way == .exited(64))
      #expect(run.complaints.count == 1 && run.errors.contains("claims gateway"), "\(run.errors)")
    }
    #expect(!office.has("claims.bank.db"))
  }

  @Test("a bank that is replaced during a run refuses requests meant for the other bank")
  func exchanged() async throws {
    let office = try Office()
    try office.write(ManyClaims(count: 60, seed: 5).text, to: "many.837")
    let command = ["many.837", "--enroll", "PPO", "--batch", "10"]
    // The test kills the gateway itself, so the error at its end is ignored.
    let rest = try? await Gateway.open(in: office, database: "real.db", faults: "delay=400ms:commit:count=60") { real in
      let port = try #require(real.url.split(separator: ":").last.flatMap { Int($0) })
      let run = Task { try await office.process(command + ["--gateway", real.url]) }
      while try await office.bank("real.db").transfers().isEmpty { try await Task.sleep(for: .milliseconds(20)) }
      kill(real.processIdentifier.value, SIGKILL)
      let other = try await Gateway.open(in: office, database: "other.db", port: port) { _ in try await run.value }
      #expect(other.value.way != .exited(0), "\(other.value.errors)")
    }
    _ = rest
    try await office.bankPaid(0, in: "other.db")
    let again = try await office.process(command + ["--bank-db", "real.db"])
    #expect(again.way == .exited(0), "\(again.errors)")
    try await office.bankPaid(60, in: "real.db")
  }
}
