import ClaimsDomain
import Testing

@testable import ClaimFormats

/// Transactions other than claims, checked against their guides. One fault affects one person or one question.
@Suite("Enrollments and inquiries are checked against their guides")
struct OtherGuideTests {
  private static func interchange(_ type: String, _ code: String, _ guide: String, _ body: [String]) -> [UInt8] {
    let segments =
      ["ST*\(type)*0001*\(guide)"] + body + ["SE*\(body.count + 2)*0001", "GE*1*7"]
    let head = [
      "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260401*0900*^*00501*000000007*0*P*:",
      "GS*\(code)*SENDER*RECEIVER*20260401*0900*7*X*\(guide)",
    ]
    return Array(((head + segments + ["IEA*1*000000007"]).joined(separator: "~\n") + "~\n").utf8)
  }

  // MARK: 834

  private static let head = ["BGN*00*1*20260401*1200****2", "N1*P5**FI*999888777", "N1*IN**FI*654456654"]

  private static func person(_ number: String) -> [String] {
    [
      "INS*Y*18*021*20*A***FT", "REF*0F*\(number)", "DTP*356*D8*20260101", "NM1*IL*1*MARLOWE*EDDA****ZZ*\(number)",
      "DMG*D8*19840512*F", "HD*021**HLT*PPO*FAM", "DTP*348*D8*20260101",
    ]
  }

  /// Returns the problem of each of three people, the second of whom is `changed`.
  private static func problems(
    _ changed: [String], head: [String] = head, guide: String = "005010X220A1"
  ) throws -> [String?] {
    let bytes = interchange("834", "BE", guide, head + person("P1") + changed + person("P3"))
    var reader = try EnrollmentReader(MemoryBytes(bytes))
    var problems: [String?] = []
    while let item = try reader.next() {
      switch item {
      case .member(let member): problems.append(member.problems.first.map { "\($0.location): \($0.reason)" })
      case .fault(let fault): problems.append(fault.what)
      }
    }
    return problems
  }

  @Test("a person without a fault is read, and a further segment that is not about coverage excludes no one")
  func whole() throws {
    #expect(try Self.problems(Self.person("P2")) == [nil, nil, nil])
    var person = Self.person("P2")
    person.insert("REF*1L*GROUP", at: 2)
    person.insert("ZZZ*1", at: 4)
    #expect(try Self.problems(person) == [nil, nil, nil])
  }

  @Test(
    "a fault in an element that identifies the person or the period is reported with its place, and only that person is refused",
    arguments: [
      ("INS*Y", "INS*", "segment 14, INS01: it does not say whether this is the subscriber"),
      ("INS*Y", "INS*X", "segment 14, INS01: it does not say whether this is the subscriber"),
      ("REF*0F*P2", "REF*1L*P2", "segment 16, REF*0F: loop 2000 has no REF*0F, which is required"),
      ("REF*0F*P2", "REF*0F*", "segment 15, REF02: it is required, and missing"),
      ("DTP*356*D8*20260101", "DTP*356*D8*20260230", "segment 16, DTP03: the date does not exist"),
      ("DTP*356*D8*20260101", "DTP*356**20260101", "segment 16, DTP02: it is required, and missing"),
      ("NM1*IL*1*MARLOWE*EDDA", "NM1*IL*1**EDDA", "segment 17, NM103: it is required, and missing"),
      ("DMG*D8*19840512", "DMG*D8*19841312", "segment 18, DMG02: the date does not exist"),
      ("HD*021", "HD*", "segment 19, HD01: no such maintenance type is taken in"),
      ("HD*021**HLT", "HD*021**QQQ", "segment 19, HD03: its code is none that the guide has for it"),
      ("HD*021**HLT*PPO*FAM", "HD*021**HLT*PPO*QQQ", "segment 19, HD05: its code is none that the guide has for it"),
      ("HD*021", "HD*032", "segment 19, HD01: no such maintenance type is taken in"),
      ("DTP*348*D8*20260101", "DTP*34X*D8*20260101", "segment 20, DTP: loop 2300 has no such segment"),
      ("DTP*348*D8*20260101", "DTP**D8*20260101", "segment 20, DTP01: it does not say what day it is"),
      ("DTP*348*D8*20260101", "DTP*348*D8*", "segment 20, DTP03: the day is missing"),
    ])
  func decisive(from: String, to: String, problem: String) throws {
    let person = Self.person("P2").map { $0.replacing(from, with: to) }
    let problems = try Self.problems(person)
    #expect(problems.count == 3 && problems[0] == nil && problems[2] == nil, "\(problems)")
    #expect(problems[1]?.contains(problem) == true, "\(problems)")
    #expect(problems[1]?.contains("MARLOWE") != true && problems[1]?.contains("P2") != true)
  }

  @Test("a person without a segment that names the person or the coverage is refused, and no one else")
  func dropped() throws {
    for (index, segment) in Self.person("P2").enumerated() where ["REF", "NM1", "HD*"].contains(segment.prefix(3)) {
      var person = Self.person("P2")
      person.remove(at: index)
      let problems = try Self.problems(person)
      #expect(problems.count == 3 && problems[1] != nil, "\(segment): \(problems)")
      #expect(problems[0] == nil && problems[2] == nil, "\(segment): \(problems)")
    }
  }

  @Test("a repeated day is refused, and so is a batch without a number, date or time")
  func twice() throws {
    for day in ["DTP*356*D8*20260101", "DTP*348*D8*20260101"] {
      var person = Self.person("P2")
      let index = try #require(person.firstIndex(of: day))
      person.insert(day.replacing("20260101", with: "20260201"), at: index)
      #expect(try Self.problems(person)[1]?.contains("stands more often") == true)
    }
    for batch in ["BGN*00**20260401*1200****2", "BGN*00*1**1200****2", "BGN*00*1*20260401*****2"] {
      #expect(try Self.problems(Self.person("P2"), head: [batch] + Self.head.dropFirst()).allSatisfy { $0 != nil })
    }
  }

  @Test("4010 has no table, and no default values either")
  func olderDefaults() throws {
    for (from, to) in [
      ("INS*Y", "INS*"), ("HD*021**HLT", "HD*021**"), ("HD*021", "HD*032"), ("DTP*348*D8*20260101", "DTP*348*D8*"),
      ("DTP*356*D8*20260101", "DTP*356"),
    ] {
      let person = Self.person("P2").map { $0.replacing(from, with: to) }
      let problems = try Self.problems(person, guide: "004010X095A1")
      #expect(
        problems.count == 3 && problems[1] != nil && problems[0] == nil && problems[2] == nil, "\(to): \(problems)")
    }
  }

  @Test("a fault of the batch is a fault of all people in it")
  func header() throws {
    for index in Self.head.indices {
      var head = Self.head
      head.remove(at: index)
      #expect(try Self.problems(Self.person("P2"), head: head).allSatisfy { $0?.contains("is required") == true })
    }
  }

  // MARK: 270

  private static let asks = [
    "BHT*0022*13*Q1*20260401*0900", "HL*1**20*1", "NM1*PR*2*PLAN*****PI*P", "HL*2*1*21*1",
    "NM1*1P*2*C*****XX*1234567893",
  ]

  /// Returns the problem of each question. The questions are about two subscribers, the second of whom is changed, and
  /// a dependent of the second.
  private static func answers(
    _ second: [String], dependent: [String] = ["HL*5*4*23*0", "NM1*03*1*A*C", "DMG*D8*20150505", "EQ*30"],
    guide: String = "005010X279A1"
  ) throws -> [String?] {
    let first = ["HL*3*2*22*0", "NM1*IL*1*A*B****MI*P1", "EQ*30"]
    let bytes = interchange("270", "HS", guide, asks + first + second + dependent)
    var reader = try InquiryReader(MemoryBytes(bytes))
    var problems: [String?] = []
    while let item = try reader.next() {
      switch item {
      case .inquiry(let inquiry):
        let whose = inquiry.subscriber?.memberID?.text ?? "nobody"
        problems.append(inquiry.problems.first.map { "\($0.location): \($0.reason)" } ?? "of \(whose)")
      case .fault(let fault): problems.append(fault.what)
      }
    }
    return problems
  }

  private static let second = [
    "HL*4*2*22*1", "NM1*IL*1*A*B****MI*P2", "DMG*D8*19840512", "DTP*291*D8*20260301", "EQ*30",
  ]

  @Test(
    "a dependent's question belongs to the subscriber named by its HL02, and is refused if HL02 names none")
  func parents() throws {
    #expect(try Self.answers(Self.second) == ["of P1", "of P2", "of P2"])
    func dependent(of parent: String) throws -> String?? {
      try Self.answers(Self.second, dependent: ["HL*5*\(parent)*23*0", "NM1*03*1*A*C", "EQ*30"]).last
    }
    #expect(try dependent(of: "3") == "of P1")
    for parent in ["2", "9", ""] {
      let answer = try dependent(of: parent)
      #expect(answer??.contains("HL02") == true, "\(parent): \(String(describing: answer))")
    }
  }

  @Test(
    "a fault in an element that identifies the person or the day refuses that question and those about the person's dependents",
    arguments: [
      ("NM1*IL*1*A*B", "NM1*IX*1*A*B", "NM101"), ("DMG*D8*19840512", "DMG*D8*19840231", "DMG02"),
      ("DTP*291*D8*20260301", "DTP*291*D8*2026", "DTP03"), ("DTP*291*D8*20260301", "DTP*291**20260301", "DTP02"),
    ])
  func questions(from: String, to: String, place: String) throws {
    let answers = try Self.answers(Self.second.map { $0.replacing(from, with: to) })
    #expect(answers.count == 3 && answers[0] == "of P1", "\(answers)")
    #expect(answers[1]?.contains(place) == true && answers[2]?.contains(place) == true, "\(answers)")
  }

  @Test("no question is lost: one without a known level, and a dependent's without EQ, are returned with the fault")
  func nothingLost() throws {
    let unknown = try Self.answers(["HL*4*2*99*0", "NM1*IL*1*A*B****MI*P2", "EQ*30"], dependent: [])
    #expect(unknown.count == 2 && unknown[1]?.hasPrefix("of ") == false, "\(unknown)")
    let silent = try Self.answers(Self.second, dependent: ["HL*5*4*23*0", "NM1*03*1*A*C"])
    #expect(silent.count == 3 && silent[2]?.contains("EQ") == true, "\(silent)")
    for (from, to) in [("NM1*1P*2", "NM1*1P*"), ("NM1*PR*2", "NM1*ZZ*2"), ("BHT*0022*13", "BHT*0022*99")] {
      let asks = Self.asks.map { $0.replacing(from, with: to) }
      let bytes = Self.interchange(
        "270", "HS", "005010X279A1", asks + ["HL*3*2*22*0", "NM1*IL*1*A*B****MI*P1", "EQ*30"])
      var reader = try InquiryReader(MemoryBytes(bytes))
      guard case .inquiry(let inquiry)? = try reader.next() else {
        Issue.record("nothing was read after the change to \(to)")
        continue
      }
      #expect(!inquiry.problems.isEmpty, "\(to)")
    }
  }

  // MARK: Names

  @Test(
    "another guide is refused by its name, and nothing of the transaction is read",
    arguments: ["005010X222A1", "005010X218", "006020X312", "005010X279A1", "004010X096A1"])
  func names(guide: String) throws {
    let problems = try Self.problems(Self.person("P2"), guide: guide)
    #expect(
      problems.count == 1 && problems[0]?.contains("none that is read here: send 005010X220A1") == true, "\(problems)")
    guard guide != "005010X279A1" else { return }
    let answers = try Self.answers(Self.second, guide: guide)
    #expect(
      answers.count == 1 && answers[0]?.contains("none that is read here: send 005010X279A1") == true, "\(answers)")
  }

  @Test("a 4010 enrollment is read without a table; a 4010 inquiry is not read, since the response is in 5010")
  func older() throws {
    #expect(try Self.problems(Self.person("P2"), guide: "004010X095A1") == [nil, nil, nil])
    #expect(try Self.answers(Self.second, guide: "004010X092A1").allSatisfy { $0?.contains("005010X279A1") == true })
  }
}
