import BankSimulator
import ClaimsDomain
import Foundation
import TestSupport
import Testing

@Suite("claims remit run", .temporaryFolder, .postgres)
struct CheckRunTests {
  /// Returns the payment of each 835 in a folder, in cents, by file name.
  private static func payments(_ folder: String, of office: Office) throws -> [String: Int] {
    try files(folder, of: office).reduce(into: [:]) { sums, name in
      let segment = try #require(try office.text(of: "\(folder)/\(name)").firstMatch(of: /BPR\*[HI]\*(\d+)\.(\d\d)\*/))
      sums[name] = Int("\(segment.output.1)\(segment.output.2)") ?? 0
    }
  }

  private static func files(_ folder: String, of office: Office) throws -> [String] {
    guard office.has(folder) else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: office.path(folder)).filter { $0.hasSuffix(".835") }
  }

  private static func moved(_ office: Office) async throws -> Int {
    try await office.bank().transfers().reduce(0) { $0 + Int($1.amount.cents) }
  }

  @Test("after kill -9 and another run, every claim is reported once, and the checks equal what the bank has moved")
  func killed() async throws {
    let office = try Office()
    try office.write(ManyClaims(count: 240, seed: 31, practices: 60).text, to: "many.837")
    let processed = try await office.process("many.837", "--enroll", "PPO")
    #expect(processed.way == .exited(0), "\(processed.errors)")

    var interrupted: [String: [UInt8]] = [:]
    var kills = 0
    for delay in [60, 120, 200, 300] {
      let run = try await office.shell(
        """
        "$CLAIMS" remit run --out era --date 2026-04-03 >/dev/null 2>&1 & child=$!
        i=0; while [ $i -lt \(delay) ] && [ "$(ls era 2>/dev/null | grep -c 835$)" -lt \(delay / 20) ]; do
          i=$((i+1)); sleep 0.02
        done
        kill -9 $child && wait $child; echo "status $?"
        """)
      if run.text == "status 137\n" { kills += 1 }
      for name in try Self.files("era", of: office) { interrupted[name] = try office.bytes(of: "era/\(name)") }
    }
    #expect(kills > 0 && interrupted.count < 60)

    let rest = try await office.claims(["remit", "run", "--out", "era", "--date", "2026-04-03"])
    #expect(rest.way == .exited(0), "\(rest.errors)")
    let payments = try Self.payments("era", of: office)
    #expect(payments.count == 60)
    #expect(payments.values.reduce(0, +) == (try await Self.moved(office)))
    for (name, bytes) in interrupted { #expect(try office.bytes(of: "era/\(name)") == bytes, "\(name)") }

    let verdict = try await office.claims(["remit", "verify", "era"])
    #expect(verdict.text.hasSuffix("60 of 60 transactions balanced, in 60 files with 240 claims\n"))
    let again = try await office.claims(["remit", "run", "--out", "again"])
    #expect(again.text == "nothing to remit: everything is reported already\n")
    #expect(try Self.files("again", of: office).isEmpty)
    try await office.verifiesClean()
  }

  @Test(
    "the sample claims on either store give one file, which an independent validator accepts",
    arguments: StoreKind.allCases)
  func sample(on kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.process(["in.837"] + store.option)
    let run = try await office.claims(["remit", "run", "--out", "era.835", "--date", "2026-04-03"] + store.option)
    #expect(run.way == .exited(0) && run.text.hasSuffix("1 remittance, 13 claims, payments $5,341.56\n"))
    // All claims except one that waits for a person are reported; the next run reads only that one.
    #expect(try await store.sql("SELECT claim_number FROM claims WHERE told = 0") == ["DEMO-013"])
    for (number, found) in [("1", "13 claims\n"), ("2", "0 claims\n")] {
      let count = try await office.claims(["list", "--count", "--run", number] + store.option)
      #expect(count.text == found, "\(count.errors)")
    }
    let verdict = try await office.claims(["remit", "verify", "era.835"])
    #expect(verdict.text.hasSuffix("1 of 1 transactions balanced, in 1 file with 13 claims\n"))
    let file = try office.bytes(of: "era.835")

    let listed = try await office.claims(["remit", "list"] + store.option)
    let id = try #require(listed.text.split(separator: " ").first.map(String.init))
    #expect(try await office.claims(["remit", "show", id] + store.option).output == file)
    let key = try await office.claims(["remit", "list", "--output", "json"] + store.option)
    let text = try #require(key.text.firstMatch(of: /"key":"([^"]+)"/)?.output.1)
    #expect(try await office.claims(["replay", String(text)] + store.option).output == file)
    #expect(try await office.claims(["remit", "show", "REM-0"] + store.option).way == .exited(65))
    try await office.verifiesClean("--store", store.name, "--bank-db", "claims.bank.db")
    if X12Valid.environment.isThere {
      let folder = try #require(TemporaryFolderTrait.current)
      let complaints = try await X12Valid.complaints(about: file, in: folder)
      #expect(complaints.isEmpty, "\(complaints.prefix(4_000))")
    }
  }

  @Test("the mistakes in the payer file are reported, a line each, and nothing is remitted")
  func wrongPayer() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.process("in.837")
    try office.write("name: Ours\n", to: "payer.yaml")
    let run = try await office.claims(["remit", "run", "--out", "era", "--payer", "payer.yaml"])
    #expect(run.way == .exited(65) && run.complaints.count == 4 && !office.has("era"), "\(run.errors)")
    #expect(run.errors.hasPrefix("claims: --payer payer.yaml:1:1: the payer has no"), "\(run.errors)")
    let missing = try await office.claims(["remit", "run", "--out", "era", "--store", "sqlite:none.db"])
    #expect(missing.way == .exited(69) && !office.has("none.db"))
  }
}
