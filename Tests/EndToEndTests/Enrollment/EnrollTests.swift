import Foundation
import TestSupport
import Testing

@Suite("claims enroll: an 834 feeds the member directory", .postgres)
struct EnrollTests {
  private static let begin = ["HD*021**HLT*PPO*FAM", "DTP*348*D8*20260101"]

  /// Processes the claim in `one.837`, and returns its status.
  private static func status(_ office: Office, _ store: StoreInUse) async throws -> String {
    let run = try await office.process(["one.837", "--output", "json"] + store.option)
    return try #require(try run.reports().first).status
  }

  @Test(
    "an added member's claim is paid; after the end it is denied; and claims decided before are listed",
    arguments: StoreKind.allCases)
  func addAndTerminate(on kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    let claims = ManyClaims(count: 1, seed: 51).text
    try office.write(claims, to: "one.837")
    let added = EnrollmentFile(people: EnrollmentFile.subscriber("021", "MANY1") + Self.begin)
    try office.write(added.text, to: "add.834")
    let first = try await office.claims(["enroll", "add.834"] + store.option)
    #expect(first.way == .exited(0), "\(first.errors)")
    #expect(first.text == "1 read: 1 changed, 0 as they were, 0 taken in before, 0 passed over, 0 refused\n")
    #expect(try await Self.status(office, store) == "paid")

    let end = EnrollmentFile(
      batch: "2", people: EnrollmentFile.subscriber("024", "MANY1", "HD*024**HLT*PPO", "DTP*349*D8*20260131"))
    try office.write(end.text, to: "end.834")
    let ended = try await office.claims(["enroll", "end.834"] + store.option)
    #expect(ended.text.contains("decided by what was known before, and left as they are: 1 claim\n  CLM-"))
    // The addition arrives again, after the newer file: nothing changes.
    let again = try await office.claims(["enroll", "add.834"] + store.option)
    #expect(again.text.hasPrefix("1 read: 0 changed, 0 as they were, 1 taken in before, "), "\(again.text)")
    try office.write(claims.replacing("MANY-1", with: "LATER-1").replacing("*G0463", with: "*G0402"), to: "one.837")
    #expect(try await Self.status(office, store) == "denied")
    try await office.verifiesClean("--store", store.name, "--bank-db", "claims.bank.db")
  }

  @Test(
    "claims that were denied because nobody knew the member are listed once the member is known, and paid when adjusted",
    arguments: StoreKind.allCases)
  func unknownBefore(on kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    try office.write(ManyClaims(count: 1, seed: 51).text, to: "one.837")
    let process = ["process", "one.837", "--received", "2026-04-01", "--output", "json"]
    let denied = try await office.claims(process + store.option)
    #expect(try denied.reports().map(\.status) == ["denied"])
    let added = EnrollmentFile(people: EnrollmentFile.subscriber("021", "MANY1") + Self.begin)
    try office.write(added.text, to: "add.834")
    let enrolled = try await office.claims(["enroll", "add.834"] + store.option)
    #expect(enrolled.text.contains("decided by what was known before, and left as they are: 1 claim\n  CLM-"))
    let adjusted = try await office.claims(
      ["adjust", "MANY-1", "--cause", "coverage", "--reason", "enrolled late"] + store.option)
    #expect(adjusted.text.contains("now paid"), "\(adjusted)")
    try await office.verifiesClean("--store", store.name, "--bank-db", "claims.bank.db")
  }

  @Test("test data enrolls nobody")
  func testData() async throws {
    let office = try Office()
    let text = EnrollmentFile(people: EnrollmentFile.subscriber("021", "MANY1") + Self.begin).text
    try #require(text.contains("*P*:"))
    try office.write(text.replacing("*P*:", with: "*T*:"), to: "in.834")
    let run = try await office.claims(["enroll", "in.834"])
    #expect(run.text.contains("0 changed") && run.text.contains("1 passed over"), "\(run.text)")
    #expect(run.errors.contains("it is test data (ISA15, HTEST), which enrolls nobody"), "\(run.errors)")
    let coverages = try FHIRFixture.text("coverage.json")
    let label = #""resourceType": "Coverage", "meta": {"security": [{"code": "HTEST"}]}"#
    try #require(coverages.contains(#""resourceType": "Coverage""#))
    try office.write(coverages.replacing(#""resourceType": "Coverage""#, with: label), to: "in.json")
    let resources = try await office.claims(["enroll", "in.json"])
    #expect(resources.text.contains(" 0 changed") && resources.text.contains(" 2 passed over"), "\(resources)")
  }

  @Test("coverage of a plan that is not at hand is passed over, with the plan that the file names")
  func planNotAtHand() async throws {
    let office = try Office()
    let coverage = ["HD*021**PPO*LAKE*FAM", "DTP*348*D8*20260101"]
    try office.write(EnrollmentFile(people: EnrollmentFile.subscriber("021", "MANY1") + coverage).text, to: "in.834")
    let run = try await office.claims(["enroll", "in.834"])
    #expect(
      run.errors.contains(
        "its coverage is of plan LAKE (HD04), and the plans at hand are HDHP, HMO, PPO: give yours with --plans"),
      "\(run.errors)")
  }

  @Test(
    "only a family with a row that the database refuses is refused, with its place",
    arguments: StoreKind.allCases)
  func refused(on kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    let people = ["A1", "A2", "A3", "A4", "A5"].flatMap {
      EnrollmentFile.subscriber("021", $0, Self.begin[0], Self.begin[1])
    }
    try office.write(EnrollmentFile(people: people).text, to: "in.834")
    #expect(try await office.claims(["migrate"] + store.option).way == .exited(0))
    for statement in kind.refusing("coverages", "NEW.number = 'A3'") { try await store.sql(statement) }
    for changed in [4, 0] {
      let run = try await office.claims(["enroll", "in.834"] + store.option)
      #expect(run.way == .exited(65))
      #expect(run.text.hasPrefix("5 read: \(changed) changed, ") && run.text.hasSuffix(" 1 refused\n"), "\(run.text)")
      #expect(run.complaints.count == 1 && run.errors.contains("is refused: the database"), "\(run.errors)")
    }
    try await store.sql(kind.accepting)
    let last = try await office.claims(["enroll", "in.834"] + store.option)
    #expect(last.way == .exited(0) && last.text.hasPrefix("5 read: 1 changed, "), "\(last.text)\(last.errors)")
  }

  @Test("a person who cannot be enrolled is reported with the place, and the others are enrolled")
  func mixed() async throws {
    let office = try Office()
    let people =
      EnrollmentFile.subscriber("021", "A1", "HD*021**DEN", "DTP*348*D8*20260101")
      + EnrollmentFile.subscriber("021", "A2", "HD*021**HLT", "DTP*348*D8*20260230")
      + EnrollmentFile.subscriber("021", "A3", "HD*021**HLT")
      + EnrollmentFile.subscriber("021", "A4", "HD*021**HLT", "DTP*348*D8*20260101")
      + EnrollmentFile.child("021", of: "A4", "HD*021**HLT", "DTP*348*D8*20260101")
      + EnrollmentFile.subscriber("001", "A5") + EnrollmentFile.subscriber("025", "A6")
      + EnrollmentFile.ended("A7", on: "20260228")
    try office.write(EnrollmentFile(people: people).text, to: "in.834")
    let run = try await office.claims(["enroll", "in.834", "--plan", "HMO"])
    #expect(run.way == .exited(65))
    #expect(run.text == "8 read: 2 changed, 1 as they were, 0 taken in before, 1 passed over, 4 refused\n")
    #expect(
      run.complaints == [
        "claims: in.834: segment 7: passed over: its coverage (DEN) is no health coverage",
        "claims: in.834: segment 18, DTP03: a person is refused: the date does not exist",
        "claims: in.834: segment 19: a person is refused: the coverage has no first day (DTP*348 or 356)",
        "claims: in.834: segment 40: a person is refused: there is no coverage on record that could be reinstated",
        "claims: in.834: segment 44: a person is refused: the coverage ends, and nobody of that number has any on record; "
          + "check the number",
      ])
    #expect(!run.errors.contains("MARCHBANK") && !run.errors.contains("A4"))
    try await office.verifiesClean()
  }

  @Test("a dependent is identified by the subscriber's number, birth date and first name, and makes it family coverage")
  func dependent() async throws {
    let office = try Office()
    let store = try await StoreKind.sqlite.store(in: office)
    let people =
      EnrollmentFile.subscriber("021", "B1", "HD*021**HLT*HDHP", "DTP*348*D8*20260101")
      + EnrollmentFile.child("021", of: "B1", "HD*021**HLT*HDHP", "DTP*348*D8*20260201")
    try office.write(EnrollmentFile(people: people).text, to: "in.834")
    #expect(try await office.claims(["enroll", "in.834"]).way == .exited(0))
    let rows = try await store.sql(
      "SELECT number || ' ' || plan_id || ' ' || first_day || ' ' || covers_family FROM coverages ORDER BY number")
    #expect(rows == ["B1 HDHP 2026-01-01 1", "B1/2015-05-05/PIP HDHP 2026-02-01 1"])
  }

  @Test(
    "a claim for another person under the number waits for a person, who may deny it, and later claims are not held up",
    arguments: StoreKind.allCases)
  func somebodyElse(on kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    let added = EnrollmentFile(people: EnrollmentFile.subscriber("021", "MANY1") + Self.begin)
    try office.write(added.text, to: "add.834")
    #expect(try await office.claims(["enroll", "add.834"] + store.option).way == .exited(0))
    let claims = ManyClaims(count: 1, seed: 51).text
    let (name, born) = ("MARCHBANK*DELPHINE", "DMG*D8*19900721*F")
    for (number, from, to, status) in [
      ("ELSE-1", name, "MARCHBANK*OREN", "suspended"), ("ELSE-2", born, "DMG*D8*19900712*F", "suspended"),
      ("OWN-1", name, "QUENNELL*DELPHINE", "paid"),
    ] {
      let text = claims.replacing("MANY-1", with: number).replacing(from, with: to)
      try office.write(text, to: "one.837")
      #expect(try await Self.status(office, store) == status, "\(number)")
    }
    let show = try await office.claims(["suspense", "show", "ELSE-1"] + store.option)
    #expect(show.text.contains("member-differs") && show.text.contains("CO-140"), "\(show.text)")
    let deny = try await office.claims(
      ["suspense", "deny", "ELSE-1", "--code", "CO-140", "--reason", "not our member"] + store.option)
    #expect(deny.way == .exited(0), "\(deny.errors)")
    try await office.verifiesClean("--store", store.name, "--bank-db", "claims.bank.db")
  }

  /// A spouse with a separate member number.
  private static func spouse(_ type: String, _ name: String, _ born: String, _ coverage: String...) -> [String] {
    ["INS*N*01*\(type)*20*A", "REF*0F*FAM1", "NM1*IL*1*\(name)****ZZ*FAM2", "DMG*D8*\(born)*F"] + coverage
  }

  private static func child(_ type: String, _ born: String, _ coverage: String...) -> [String] {
    ["INS*N*19*\(type)*20*A", "REF*0F*FAM1", "NM1*IL*1*MARCHBANK*PIP", "DMG*D8*\(born)*M"] + coverage
  }

  @Test(
    "a corrected person has only the new name and birth date; a correction that may be another person is refused",
    arguments: StoreKind.allCases)
  func corrected(on kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    let coverage = ["HD*021**HLT*PPO", "DTP*348*D8*20260101"]
    var batch = 0
    func enroll(_ people: [String]) async throws -> Ended {
      batch += 1
      try office.write(EnrollmentFile(batch: "\(batch)", people: people).text, to: "\(batch).834")
      return try await office.claims(["enroll", "\(batch).834"] + store.option)
    }
    func directory() async throws -> [String] {
      try await store.sql(
        "SELECT number || ' ' || first_name || ' ' || birth_date FROM coverages ORDER BY number")
    }
    let family =
      EnrollmentFile.subscriber("021", "FAM1", coverage[0], coverage[1])
      + Self.spouse("021", "MARCHBANK*RITA", "19720202", coverage[0], coverage[1])
      + Self.child("021", "20150505", coverage[0], coverage[1])
    #expect(try await enroll(family).way == .exited(0))
    #expect(
      try await directory() == [
        "FAM1 DELPHINE 1990-07-21", "FAM1/1972-02-02/RITA RITA 1972-02-02", "FAM1/2015-05-05/PIP PIP 2015-05-05",
        "FAM2 RITA 1972-02-02",
      ])
    // The number identifies the person, so the correction needs no coverage. Values that are left out stay.
    #expect(try await enroll(Self.spouse("001", "MARCHBANK*OLGA", "19880808")).way == .exited(0))
    let nameless = EnrollmentFile.subscriber("001", "FAM1", coverage[0], coverage[1]).filter { !$0.hasPrefix("DMG") }
      .map { $0.replacing("MARCHBANK*DELPHINE", with: "RUIZ*") }
    #expect(try await enroll(nameless).way == .exited(0))
    let after = [
      "FAM1 DELPHINE 1990-07-21", "FAM1/1988-08-08/OLGA OLGA 1988-08-08", "FAM1/2015-05-05/PIP PIP 2015-05-05",
      "FAM2 OLGA 1988-08-08",
    ]
    #expect(try await directory() == after)
    let other = try await enroll(Self.child("001", "20150510", coverage[0], coverage[1]))
    #expect(other.way == .exited(65) && other.errors.contains("another birth date"), "\(other.text)\(other.errors)")
    #expect(try await directory() == after)
    // Once the coverage under the old birth date has ended, coverage may begin under the other one.
    let ended = Self.child("024", "20150505", "HD*024**HLT*PPO", "DTP*349*D8*20260331")
    #expect(try await enroll(ended).way == .exited(0))
    #expect(try await enroll(Self.child("021", "20150510", "HD*021**HLT*PPO", "DTP*348*D8*20260401")).way == .exited(0))
    try await office.verifiesClean("--store", store.name)
  }

  @Test("nothing in a damaged envelope is enrolled; a file that is not an 834 is refused in one line")
  func damaged() async throws {
    let office = try Office()
    let people = EnrollmentFile.subscriber("021", "C1") + Self.begin
    try office.write(EnrollmentFile(people: people).text.replacing("SE*11*", with: "SE*12*"), to: "cut.834")
    let run = try await office.claims(["enroll", "cut.834"])
    #expect(run.way == .exited(65) && run.text.hasPrefix("0 read:"), "\(run.text)")
    #expect(run.errors.contains("nothing of it is taken in: ask the sender for a whole file"), "\(run.errors)")
    try office.write(SampleClaims.text, to: "in.837")
    let other = try await office.claims(["enroll", "in.837"])
    #expect(other.way == .exited(65))
    #expect(other.complaints == ["claims: in.837: no enrollment (834) in this X12 file: it holds 837; send an 834"])
    #expect(try await office.claims(["enroll", "in.837", "--plan", "NONE"]).way == .exited(64))
  }

  @Test(
    "every 834 of the corpus is read",
    .enabled(if: SharedCorpus.x12("834") != nil, "no corpus: set PAIDONCE_CORPUS"))
  func everybodys() async throws {
    let office = try Office()
    let folder = try #require(SharedCorpus.x12("834")).path
    let files = try FileManager.default.contentsOfDirectory(atPath: folder).count
    let run = try await office.claims(["enroll", folder, "--plan", "PPO", "--output", "json"])
    // Each file is about one person or more; each person was changed, passed over, or refused for missing data. One
    // file names the guide of an 837I (004010X096A1) and is refused by that name.
    #expect(run.errors.matches(of: /none that is read here/).count == 1, "\(run.errors)")
    let summary = try #require(run.jsonLines.last)
    let read = try #require(summary.firstMatch(of: /"read":(\d+)/)?.output.1)
    #expect(Int(read).map { $0 >= files - 1 } == true, "\(run.text)\(run.errors)")
    #expect(!run.errors.contains("cannot be read") && !run.errors.contains("no enrollment"), "\(run.errors)")
    let again = try await office.claims(["enroll", folder, "--plan", "PPO", "--output", "json"])
    #expect(again.text.contains(#""changed":0,"#), "\(again.text)")
    try await office.verifiesClean()
  }
}
