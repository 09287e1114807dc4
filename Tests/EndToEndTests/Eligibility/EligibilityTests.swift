import Foundation
import TestSupport
import Testing

@Suite("claims eligibility: a 270 is answered from the member directory", .temporaryFolder)
struct EligibilityTests {
  /// Makes a 270 with questions about the sample members; each argument is a loop below the receiver.
  static func inquiry(_ loops: [String]...) -> String {
    let header = [
      "ST*270*0001*005010X279A1", "BHT*0022*13*Q1*20260401*0900", "HL*1**20*1",
      "NM1*PR*2*SAMPLE HEALTH PLAN*****PI*SAMPLE01", "HL*2*1*21*1",
      "NM1*1P*2*JUNIPER FAMILY PRACTICE*****XX*1234567893",
    ]
    let transaction = header + loops.flatMap(\.self)
    let envelope = [
      "ISA*00*          *00*          *ZZ*CLINIC         *ZZ*SAMPLE01       *260401*0900*^*00501*000000021*0*P*:",
      "GS*HS*CLINIC*SAMPLE01*20260401*0900*21*X*005010X279A1",
    ]
    let trailer = ["SE*\(transaction.count + 1)*0001", "GE*1*21", "IEA*1*000000021"]
    return (envelope + transaction + trailer).joined(separator: "~\n") + "~\n"
  }

  private static let names = ["PO2001": "MARCHBANK*DELPHINE", "PO6001": "LUSK*FENNIMORE", "PO8001": "OKONJO*BELLAMY"]

  private static func subscriber(_ level: Int, _ id: String, on day: String = "D8*20260401") -> [String] {
    [
      "HL*\(level)*2*22*0", "TRN*1*T-\(level)*9123456789", "NM1*IL*1*\(names[id] ?? "SAMPLE*ROBIN")****MI*\(id)",
      "DTP*291*\(day)",
      "EQ*30",
    ]
  }

  private static func answers(_ name: String, in office: Office) throws -> [String] {
    try office.text(of: name).split(separator: "\n").map { String($0.dropLast()) }
  }

  @Test(
    "the answers cover a covered member with the remaining amounts, one without coverage, a dependent, and one not found"
  )
  func standings() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.process("in.837")
    let dependent = [
      "HL*4*2*22*1", "NM1*IL*1*QUENNELL*MARISOL****MI*PO1001", "HL*5*4*23*0", "TRN*1*T-5*9123456789",
      "NM1*03*1*QUENNELL*INES", "DMG*D8*20140227", "DTP*291*RD8*20260401-20260430", "EQ*30",
    ]
    try office.write(
      Self.inquiry(
        Self.subscriber(3, "PO2001"), dependent, Self.subscriber(6, "PO6001"), Self.subscriber(7, "NONE1")), to: "q.270"
    )
    let run = try await office.claims(["eligibility", "q.270", "--out", "answers"])
    #expect(run.way == .exited(0), "\(run.errors)")
    #expect(
      run.text
        == "q.270: 4 inquiries: 2 covered, 1 not covered, 1 not found, 0 not to be answered; see answers/q.270.271\n")

    let lines = try Self.answers("answers/q.270.271", in: office)
    let said = lines.filter { line in ["TRN", "EB*", "AAA", "DTP"].contains { line.hasPrefix($0) } }
    #expect(said.filter { $0.hasPrefix("TRN") } == [3, 5, 6, 7].map { "TRN*2*T-\($0)*9123456789" })
    let ofInes = try #require(lines.firstIndex(of: "NM1*03*1*QUENNELL*INES"))
    // The claims in the file have used 1.04 of her deductible, and 685.04 of the family's.
    #expect(
      lines[(ofInes + 1)...].prefix(7) == [
        "DMG*D8*20140227", "DTP*346*D8*20260101", "EB*1*FAM*30**Preferred Provider Organization 750",
        "EB*C*IND*30***23*750.00", "EB*C*IND*30***29*748.96", "EB*C*FAM*30***23*1500.00", "EB*C*FAM*30***29*814.96",
      ])
    #expect(said.suffix(4) == ["TRN*2*T-6*9123456789", "EB*6**30", "TRN*2*T-7*9123456789", "AAA*N**75*C"])
    try await Self.isValid(try office.bytes(of: "answers/q.270.271"))
  }

  @Test(
    "a member not found with complete search data has a wrong number, and an odd question does not affect the others")
  func notFoundByAll() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.process("in.837")
    let all = Self.subscriber(3, "NONE1").flatMap { $0.hasPrefix("NM1") ? [$0, "DMG*D8*19840512*F"] : [$0] }
    // TRN02 holds at most 50 characters in a response.
    let odd = Self.subscriber(4, "PO2001").map {
      $0.replacing("TRN*1*T-4", with: "TRN*1*" + String(repeating: "T", count: 60))
    }
    try office.write(Self.inquiry(all, odd, Self.subscriber(5, "PO2001")), to: "q.270")
    let run = try await office.claims(["eligibility", "q.270", "--out", "answers"])
    #expect(run.way == .exited(65) && run.complaints.count == 1, "\(run.errors)")
    let said = try Self.answers("answers/q.270.271", in: office).filter { $0.hasPrefix("AAA") || $0.hasPrefix("TRN") }
    #expect(said == ["TRN*2*T-3*9123456789", "AAA*N**72*C", "TRN*2*T-5*9123456789"], "\(said)")
  }

  @Test(
    "a person under another member's number is not found, and the answer states which value is not on record",
    arguments: [
      ("NM1*IL*1*SMITH*DELPHINE****MI*PO2001", "DMG*D8*19900722", "71"),
      ("NM1*IL*1*MARCHBANK*JOHN****MI*PO2001", "DMG*D8*19900721", "73"),
      ("NM1*IL*1*SMITH*DELPHINE****MI*PO2001", "", "73"),
      ("NM1*IL*1*SMITH*DELPHINE****MI*PO2001", "DMG*D8*19900721", ""),
    ])
  func otherPerson(name: String, born: String, code: String) async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.process("in.837")
    let question = ["HL*3*2*22*0", "TRN*1*T-3*9123456789", name, born, "DTP*291*D8*20260401", "EQ*30"]
    try office.write(Self.inquiry(question.filter { !$0.isEmpty }), to: "q.270")
    let run = try await office.claims(["eligibility", "q.270", "--out", "."])
    #expect(run.way == .exited(0), "\(run.errors)")
    let said = try Self.answers("q.270.271", in: office)
    #expect(said.filter { $0.hasPrefix("AAA") } == (code.isEmpty ? [] : ["AAA*N**\(code)*C"]))
    #expect(
      said.contains { $0.hasPrefix("EB") } == code.isEmpty,
      "the answer to a question about another person contains no member data")
    try await Self.isValid(try office.bytes(of: "q.270.271"))
  }

  @Test("the day of the question decides, before and after a change of plan")
  func day() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.process("in.837")
    let days = ["D8*20251231", "D8*20260630", "D8*20260701"]
    try office.write(
      Self.inquiry(
        Self.subscriber(3, "PO8001", on: days[0]), Self.subscriber(4, "PO8001", on: days[1]),
        Self.subscriber(5, "PO8001", on: days[2])), to: "q.270")
    _ = try await office.claims(["eligibility", "q.270", "--out", "."])
    let said = try Self.answers("q.270.271", in: office).filter { $0.hasPrefix("EB*1") || $0.hasPrefix("EB*6") }
    #expect(said[0] == "EB*6**30" && said[1].contains("Health Maintenance") && said[2].contains("Preferred Provider"))
  }

  @Test(
    "a question that cannot be looked up is answered with its fault",
    arguments: [
      ("DTP*291*D8*20260401", "DTP*291*D8*20260431", "57"), ("DMG*D8*19840512", "DMG*D8*19840532", "58"),
      ("****MI*PO2001", "", "72"), ("HL*3*2*22*0", "HL*3*9*22*0", "15"),
    ])
  func invalidPart(part: String, replacement: String, code: String) async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.process("in.837")
    let question = [
      "HL*3*2*22*0", "TRN*1*T-3*9123456789", "NM1*IL*1*SAMPLE*ROBIN****MI*PO2001", "DMG*D8*19840512*F",
      "DTP*291*D8*20260401", "EQ*30",
    ]
    let text = Self.inquiry(question)
    try #require(text.contains(part))
    try office.write(text.replacing(part, with: replacement), to: "q.270")
    let run = try await office.claims(["eligibility", "q.270", "--out", "."])
    #expect(run.way == .exited(65), "\(run.text)\(run.errors)")
    #expect(
      try Self.answers("q.270.271", in: office).filter { $0.hasPrefix("AAA") } == ["AAA*N**\(code)*C"],
      "\(run.text)\(run.errors)")
    try await Self.isValid(try office.bytes(of: "q.270.271"))
  }

  @Test("an unreadable question is answered with its fault; a file that is not a 270 is refused in one line")
  func invalid() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.process("in.837")
    try office.write(Self.inquiry(Self.subscriber(3, "PO2001", on: "D8*20260231")), to: "q.270")
    let run = try await office.claims(["eligibility", "q.270", "--out", "."])
    #expect(run.text.hasSuffix("1 not to be answered; see ./q.270.271\n"))
    #expect(try Self.answers("q.270.271", in: office).contains("AAA*N**57*C"))
    let other = try await office.claims(["eligibility", "in.837", "--out", "."])
    #expect(other.way == .exited(65) && !office.has("in.837.271"))
    #expect(other.complaints == ["claims: in.837: no inquiry (270) in this X12 file: it holds 837; send a 270"])
    let nowhere = try await office.claims(["eligibility", "q.270", "--out", ".", "--store", "sqlite:no.db"])
    #expect(nowhere.way == .exited(69))
  }

  @Test(
    "two files with the same name are refused before anything is answered, since one answer would replace the other")
  func oneName() async throws {
    let office = try Office()
    _ = try await office.claims(["migrate"])
    for folder in ["a", "b"] { try office.write(Self.inquiry(Self.subscriber(3, "PO2001")), to: "\(folder)/q.270") }
    let run = try await office.claims(["eligibility", "a", "b", "--out", "answers"])
    #expect(run.way == .exited(64) && !office.has("answers/q.270.271"))
    #expect(
      run.complaints == [
        "claims: a/q.270 and b/q.270 are of one name, and so would their answers be; answer each into a folder of its "
          + "own"
      ])
    for folder in ["a", "b"] { try office.write(SampleClaims.text, to: "\(folder)/in.837") }
    let process = try await office.process("a/in.837", "b/in.837", "--ack", "ack")
    #expect(process.way == .exited(64) && process.complaints.count == 1 && process.output.isEmpty)
  }

  @Test(
    "every 270 of the corpus is read",
    .enabled(if: SharedCorpus.x12("270") != nil, "no corpus: set PAIDONCE_CORPUS"))
  func everybodys() async throws {
    let office = try Office()
    let folder = try #require(SharedCorpus.x12("270")).path
    _ = try await office.claims(["migrate"])
    let run = try await office.claims(["eligibility", folder, "--out", "answers"])
    #expect(run.way == .exited(0) && run.errors.isEmpty, "\(run.errors)")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(run.text.split(separator: "\n").allSatisfy { $0.contains(": 1 inquiry: ") })
    for file in files { try await Self.isValid(try office.bytes(of: "answers/\(file).271")) }
  }

  /// Checks a 271 with pyx12. It has no map for the 271 of 5010, so it gets the same segments as 4010.
  private static func isValid(_ bytes: [UInt8]) async throws {
    guard X12Valid.environment.isThere else { return }
    let folder = try #require(TemporaryFolderTrait.current)
    let text = String(decoding: bytes, as: UTF8.self)
      .replacing(/(ST\*271\*\d+)\*005010X279A1/) { String($0.output.1) }
      .replacing("005010X279A1", with: "004010X092A1").replacing("*^*00501*", with: "*U*00401*")
    let complaints = try await X12Valid.complaints(about: Array(text.utf8), in: folder)
    #expect(complaints.isEmpty, "\(complaints.prefix(2_000))\n\(text)")
  }
}
