import Foundation
import TestSupport
import Testing

/// A fault to put into a file: the text to replace, and its replacement.
private struct Damage: Hashable {
  let part: String
  let replacement: String

  init(_ part: String, _ replacement: String) {
    (self.part, self.replacement) = (part, replacement)
  }

  func damage(_ text: String) throws -> String {
    try #require(text.contains(part), "\(part) is not there to be damaged")
    return text.replacing(part, with: replacement, maxReplacements: 1)
  }
}

/// Files with faults of which each can be corrected without knowing of the others.
enum FaultyFile: CaseIterable {
  case professional, institutional, json, fhir, rules, payer, enrollment, inquiry

  fileprivate var damages: [Damage] {
    switch self {
    case .professional:
      [
        Damage("*CH~", "*~"), Damage("XX*1234567893", "XX*1234567890"), Damage("*19810514*", "*19811514*"),
        Damage("CLM*CGC-1001*240.5*", "CLM*CGC-1001*241.5*"), Damage("ABF:I10", "ABF:."), Damage("LX*2~", "LX*1~"),
        Damage("*UN*1***1:2", "*UN*0***1:3"), Damage("XX*1245319599", "XX*1245319598"), Damage("ABK:E119", "ABK:EE"),
        Damage("HC:G0463", "HC:G046"), Damage("*4*11**1~", "*4*11**7~"),
        Damage("DTP*472*D8*20260216~\nREF", "DTP*472*D8*20990216~\nREF"), Damage("SE*61", "SE*60"),
        Damage("SBR*P*18*", "SBR**18*"), Damage("*MI*HH100200300", "*MI*"), Damage("HC:J1885*60.5", "HC:*60.5"),
        Damage("*PI*HARB1~\nCLM*CGC-1001", "*PI*~\nCLM*CGC-1001"), Damage("*11:B:1*Y*A", "*11:B:*Y*A"),
        Damage("HL*2*1*22*0", "HL*2*9*22*0"),
        Damage("GE*1*1~", "GE*2*1~"),
        Damage("IEA*1*000000101", "IEA*1*000000109"),
      ]
    case .institutional:
      [
        Damage("*CH~", "*~"), Damage("*19500720*", "*19501920*"), Damage("CLM*LGH-77*1310*", "CLM*LGH-77*1300*"),
        Damage("HC:G0463*410*UN*1~", "HC:G0463*410*UN*x~"), Damage("HC:A0428:RH*900*UN*1~", "HC:A0428:RH*900*UN*0~"),
        Damage("DTP*472*D8*20260205", "DTP*472*D8*20990205"), Damage("SE*32", "SE*30"),
      ]
    case .json:
      [
        Damage("\"240.50\"", "\"999.00\""), Damage("\"1981-05-14\"", "\"1981-15-14\""),
        Damage("\"1234567893\"", "\"1234567890\""), Damage("\"units\": \"4\"", "\"units\": \"0\""),
        Damage("\"last\": \"2026-02-16\"", "\"last\": \"2099-02-16\""), Damage("        1\n", "        5\n"),
        Damage("\"assigns_benefits\"", "\"asigns_benefits\""), Damage("\"I10\"", "\"-\""),
      ]
    case .fhir:
      [
        Damage("1310.0", "1300.0"), Damage("\"1950-07-20\"", "\"1950-17-20\""),
        Damage("\"1730165590\"", "\"1730165591\""),
        Damage("\"servicedDate\": \"2026-02-05\"", "\"servicedDate\": \"2099-02-05\""),
        Damage("\"status\": \"active\",\n  \"type\"", "\"status\": \"draft\",\n  \"type\""),
        Damage("\"value\": 1\n", "\"value\": -1\n"),
        Damage("\"focal\": true", "\"focal\": false"), Damage("\"subscriberId\"", "\"subscriberID\""),
        Damage("\"code\": \"self\"", "\"code\": \"myself\""),
        Damage("\"status\": \"active\",\n      \"subscriber\"", "\"status\": \"draft\",\n      \"subscriber\""),
        Damage("\"code\": \"institutional\"", "\"code\": \"hospital\""), Damage("\"patient\": {", "\"patience\": {"),
      ]
    case .payer:
      [
        Damage("name:", "nane:"), Damage("tax_id: \"", "tax_id: \"x"), Damage("state:", "state: ILL #"),
        Damage("telephone: \"", "telephone: \"x"), Damage("postal_code: \"", "postal_code: \"x"),
      ]
    case .enrollment:
      [
        Damage("*19870214*", "*19871314*"), Damage("DTP*348*D8*20260301", "DTP*348*D8*20260230"),
        Damage("MI*PO9001", "MI*"), Damage("N1*P5", "N1*XX"), Damage("BGN*00*SAMPLE1", "BGN*00*"),
        Damage("HD*001**HMO*HMO", "HD*001**HMO*QQQ"), Damage("*19950125*", "*19951325*"),
        Damage("INS*N*19*021", "INS*N*19*099"), Damage("SE*23", "SE*22"),
        Damage("NM1*IL*1*CALLOWAY*ROWAN", "NM1*IL*1*CALLOWAY"), Damage("IEA*1*", "IEA*2*"),
      ]
    case .inquiry:
      [
        Damage("SE*", "SE*1"), Damage("DMG*D8*", "DMG*D8*9"), Damage("*MI*PO2001", "*MI*"),

        Damage("DTP*291*D8*", "DTP*291*D8*9"), Damage("IEA*1*", "IEA*2*"),
      ]
    case .rules:
      [
        Damage("coinsurance:", "coinsurence:"), Damage("timely_filing_days: 90", "timely_filing_days: never"),
        Damage(",amount,", ",amonut,"), Damage("termination\nG", "price\nG"), Damage("G0463,,100.00", "G0463,,100.005"),
        Damage("birth_date", "birthdate"), Damage("relationship,plan_id", "kin,plan_id"),
        Damage("1980-01-01", "1980-13-01"),
        Damage(",MINE,", ",NIME,"),
      ]
    }
  }

  private func fixture(_ name: String, in folder: String = "claims") throws -> String {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = tests.deletingLastPathComponent().appending(path: "Fixtures/\(folder)/\(name)")
    return try String(contentsOf: file, encoding: .utf8)
  }

  /// The files' texts by their names.
  fileprivate func texts() throws -> [String: String] {
    switch self {
    case .professional: ["claims.837": try fixture("professional.x12")]
    case .institutional: ["claims.837": try fixture("institutional.x12")]
    case .json: ["claim.json": try fixture("claim.json")]
    case .fhir: ["claim.json": try fixture("institutional.json", in: "fhir")]
    case .payer: ["payer.yaml": try fixture("payer.yaml", in: "payer")]
    case .enrollment: ["sponsor.834": try fixture("sponsor.834", in: "enrollment")]
    case .inquiry: ["questions.270": try fixture("questions.270", in: "eligibility")]
    case .rules:
      [
        "mine.yaml": CheckTests.good,
        "fees/mine.csv": "code,modifiers,amount,effective,termination\nG0463,,100.00,2026-01-01,\n",
        "members/members.csv": """
        member_id,subscriber_id,first,last,birth_date,relationship,plan_id,effective,termination
        M1,,Ada,Example,1980-01-01,self,MINE,2026-01-01,

        """,
      ]
    }
  }
}

@Suite("Two faults of a file are told together, each as it is told alone")
struct FaultsTogetherTests {
  /// What was found, without the claim: a finding above several claims names none.
  private struct Finding: Hashable, Decodable {
    let place: String?
    let what: String
  }

  private struct Line: Decodable {
    let file: String
    let place: String?
    let what: String?
  }

  private static func write(_ damages: [Damage], to file: FaultyFile, as name: String, _ office: Office) throws {
    for (path, text) in try file.texts() {
      var text = text
      for damage in damages where text.contains(damage.part) { text = try damage.damage(text) }
      try office.write(text, to: "all/\(name)/\(path)")
    }
  }

  @Test("nothing that is wrong waits until something else is corrected", arguments: FaultyFile.allCases)
  func together(file: FaultyFile) async throws {
    let office = try Office()
    let damages = file.damages
    for damage in damages { #expect(try file.texts().values.contains { $0.contains(damage.part) }, "\(damage)") }
    var names: [String: [Int]] = [:]
    for first in damages.indices {
      for second in damages.indices[first...] {
        let name = "\(first)-\(second)"
        names[name] = first == second ? [first] : [first, second]
        try Self.write((names[name] ?? []).map { damages[$0] }, to: file, as: name, office)
      }
    }
    let paths = names.keys.sorted().map { "all/\($0)" }
    let checked = try await office.claims(["check"] + paths + ["--received", "2026-04-01", "--output", "json"])
    #expect(checked.way == .exited(65))
    var found: [String: Set<Finding>] = [:]
    for line in checked.jsonLines {
      let line = try JSONDecoder().decode(Line.self, from: Data(line.utf8))
      guard let what = line.what else { continue }
      let parts = line.file.split(separator: "/")
      let name = try #require(parts.dropFirst().first, "\(line.file) says where the file is")
      found[String(name), default: []].insert(Finding(place: line.place, what: what))
    }
    for (name, pair) in names.sorted(by: { $0.key < $1.key }) {
      let together = found[name] ?? []
      for index in pair {
        let alone = found["\(index)-\(index)"] ?? []
        #expect(pair.count > 1 || !alone.isEmpty, "\(damages[index]) is no fault")
        let missing = alone.subtracting(together)
        #expect(missing.isEmpty, "\(pair.map { damages[$0] }): \(missing) is not among \(together)")
      }
    }
  }
}
