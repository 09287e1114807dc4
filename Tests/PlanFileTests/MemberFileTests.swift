import ClaimFormats
import ClaimsDomain
import Testing

@Suite("Member files")
struct MemberFileTests {
  private static let header =
    "member_id,subscriber_id,first,last,birth_date,relationship,plan_id,effective,termination\n"
  private static let subscriber = "A1,,Marisol,Quennell,1984-05-12,self,PPO,2026-01-01,\n"

  private func read(_ rows: String) throws -> [Member] {
    try MemberFile(Samples.file("members.csv", Self.header + rows), plans: [PlanID("PPO"), PlanID("HMO")]).members()
  }

  @Test("Join a person's spans, and preserve commas and quotes in a name")
  func reading() throws {
    let members = try read(
      "A1,,Marisol,\"Quennell, \"\"Jr\"\"\",1984-05-12,self,PPO,2026-01-01,2026-03-31\n"
        + "A1,A1,Marisol,\"Quennell, \"\"Jr\"\"\",1984-05-12,self,HMO,2026-04-01,\n")
    #expect(members.count == 1)
    #expect(members[0].name.last == "Quennell, \"Jr\"")
    #expect(members[0].spans.map(\.planID.text) == ["PPO", "HMO"])
  }

  @Test("State for each span whether others in the family share it")
  func coversFamily() throws {
    let members = try read(
      "A1,,Marisol,Quennell,1984-05-12,self,PPO,2025-01-01,2025-12-31\n" + Self.subscriber
        + ",A1,Ines,Quennell,2014-02-27,child,PPO,2026-01-01,\n")
    #expect(members[0].spans.map(\.coversFamily) == [false, true])
  }

  @Test("May name each span's group")
  func groups() throws {
    let header = Self.header.replacing("plan_id", with: "group_number,plan_id")
    let rows =
      "A1,,Marisol,Quennell,1984-05-12,self,G-1,PPO,2026-01-01,2026-03-31\n"
      + "A1,,Marisol,Quennell,1984-05-12,self,,PPO,2026-04-01,\n"
    let members = try MemberFile(Samples.file("members.csv", header + rows), plans: [PlanID("PPO")]).members()
    #expect(members.map { $0.spans.map(\.groupNumber) } == [["G-1", nil]])
    #expect(try read(Self.subscriber).map { $0.spans.map(\.groupNumber) } == [[nil]])
    let mistyped = header.replacing("group_number", with: "group_nummer") + rows
    let error = #expect(throws: PlanFileError.self) {
      try MemberFile(Samples.file("members.csv", mistyped), plans: [PlanID("PPO")]).members()
    }
    #expect(
      "\(error.map(String.init(describing:)) ?? "")".contains("did you mean \"group_number\"?"),
      "\(String(describing: error))")
  }

  @Test(
    "With a mistake are refused with line and reason, and the refusal quotes no data about a person",
    arguments: [
      ("A1,,Marisol,Quennell,1984-13-12,self,PPO,2026-01-01,", "2: birth_date must be a day such as 2026-01-31"),
      (",,Marisol,Quennell,1984-05-12,self,PPO,2026-01-01,", "2: a subscriber needs a member_id"),
      (
        "A1,A2,Marisol,Quennell,1984-05-12,self,PPO,2026-01-01,",
        "2: a subscriber's subscriber_id is their own member_id; leave it empty"
      ),
      (
        "A1,,Marisol,Quennell,1984-05-12,wife,PPO,2026-01-01,",
        "2: relationship must be child or other or self or spouse"
      ),
      ("A1,,Marisol,Quennell,1984-05-12,self,PPA,2026-01-01,", "2: there is no plan \"PPA\"; did you mean \"PPO\"?"),
      (
        "A2,A1,Ines,Quennell,2014-02-27,child,PPO,2026-01-01,",
        "2: the subscriber has no row of relationship self; add one"
      ),
      ("A1,,,Quennell,1984-05-12,self,PPO,2026-01-01,", "2: first must be a text"),
      (
        subscriber + "A1,,Marisol,Quennell,1984-05-12,self,HMO,2026-06-01,",
        "3: the member is already enrolled on the same days, on line 2; end one span before the other begins"
      ),
      (
        subscriber + "A1,,Tobias,Quennell,1984-05-12,self,HMO,2026-06-01,",
        "3: the member_id names someone else on line 2"
      ),
    ])
  func mistakes(rows: String, refusal: String) throws {
    let error = try #require(throws: PlanFileError.self) { try read(rows) }
    #expect(error.description == "members.csv:\(refusal)")
  }

  @Test("all errors of a row are reported at once, each once")
  func allOfRow() throws {
    let rows =
      ",PO1,,Quennell,1984-13-12,cousin,PPO,2026-01-01,never\n,,Ines,Quennell,2014-02-27,self,,2026-02-01,2026-01-01\n"
    let error = #expect(throws: PlanFileError.self) { try read(rows) }
    let reasons = error?.all.map { "\($0.line ?? 0) \($0.reason.prefix { $0 != " " })" } ?? []
    #expect(
      reasons.sorted() == [
        "2 birth_date", "2 first", "2 relationship", "2 termination", "3 a", "3 plan_id", "3 termination",
      ], "\(reasons)")
  }

  @Test("the errors of a file are reported at once: one row with an error hides none of another")
  func allOfFile() throws {
    let rows = """
      A1,,Marisol,Quennell,1984-13-12,self,PPA,2026-01-01,
      B2,B1,Ines,Pryce,2014-02-27,child,PPO,2026-01-01,
      A2,A1,Ines,Quennell,2014-02-27,child,PPO,2026-01-01,
      C1,,Ana,Lobo,1984-05-12,self,PPX,2026-01-01
      C2,C1,Rui,Lobo,2014-02-27,child,PPO,2026-01-01,
      D2,D1,Rui,Lobo,2014-02-27,child,PPX,2026-01-01,

      """
    let error = #expect(throws: PlanFileError.self) { try read(rows) }
    #expect(
      error?.all.map { "\($0.line ?? 0) \($0.reason)" } == [
        "2 birth_date must be a day such as 2026-01-31", "2 there is no plan \"PPA\"",
        "3 the subscriber has no row of relationship self",
        "5 the row has 8 values, and the header 9 columns", "7 there is no plan \"PPX\"",
        "7 the subscriber has no row of relationship self",
      ], "the lines of A1 and C1 are the subscribers' in spite of their errors")
  }

  @Test("a line that is not text hides no error of another")
  func notText() throws {
    let header = Array(Self.header.utf8)
    let bad = Array("A1,,Mari".utf8) + [0xFF] + Array("sol,Quennell,1984-05-12,self,PPO,2026-01-01,\n".utf8)
    let rest = """
      A2,A1,Ines,Quennell,2014-02-27,child,PPO,2026-01-01,
      B1,,Ana,Lobo,1984-05-12,wife,PPO,2026-01-01,
      C1,,"Rui,Lobo,1984-05-12,self,PPO,2026-01-01,
      D1,,Eva,Lobo,1984-05-12,self,PPY,2026-01-01,
      """
    let error = #expect(throws: PlanFileError.self) {
      try MemberFile(
        SourceFile(name: "members.csv", bytes: header + bad + Array(rest.utf8)), plans: [PlanID("PPO")]
      ).members()
    }
    #expect(
      error?.all.map { "\($0.line ?? 0) \($0.reason)" } == [
        "2 the line is not UTF-8 text", "4 relationship must be child or other or self or spouse",
        "5 a quote is opened and not closed on its line", "6 there is no plan \"PPY\"",
      ])
  }
}
