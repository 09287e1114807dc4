import ClaimsAPI
import Foundation
import TestSupport
import Testing

@Suite(
  "claims process --ack: the sender of a file gets an answer about the file and about each claim", .temporaryFolder)
struct AcknowledgmentTests {
  private static func answers(_ folder: String, of office: Office) throws -> [String: [UInt8]] {
    try FileManager.default.contentsOfDirectory(atPath: office.path(folder)).reduce(into: [:]) { answers, name in
      answers[name] = try office.bytes(of: "\(folder)/\(name)")
    }
  }

  private static func segments(_ bytes: [UInt8]?, _ name: String) -> [String] {
    String(decoding: bytes ?? [], as: UTF8.self).split(separator: "\n").map { String($0.dropLast()) }
      .filter { $0.hasPrefix("\(name)*") }
  }

  private static func areValid(_ answers: [String: [UInt8]]) async throws {
    guard X12Valid.environment.isThere else { return }
    let folder = try #require(TemporaryFolderTrait.current)
    // pyx12 has no map for a TA1.
    let transactions = answers.filter { !$0.key.hasSuffix(".ta1") }
    #expect(try await X12Valid.refused(transactions, in: folder) == [:])
  }

  @Test(
    "sample claims are accepted under our numbers or sent back with a code, and a second run gives the same answers")
  func sample() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    let run = try await office.process("in.837", "--ack", "first", "--output", "json")
    let answers = try Self.answers("first", of: office)
    #expect(Set(answers.keys) == ["in.837.999", "in.837.277ca"])
    #expect(Self.segments(answers["in.837.999"], "AK9") == ["AK9*A*1*1*1"])

    let claims = answers["in.837.277ca"]
    let accepted = try run.reports().filter { $0.status != "rejected" }
    #expect(Self.segments(claims, "REF").count == accepted.count)
    let ids = run.jsonLines.compactMap { $0.firstMatch(of: /"claim_intake_id":"([^"]+)"/)?.output.1 }
    #expect(Self.segments(claims, "REF") == ids.map { "REF*1K*\($0)" })
    let rejected = Self.segments(claims, "STC").filter { $0.contains("*U*") }
    #expect(rejected.count == 1 && rejected[0].hasPrefix("STC*A8:178*"))
    try await Self.areValid(answers)

    _ = try await office.process("in.837", "--ack", "second")
    #expect(Self.timeless(try Self.answers("second", of: office)) == Self.timeless(answers))
  }

  /// The segments of answers without those that have the time of writing.
  private static func timeless(_ answers: [String: [UInt8]]) -> [String: [String]] {
    answers.mapValues { bytes in
      String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        .filter { line in !["ISA", "GS*", "BHT"].contains { line.hasPrefix($0) } }
    }
  }

  @Test("a claim that cannot be read is reported in the 999, and its batch is accepted with errors")
  func unreadable() async throws {
    let office = try Office()
    try office.write(try SampleClaims.replacing(("*180*UN*1", "*18x*UN*1")), to: "in.837")
    _ = try await office.process("in.837", "--ack", "ack")
    let answers = try Self.answers("ack", of: office)
    #expect(Self.segments(answers["in.837.999"], "AK9") == ["AK9*E*1*1*1"])
    #expect(Self.segments(answers["in.837.999"], "CTX").count == 1)
    #expect(Self.segments(answers["in.837.277ca"], "CLM").isEmpty)
    #expect(Self.segments(answers["in.837.277ca"], "HL").filter { $0.hasSuffix("*PT") }.count == 14)
    try await Self.areValid(answers)
  }

  @Test("a damaged batch is rejected in the 999 and has no 277CA; a file that is not X12 has neither")
  func damaged() async throws {
    let office = try Office()
    try office.write(SampleClaims.text.replacing(/SE\*\d+\*/, with: "SE*9*"), to: "in.837")
    try office.write("[]", to: "in.json")
    _ = try await office.process("in.837", "in.json", "--ack", "ack")
    let answers = try Self.answers("ack", of: office)
    #expect(Array(answers.keys) == ["in.837.999"])
    #expect(Self.segments(answers["in.837.999"], "IK5") == ["IK5*R*4"])
    try await Self.areValid(answers)
  }

  @Test("a file with many claims is acknowledged in transactions of a thousand, with every claim in one of them")
  func many() async throws {
    let office = try Office()
    try office.write(ManyClaims(count: 2_300, seed: 41, practices: 3).text, to: "many.837")
    _ = try await office.process("many.837", "--enroll", "PPO", "--ack", "ack")
    let claims = try Self.answers("ack", of: office)["many.837.277ca"]
    #expect(Self.segments(claims, "ST").count == 3)
    #expect(Set(Self.segments(claims, "REF")).count == 2_300)
    let counts = Self.segments(claims, "QTY").filter { $0.hasPrefix("QTY*90*") }
    #expect(counts == ["QTY*90*1000", "QTY*90*1000", "QTY*90*300"])
  }

  @Test(
    "every 837 of the corpus is acknowledged, and its decided claims remitted, in files that a validator accepts",
    .enabled(if: SharedCorpus.x12("837") != nil, "no corpus: set PAIDONCE_CORPUS"))
  func everybodys() async throws {
    let office = try Office()
    let files = try #require(SharedCorpus.x12("837")).path
    let run = try await office.claims([
      "process", files, "--enroll", "PPO", "--received", "2020-01-01", "--ack", "ack", "--remit", "era",
    ])
    #expect(run.way == .exited(65))
    let answers = try Self.answers("ack", of: office)
    #expect(answers.keys.filter { $0.hasSuffix(".999") }.count > 60)
    try await Self.areValid(answers)
    let remittances = try Self.answers("era", of: office)
    #expect(remittances.count > 10)
    try await Self.areValid(remittances)
    let verdict = try await office.claims(["remit", "verify", "era"])
    #expect(verdict.way == .exited(0), "\(verdict.text)")
    try await office.verifiesClean()
  }

  @Test("over HTTP a file gets the same answers, once all of its claims are taken in", arguments: StoreKind.allCases)
  func overHTTP(kind: StoreKind) async throws {
    let (office, other) = (try Office(), try Office())
    let store = try await kind.store(in: office)
    let text = try SampleClaims.replacing(("*180*UN*1", "*18x*UN*1"))
    try other.write(text, to: "in.837")
    _ = try await other.process("in.837", "--ack", "ack")
    let expected = Self.timeless(try Self.answers("ack", of: other))
    let options = store.option + (try await office.bankOption(for: ["process"] + store.option + ["x"]))
    let token = Serving.token(.submitter)
    _ = try await Serving.open(in: office, options + ["--jobs", "0"], enrolling: false) { service in
      let early = try await service.post("/v1/acknowledgments", text.utf8, as: token)
      #expect(early.status == 409 && early.headers["retry-after"] != nil, "\(early.text)")
      #expect(try await service.post("/v1/claims", text.utf8, as: token, key: "in").status == 200)
      let reply = try await service.post("/v1/acknowledgments", text.utf8, as: token)
      let answers = try #require(try reply.json()["answers"] as? [String: Any], "\(reply.text)")
      let files = answers.compactMapValues { ($0 as? String).map { Array($0.utf8) } }
      let named = Dictionary(uniqueKeysWithValues: files.map { ("in.837.\($0.key)", $0.value) })
      #expect(Self.timeless(named) == expected, "\(reply.text)")
      #expect(try reply.json()["unreadable"] as? Int == 1)
      for body in ["", "[]", "%PDF-1.4"] {
        let refused = try await service.post("/v1/acknowledgments", body.utf8, as: token)
        #expect(refused.status == 400, "\(body): \(refused.status) \(refused.text)")
      }
      let reader = try await service.post("/v1/acknowledgments", text.utf8, as: Serving.token(.auditor))
      #expect(reader.status == 403)
    }
  }

  @Test(
    "files whose claims came by the queue get the answers of process, and none before all of their claims are taken in",
    arguments: StoreKind.allCases)
  func byTheQueue(kind: StoreKind) async throws {
    let (office, other) = (try Office(), try Office())
    let store = try await kind.store(in: office)
    for office in [office, other] {
      try office.write(SampleClaims.text, to: "inbox/sample.837")
      try office.write(ManyClaims(count: 3, seed: 42).text, to: "inbox/three.837")
      try office.write("[]", to: "inbox/none.json")
    }
    let ack = ["ack", "inbox", "--out", "answers"] + store.option
    _ = try await office.claims(["submit", "inbox/sample.837"] + Office.received + store.option)
    _ = try await office.claims(["work", "--until-empty", "--jobs", "1", "--enroll", "PPO"] + store.option)
    let early = try await office.claims(ack)
    #expect(early.way == .exited(69) && early.text == "inbox/sample.837: 14 accepted, 1 rejected, 0 not readable\n")
    #expect(early.errors.contains("inbox/three.837: not answered yet: 3 claims of it"), "\(early.errors)")
    #expect(Set(try Self.answers("answers", of: office).keys) == ["sample.837.999", "sample.837.277ca"])

    _ = try await office.claims(["submit", "inbox/three.837"] + Office.received + store.option)
    _ = try await office.claims(["work", "--until-empty", "--enroll", "PPO"] + store.option)
    #expect(try await office.claims(ack).way == .exited(0))
    _ = try await other.process("inbox", "--enroll", "PPO", "--ack", "answers")
    #expect(
      Self.timeless(try Self.answers("answers", of: office)) == Self.timeless(try Self.answers("answers", of: other)))
  }

  @Test("what cannot be answered is named, and the rest is answered")
  func unanswerable() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    try office.write("[]", to: "in.json")
    let noStore = try await office.claims(["ack", "in.837", "--out", "answers"])
    #expect(noStore.way == .exited(69) && !office.has("claims.db"), "\(noStore.errors)")
    _ = try await office.process("in.837")
    let run = try await office.claims(["ack", "in.json", "in.837", "--out", "answers"])
    #expect(run.way == .exited(65) && run.errors == "claims: in.json: not answered, since it is not X12\n")
    #expect(try Self.answers("answers", of: office).count == 2)
    #expect(try await office.claims(["ack", "-", "--out", "answers"]).way == .exited(64))
    #expect(try await office.claims(["ack", "gone.837", "--out", "answers"]).way == .exited(65))
  }

  @Test("--remit reports finished claims at the end of a run, and standard output is unchanged")
  func remit() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    let run = try await office.process("in.837", "--remit", "era.835", "--output", "json")
    #expect(run.way == .exited(65) && run.jsonLines.count == 16)
    #expect(run.complaints.last == "claims: remitted to era.835: 1 remittance, 13 claims, payments $5,341.56")
    let again = try await office.process("in.837", "--remit", "again.835")
    #expect(again.complaints.last == "claims: remitted to again.835: nothing to remit: everything is reported already")
    #expect(office.has("era.835") && !office.has("again.835"))
  }
}
