import Testing

@testable import ClaimsAPI

@Suite("A token file says who may do what, and holds no token")
struct TokenRegisterTests {
  @Test("a token is found by its digest; a comment and an empty line are passed over")
  func found() throws {
    let caller = Caller(name: "desk", roles: [.examiner, .auditor])
    let line = TokenRegister.line(for: caller, token: "secret")
    #expect(!line.contains("secret"))
    let register = try TokenRegister(parsing: "# who\n\n\(line)\n")
    #expect(register.caller(of: TokenRegister.digest(of: "secret")) == caller)
    for other in ["Secret", ""] { #expect(register.caller(of: TokenRegister.digest(of: other)) == nil) }
  }

  @Test(
    "a line that is not as it should be is named by its number",
    arguments: [
      "desk examiner", "desk examiner abc", "de:sk examiner \(String(repeating: "0", count: 64))",
      "desk king \(String(repeating: "0", count: 64))", "desk examiner \(String(repeating: "A", count: 64))",
      "desk examiner \(String(repeating: "0", count: 64)) more",
    ])
  func defects(line: String) {
    let defect = #expect(throws: TokenFileDefect.self) { try TokenRegister(parsing: "# a comment\n\(line)\n") }
    #expect(defect?.line == 2)
  }

  @Test("a token that is there twice is refused, since it is unknown who it is")
  func twice() {
    let lines = ["one", "two"].map { TokenRegister.line(for: Caller(name: $0, roles: [.agent]), token: "same") }
    #expect(throws: TokenFileDefect.self) { try TokenRegister(parsing: lines.joined(separator: "\n")) }
  }

  @Test("new tokens are long and never the same")
  func new() {
    let tokens = (1...100).map { _ in TokenRegister.newToken() }
    #expect(Set(tokens).count == 100 && tokens.allSatisfy { $0.count == 73 })
  }
}
