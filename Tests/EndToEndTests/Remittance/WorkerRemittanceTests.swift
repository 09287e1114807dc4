import BankSimulator
import Foundation
import Testing

@Suite("Workers report the claims that they have finished, each of them once")
struct WorkerRemittanceTests {
  private static func remittances(in folder: String, of office: Office) throws -> [String: [UInt8]] {
    guard office.has(folder) else { return [:] }
    let names = try FileManager.default.contentsOfDirectory(atPath: office.path(folder))
    return try names.filter { $0.hasSuffix(".835") }.reduce(into: [:]) { files, name in
      files[name] = try office.bytes(of: "\(folder)/\(name)")
    }
  }

  private static func submit(_ claims: String, to store: StoreInUse, of office: Office) async throws {
    try office.write(claims, to: "in.837")
    let submitted = try await office.claims(["submit", "in.837"] + Office.received + store.option)
    #expect(submitted.text.contains("claims queued"), "\(submitted.errors)")
  }

  private static let work = ["work", "--until-empty", "--enroll", "PPO", "--remit", "era"]

  @Test(
    "a worker that ends with the queue reports what process would, and run again it reports nothing more",
    arguments: StoreKind.allCases)
  func atTheEnd(kind: StoreKind) async throws {
    let (office, other) = (try Office(), try Office())
    let store = try await kind.store(in: office)
    try await Self.submit(SampleClaims.text, to: store, of: office)
    // With one job: which of two duplicates comes first is for two jobs to settle.
    let worked = try await office.claims(Self.work + ["--jobs", "1"] + store.option)
    #expect(worked.way == .exited(65), "one claim is rejected: \(worked.errors)")
    let files = try Self.remittances(in: "era", of: office)
    try other.write(SampleClaims.text, to: "in.837")
    _ = try await other.process("in.837", "--enroll", "PPO", "--remit", "era")
    // The ID of a remittance is made from the payments that it reports.
    #expect(try Self.remittances(in: "era", of: other).keys == files.keys && files.count == 1)
    let verdict = try await office.claims(["remit", "verify", "era"])
    #expect(verdict.text.hasSuffix("1 of 1 transactions balanced, in 1 file with 13 claims\n"), "\(verdict.text)")

    #expect(try await office.claims(Self.work + store.option).way == .exited(0))
    let rest = try await office.claims(["remit", "run", "--out", "rest"] + store.option)
    #expect(rest.text == "nothing to remit: everything is reported already\n")
    #expect(try Self.remittances(in: "era", of: office) == files)
    #expect(try FileManager.default.contentsOfDirectory(atPath: office.path("era")).count == 1, "no draft is left")
    try await office.verifiesClean("--store", store.name, "--bank-db", "claims.bank.db")
  }

  @Test(
    "of two workers that share a folder, one reports; every claim is in one file, and every file is whole",
    arguments: StoreKind.allCases)
  func shared(kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    try await Self.submit(ManyClaims(count: 60, seed: 41, practices: 20).text, to: store, of: office)
    // One bank for both: two embedded ones would open the same books.
    _ = try await Gateway.open(in: office) { gateway in
      let command = Self.work + store.option + ["--gateway", gateway.url]
      async let first = office.claims(command)
      async let second = office.claims(command)
      let ended = try await [first, second]
      for worker in ended { #expect(worker.way == .exited(0), "\(worker.errors)") }
      #expect(ended.count { $0.errors.contains("claims=60 remittances=20") } == 1, "\(ended.map(\.errors))")
    }
    let verdict = try await office.claims(["remit", "verify", "era"])
    #expect(verdict.text.hasSuffix("20 of 20 transactions balanced, in 20 files with 60 claims\n"), "\(verdict.text)")
  }

  /// The names of the files are known beforehand: they are made from the claims.
  @Test("a report that is cut short is finished by the next worker, and the files before the cut do not change")
  func cutShort() async throws {
    let (rehearsal, office) = (try Office(), try Office())
    let claims = ManyClaims(count: 12, seed: 43, practices: 6).text
    for office in [rehearsal, office] {
      try await Self.submit(claims, to: try await StoreKind.sqlite.store(in: office), of: office)
    }
    #expect(try await rehearsal.claims(Self.work).way == .exited(0))
    let rehearsed = try Self.remittances(in: "era", of: rehearsal)
    let list = try await rehearsal.claims(["remit", "list"]).text
    let order = list.matches(of: /(?m)^REM-\w+/).map { "\($0.output).835" }
    #expect(rehearsed.count == 6 && Set(order) == Set(rehearsed.keys))

    // A folder where the fourth file should be.
    try FileManager.default.createDirectory(atPath: office.path("era/\(order[3])"), withIntermediateDirectories: true)
    let cut = try await office.claims(Self.work)
    #expect(cut.way == .exited(69) && cut.errors.contains("--remit era: cannot be written"), "\(cut.errors)")
    try FileManager.default.removeItem(atPath: office.path("era/\(order[3])"))
    let before = try Self.remittances(in: "era", of: office)
    #expect(Set(before.keys) == Set(order[..<3]))

    let next = try await office.claims(Self.work)
    #expect(next.way == .exited(0), "\(next.errors)")
    let after = try Self.remittances(in: "era", of: office)
    #expect(Set(after.keys) == Set(order) && before.allSatisfy { after[$0.key] == $0.value })
    try await office.verifiesClean()
  }

  @Test("a worker that goes on reports at the times that it was given", arguments: StoreKind.allCases)
  func scheduled(kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    try await Self.submit(ManyClaims(count: 3, seed: 44).text, to: store, of: office)
    _ = try await Gateway.open(in: office) { gateway in
      let command =
        ["work", "--enroll", "PPO", "--remit", "era", "--remit-every-seconds", "1", "--gateway", gateway.url]
        + store.option
      let worker = try await Program.run(
        try Program.path(), command, in: office.folder, killedAfter: .seconds(120)
      ) { process in
        while try Self.reported(office) < 3 { try await Task.sleep(for: .milliseconds(50)) }
        kill(process, SIGTERM)
      }
      #expect(worker.way == .exited(0), "\(worker.errors)")
    }
    let rest = try await office.claims(["remit", "run", "--out", "rest"] + store.option)
    #expect(rest.text == "nothing to remit: everything is reported already\n")
  }

  /// The number of claims in all remittances.
  private static func reported(_ office: Office) throws -> Int {
    try remittances(in: "era", of: office).values.reduce(0) { sum, file in
      sum + String(decoding: file, as: UTF8.self).matches(of: /CLP\*/).count
    }
  }

  @Test(
    "what cannot be meant is refused before anything is worked on",
    arguments: [
      ["work", "--remit", "era.835"], ["serve", "--remit", "era.835"], ["work", "--remit-every", "60"],
      ["work", "--remit", "era", "--remit-every", "0"], ["serve", "--remit", "era", "--remit-every", "1441"],
      ["work", "--remit", "era", "--until-empty", "--remit-every", "60"],
    ])
  func refused(arguments: [String]) async throws {
    let office = try Office()
    let run = try await office.claims(arguments)
    #expect(run.way == .exited(64) && run.errors.contains("--remit"), "\(run.errors)")
    #expect(try office.files.isEmpty)
  }

  @Test("drafts that a killed process has left are removed after a day, and no sooner")
  func drafts() async throws {
    let office = try Office()
    try office.write("half", to: "era/.claims-OLD.part")
    try office.write("half", to: "era/.claims-NEW.part")
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -100_000)], ofItemAtPath: office.path("era/.claims-OLD.part"))
    #expect(try await office.claims(Self.work).way == .exited(0))
    #expect(office.has("era/.claims-NEW.part") && !office.has("era/.claims-OLD.part"))
  }
}
