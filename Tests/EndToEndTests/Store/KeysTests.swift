import Foundation
import Testing

@Suite("claims keys: archived keys are still answered, and a release is on record")
struct KeysTests {
  @Test("archived keys are listed, shown and replayed, and nothing is paid again", arguments: StoreKind.allCases)
  func archive(kind: StoreKind) async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    let store = try await kind.store(in: office)
    let first = try await office.process(["in.837", "--output", "json"] + store.option)
    let payments = try first.reports().compactMap(\.keys.payment)
    let payment = try #require(payments.first)
    let before = try await office.claims(["replay", payment] + store.option)
    let live = try await office.claims(["keys", "list"] + store.option).complaintFreeLines
    #expect(!live.isEmpty && !live.contains { $0.contains("archived") })
    #expect(
      try await office.claims(["keys", "archive"] + store.option).text == "0 keys archived\n", "no key has expired yet")

    try await store.sql("UPDATE effect_keys SET expires_at = 1")
    #expect(try await office.claims(["keys", "archive"] + store.option).text == "\(live.count) keys archived\n")
    #expect(try await office.claims(["keys", "archive"] + store.option).text == "0 keys archived\n")

    let archived = try await office.claims(["keys", "list"] + store.option).complaintFreeLines
    #expect(archived.allSatisfy { $0.contains("  archived  idemp:") })
    #expect(archived.map { $0.replacing("archived  ", with: "") }.sorted() == live.sorted())
    let paid = try await office.claims(["keys", "list", "--effect", "pay"] + store.option).complaintFreeLines
    #expect(paid.count == payments.count)
    let shown = try await office.claims(["keys", "show", payment] + store.option)
    #expect(shown.text.contains("status       COMPLETED (archived)\n"))
    #expect(try await office.claims(["replay", payment] + store.option).output == before.output)

    let again = try await office.process(["in.837", "--output", "json"] + store.option)
    #expect(try again.reports().filter { $0.keys.intake != nil }.allSatisfy(\.replayed))
    try await office.bankPaid(5)
    try await office.verifiesClean("--store", store.name)
  }

  @Test(
    "a refused key is released with a reason, even from the archive, and the act is on record",
    arguments: StoreKind.allCases, [false, true])
  func release(kind: StoreKind, isArchived: Bool) async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    let store = try await kind.store(in: office)
    _ = try await office.process(["in.837"] + store.option)
    if isArchived {
      try await store.sql("UPDATE effect_keys SET expires_at = 1")
      _ = try await office.claims(["keys", "archive"] + store.option)
    }
    let refused = try #require(
      try await store.sql("SELECT key FROM \(isArchived ? "archived_keys" : "effect_keys") WHERE status = 'FAILED'")
        .first)
    let listed = try await office.claims(["keys", "list", "--status", "FAILED"] + store.option).complaintFreeLines
    #expect(listed.count == 1 && listed[0].hasSuffix(refused))

    let release = ["keys", "release", refused, "--by", "R. Examiner"] + store.option
    #expect(try await office.claims(release).way == .exited(64), "a release requires a reason")
    #expect(try await office.claims(release + ["--reason", "lines corrected"]).way == .exited(0))
    let acts = "SELECT act || '|' || key || '|' || person || '|' || reason FROM operator_acts"
    #expect(try await store.sql(acts) == ["release|\(refused)|R. Examiner|lines corrected"])
    let shown = try await office.claims(["keys", "show", refused] + store.option)
    #expect(shown.text.contains("status       PENDING\n") && shown.text.contains("epoch        2, "))

    let twice = try await office.claims(release + ["--reason", "again"])
    #expect(twice.way == .exited(65) && twice.errors.contains("no lease holds this PENDING key"))
    #expect(try await store.sql(acts).count == 1)
    _ = try await office.process(["in.837"] + store.option)
    #expect(try await office.claims(["keys", "show", refused] + store.option).text.contains("status       FAILED\n"))
    try await office.bankPaid(5)
    try await office.verifiesClean("--store", store.name)
  }

  @Test("a completed key cannot be released", arguments: StoreKind.allCases)
  func completed(kind: StoreKind) async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    let store = try await kind.store(in: office)
    let run = try await office.process(["in.837", "--output", "json"] + store.option)
    let payment = try #require(try run.reports().compactMap(\.keys.payment).first)
    let release = try await office.claims(["keys", "release", payment, "--reason", "pay it again"] + store.option)
    #expect(release.way == .exited(65) && release.errors.contains("this one is COMPLETED"))
    #expect(try await store.sql("SELECT act FROM operator_acts").isEmpty)
  }
}

@Suite("claims keys release: a lease")
struct LeaseReleaseTests {
  @Test(
    "is ended by a person with a reason, and the claim is paid without waiting for it", arguments: StoreKind.allCases)
  func lease(kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    try office.write(ManyClaims(count: 1, seed: 3).text, to: "one.837")
    let process = ["one.837", "--enroll", "PPO", "--output", "json", "--lease-milliseconds", "600000"] + store.option
    _ = try await Gateway.open(in: office, faults: "error503:commit:count=50") { gateway in
      let run = try await office.process(process + ["--gateway", gateway.url])
      #expect(run.way == .exited(69), "\(run.errors)")
    }
    let pending = try await office.claims(["keys", "list", "--status", "PENDING"] + store.option).text
    let key = try #require(pending.split(separator: " ").last?.trimmingCharacters(in: .whitespacesAndNewlines))
    let release = ["keys", "release", key, "--by", "pat", "--reason", "its machine is gone"] + store.option
    let ended = try await office.claims(release)
    #expect(ended.way == .exited(0) && ended.text.hasPrefix("ended the lease that "), "\(ended.text)\(ended.errors)")
    let acts = "SELECT act || '|' || person || '|' || reason FROM operator_acts"
    #expect(try await store.sql(acts) == ["end-lease|pat|its machine is gone"])
    #expect(try await office.claims(release).way == .exited(65), "the lease has already ended")
    #expect(try await store.sql(acts).count == 1)
    _ = try await Gateway.open(in: office) { gateway in
      let run = try await office.process(process + ["--gateway", gateway.url])
      #expect(run.way == .exited(0), "\(run.errors)")
    }
    try await office.bankPaid(1)
  }
}

extension Ended {
  /// The output of a successful command, line by line.
  fileprivate var complaintFreeLines: [String] {
    get throws {
      try #require(way == .exited(0) && errors.isEmpty)
      return text.split(separator: "\n").map(String.init)
    }
  }
}
