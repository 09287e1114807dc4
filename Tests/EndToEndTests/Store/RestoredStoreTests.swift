import BankSimulator
import Foundation
import Testing

@Suite("A store that was restored from a backup, or that shares its bank, pays no claim a second time")
struct RestoredStoreTests {
  private static let paid = 5

  private func backUp(_ office: Office, to name: String) throws {
    for ending in ["", "-wal"] where office.has("claims.db\(ending)") {
      try FileManager.default.copyItem(
        atPath: office.path("claims.db\(ending)"), toPath: office.path("\(name)\(ending)"))
    }
  }

  private func restore(_ office: Office, from name: String) throws {
    for ending in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: office.path("claims.db\(ending)"))
      guard office.has("\(name)\(ending)") else { continue }
      try FileManager.default.copyItem(
        atPath: office.path("\(name)\(ending)"), toPath: office.path("claims.db\(ending)"))
    }
  }

  /// Makes an office that processed the sample claims in two files, with a backup in between, and restores the backup.
  private func office() async throws -> Office {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    try office.write(ManyClaims(count: 4, seed: 9).text, to: "first.837")
    _ = try await office.process("first.837", "--enroll", "PPO")
    try backUp(office, to: "backup.db")
    let run = try await office.process("in.837")
    #expect(run.way == .exited(65), "\(run.errors)")
    try restore(office, from: "backup.db")
    return office
  }

  @Test("a restored store does nothing until it is reconciled; then each claim is closed with its existing payment")
  func behind() async throws {
    let office = try await office()
    for command in [["process", "in.837"], ["work", "--until-empty"]] {
      let refused = try await office.claims(command)
      #expect(refused.way == .exited(69))
      #expect(refused.complaints.count == 1 && refused.errors.contains("claims reconcile"), "\(refused.errors)")
    }
    try await office.bankPaid(Self.paid + 4)
    let reconciled = try await office.claims(["reconcile"])
    #expect(reconciled.way == .exited(65), "claims remain to be processed again")
    #expect(reconciled.text.contains("\(Self.paid) transfers found"), "\(reconciled.text)")

    let run = try await office.process("in.837", "--output", "json")
    #expect(run.way == .exited(65), "\(run.errors)")
    #expect(try run.reports().filter { $0.status == "paid" }.count == 7, "two of the claims pay nothing")
    try await office.bankPaid(Self.paid + 4)
    try await office.verifiesClean()
    let done = try await office.claims(["reconcile"])
    #expect(done.way == .exited(0) && done.text.contains("every transfer is accounted for"), "\(done.text)")
  }

  @Test("if other plans or another order make another amount due, nothing is paid, and a person reviews the claim")
  func otherPlans() async throws {
    let office = try await office()
    try office.writePlans(to: "rules")
    let fees = try office.text(of: "rules/fees/standard.csv")
    try office.write(fees.replacing("125.00", with: "131.00"), to: "rules/fees/standard.csv")
    _ = try await office.claims(["reconcile"])
    let run = try await office.process("in.837", "--plans", "rules", "--output", "json")
    let waiting = try run.reports().filter { $0.status == "suspended" }
    #expect(waiting.contains { $0.reason?.text.contains("the bank has paid this claim") == true }, "\(run.text)")
    try await office.bankPaid(Self.paid + 4)
    let left = try await office.claims(["reconcile", "--output", "json"])
    #expect(left.way == .exited(65) && left.text.contains("\"meaning\":\"differs\""), "\(left.text)")
  }

  @Test("with two stores at one bank, the second pays nothing that the first has paid", arguments: [true, false])
  func twoStores(isReconciled: Bool) async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.process("in.837", "--bank-db", "claims.bank.db")
    let second = ["in.837", "--store", "sqlite:second.db", "--bank-db", "claims.bank.db"]
    let refused = try await office.process(second)
    #expect(refused.way == .exited(69) && refused.errors.contains("claims reconcile"), "\(refused.errors)")
    if isReconciled {
      let reconciled = try await office.claims(
        ["reconcile", "--store", "sqlite:second.db", "--bank-db", "claims.bank.db"])
      #expect(reconciled.way == .exited(65), "\(reconciled.text)\(reconciled.errors)")
      #expect(try await office.process(second).way == .exited(65))
      try await office.verifiesClean("--store", "sqlite:second.db")
    }
    try await office.bankPaid(Self.paid)
  }

  @Test("with two concurrent runs on two stores at one bank, the bank itself pays each claim once")
  func race() async throws {
    let office = try Office()
    try office.write(ManyClaims(count: 150, seed: 12).text, to: "many.837")
    let command = ["many.837", "--enroll", "PPO", "--batch", "10", "--bank-db", "shared.db"]
    async let first = office.process(command + ["--store", "sqlite:first.db"])
    async let second = office.process(command + ["--store", "sqlite:second.db"])
    _ = try await [first, second]
    let transfers = try await office.bank("shared.db").transfers()
    #expect(Set(transfers.map(\.reference)).count == transfers.count, "no claim is paid twice")
    #expect(try await office.bank("shared.db").duplicates().isEmpty)
  }
}
