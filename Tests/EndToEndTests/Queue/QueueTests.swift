import BankSimulator
import Foundation
import Testing

@Suite("A queue that workers share")
struct QueueTests {
  private static let received = ["--received", "2026-04-01"]

  /// With one job: of two jobs, each takes some of the claims, and which of two duplicates comes first is theirs to settle.
  @Test("a worker on a queue gives the same results as process on the file", arguments: StoreKind.allCases)
  func same(kind: StoreKind) async throws {
    let (office, other) = (try Office(), try Office())
    let store = try await kind.store(in: office)
    try office.write(SampleClaims.text, to: "in.837")
    try other.write(SampleClaims.text, to: "in.837")
    let first = try await office.claims(["submit", "in.837"] + Self.received + store.option)
    #expect(first.way == .exited(65) || first.way == .exited(0), "\(first.errors)")
    #expect(first.text.hasPrefix("15 claims queued"), "\(first.text)")
    let second = try await office.claims(["submit", "in.837"] + Self.received + store.option)
    #expect(second.text.hasPrefix("0 claims queued, 15 in the queue already"), "\(second.text)")

    let letters = ["--eob", "letters"]
    let worked = try await office.claims(
      ["work", "--jobs", "1", "--until-empty", "--output", "json"] + letters + store.option)
    #expect(worked.way == .exited(65), "one is rejected: \(worked.errors)")
    let processed = try await other.process(["in.837", "--output", "json"] + letters)
    #expect(Self.claims(worked.text) == Self.claims(processed.text))
    let (written, wanted) = (try await office.shell("ls letters").text, try await other.shell("ls letters").text)
    #expect(written == wanted && written.contains(".html"), "the same letters")
    try await office.bankPaid(5)
    let status = try await office.claims(["queue"] + store.option)
    #expect(status.text == "waiting 0  worked on 0  set aside 0\n")
  }

  @Test(
    "finished claims are not queued again, except for those that a person has released", arguments: StoreKind.allCases)
  func ended(kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    try office.write(SampleClaims.text, to: "in.837")
    let submit = ["submit", "in.837"] + Self.received + store.option
    let work = ["work", "--until-empty", "--output", "json"] + store.option
    _ = try await office.claims(submit)
    let worked = try await office.claims(work)
    #expect(try await store.sql("SELECT intake_key FROM queued_claims").isEmpty)
    let ended = try worked.reports().count { $0.status != "unsettled" }
    #expect(try await office.claims(submit).text.hasPrefix("0 claims queued, \(ended) at their end already\n"))
    let failed = try await office.claims(["keys", "list", "--status", "FAILED"] + store.option).text
    let key = try #require(failed.split(separator: " ").last?.trimmingCharacters(in: .whitespacesAndNewlines))
    _ = try await office.claims(["keys", "release", key, "--reason", "lines corrected"] + store.option)
    #expect(try await office.claims(submit).text.hasPrefix("1 claim queued, \(ended - 1) at their end already\n"))
    #expect(try await office.claims(work).reports().map(\.keys.intake) == [key])
    try await office.bankPaid(5)
  }

  @Test(
    "after a worker is killed just when the bank has paid, no claim is left unpaid and none is paid twice",
    arguments: StoreKind.allCases)
  func killed(kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.claims(["submit", "in.837"] + Self.received + store.option)
    let short = ["work", "--until-empty", "--lease", "1", "--lease-milliseconds", "500"] + store.option
    // The bank pays the whole batch and sends no answers.
    _ = try await Gateway.open(in: office, faults: "hang-after:commit:count=5") { gateway in
      let command = short + ["--gateway", gateway.url]
      let killed = try await Program.kill(try Program.path(), command, in: office.folder) {
        try await office.bank().transfers().count == 5
      }
      #expect(killed.way == .killed(signal: 9))
      let successor = try await office.claims(command)
      // One claim is rejected, by whichever of the two workers had it.
      #expect([.exited(0), .exited(65)].contains(successor.way), "\(successor.errors)")
    }
    try await office.bankPaid(5)
    #expect(try await office.claims(["queue"] + store.option).text == "waiting 0  worked on 0  set aside 0\n")
  }

  @Test("only a claim that kills every worker is set aside, until a person releases it")
  func poison() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.claims(["submit", "in.837"] + Self.received)
    // Each worker dies while the bank keeps it waiting; the next one starts after its leases have ended.
    _ = try await Gateway.open(in: office, faults: "hang:any") { gateway in
      let doomed = ["--until-empty", "--jobs", "1", "--lease", "1", "--lease-milliseconds", "500"]
      for _ in 1...6 {
        let before = try await gateway.strikes()
        let killed = try await Program.kill(
          try Program.path(), ["work", "--gateway", gateway.url] + doomed, in: office.folder
        ) { try await gateway.strikes() > before }
        #expect(killed.way == .killed(signal: 9))
        try await Task.sleep(for: .milliseconds(1_100))
      }
    }
    let worker = try await office.claims(["work", "--until-empty", "--lease", "1", "--bank-db", "claims.bank.db"])
    #expect(worker.way == .exited(65), "it is set aside: \(worker.errors)")
    let status = try await office.claims(["queue"])
    #expect(status.text == "waiting 0  worked on 0  set aside 1\n")
    let dead = try await office.claims(["queue", "dead"])
    let key = try #require(dead.text.split(separator: "\n").first.map(String.init))
    #expect(dead.text.contains("5 workers died at it"))
    #expect(try await office.claims(["queue", "release", key, "--reason", "mended"]).way == .exited(0))
    #expect(try await office.claims(["work", "--until-empty", "--bank-db", "claims.bank.db"]).way == .exited(0))
    try await office.bankPaid(5)
  }

  /// Returns the lines about claims, sorted, since workers finish them in any order.
  private static func claims(_ text: String) -> [String] {
    text.split(separator: "\n").map(String.init).filter { $0.hasPrefix("{\"claim_number\"") }.sorted()
  }
}
