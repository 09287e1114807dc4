import Foundation
import TestSupport
import Testing

@Suite("An AI agent that calls a tool twice acts once")
struct MCPTests {
  private static let tools = ["mcp", "--role", "submitter", "--role", "examiner", "--enroll", "PPO"] + Office.received

  private static func request(_ id: Int, _ method: String, _ parameters: [String: Any] = [:]) throws -> String {
    let message: [String: Any] = ["jsonrpc": "2.0", "id": id, "method": method, "params": parameters]
    return String(decoding: try JSONSerialization.data(withJSONObject: message), as: UTF8.self)
  }

  private static func call(_ id: Int, _ tool: String, _ arguments: [String: Any]) throws -> String {
    try request(id, "tools/call", ["name": tool, "arguments": arguments])
  }

  /// Sends lines to the server, and returns its answers by their ids.
  private static func answers(
    to lines: [String], in office: Office, _ arguments: [String] = tools
  ) async throws -> [Int: [String: Any]] {
    try office.write(lines.joined(separator: "\n") + "\n", to: "in.txt")
    let command = (["$CLAIMS"] + arguments).joined(separator: " ")
    let done = try await office.shell("\(command) < in.txt")
    #expect(done.way == .exited(0), "\(done.errors)")
    var answers: [Int: [String: Any]] = [:]
    for line in done.text.split(separator: "\n") {
      let answer = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
      answers[answer["id"] as? Int ?? -1] = answer
    }
    return answers
  }

  private static func result(_ answer: [String: Any]?) throws -> [String: Any] {
    try #require(answer?["result"] as? [String: Any], "\(answer ?? [:])")
  }

  private static func text(_ answer: [String: Any]?) throws -> String {
    let content = try result(answer)["content"] as? [[String: Any]]
    return try #require(content?.first?["text"] as? String)
  }

  @Test("in one session and in another, the same call gets the first answer, and the bank pays once")
  func twice() async throws {
    let office = try Office()
    let claims = ManyClaims(count: 2, seed: 41).text
    let send = ["claims": claims]
    let first = try await Self.answers(
      to: [try Self.call(1, "submitClaims", send), try Self.call(2, "submitClaims", send)], in: office)
    let later = try await Self.answers(to: [try Self.call(1, "submitClaims", send)], in: office)
    let texts = [try Self.text(first[1]), try Self.text(first[2]), try Self.text(later[1])]
    #expect(Set(texts).count == 1 && texts[0].contains(#""paid":2"#), "\(texts)")
    #expect((try Self.result(later[1])["_meta"] as? [String: Any])?["paidonce/replay"] as? Bool == true)
    try await office.bankPaid(2)
    try await office.verifiesClean()
  }

  @Test("a server that is killed while it works leaves one effect, when the agent calls again", arguments: 1...4)
  func killed(round: Int) async throws {
    let office = try Office()
    try office.write(
      try Self.call(1, "submitClaims", ["claims": ManyClaims(count: 40, seed: UInt64(round)).text]) + "\n", to: "in.txt"
    )
    let command = (["$CLAIMS"] + Self.tools).joined(separator: " ")
    // The input stays open, so that only the signal ends the server.
    _ = try await office.shell(
      """
      (cat in.txt; sleep 60) | \(command) > out.txt & pid=$!
      for i in $(seq 400); do [ -s claims.db ] && break; sleep 0.05; done
      sleep 0.\(round); kill -9 $(pgrep -P $$ -f 'mcp --role' | head -1) $pid
      """)
    let again = try await Self.answers(
      to: [try Self.call(1, "submitClaims", ["claims": ManyClaims(count: 40, seed: UInt64(round)).text])], in: office)
    #expect(try Self.text(again[1]).contains(#""paid":40"#), "\(again)")
    try await office.bankPaid(40)
    try await office.verifiesClean()
  }

  @Test("an act with the same arguments is the same act; without a role to act, an agent only reads")
  func roles() async throws {
    let office = try Office()
    let samples = ["claims": SampleClaims.text]
    let options = Self.tools.filter { $0 != "--enroll" && $0 != "PPO" }
    let sent = try await Self.answers(to: [try Self.call(1, "submitClaims", samples)], in: office, options)
    #expect(try Self.text(sent[1]).contains("DEMO-013"))
    let list = try await Self.answers(to: [try Self.call(1, "suspense", [:])], in: office, ["mcp"] + Office.received)
    let waiting = try #require(try Self.text(list[1]).firstMatch(of: /CLM-[0-9a-f]{20}/)).output
    let release = try Self.call(2, "release", ["id": String(waiting), "reason": "called"])
    let reader = try await Self.answers(
      to: [try Self.call(1, "submitClaims", samples), release], in: office, ["mcp"] + Office.received)
    for id in [1, 2] {
      #expect(try Self.result(reader[id])["isError"] as? Bool == true)
      #expect(try Self.text(reader[id]).contains("the token's roles do not include this"))
    }
    let acts = try await Self.answers(
      to: [release, release.replacing("\"id\":2", with: "\"id\":3")], in: office, options)
    #expect(try Self.text(acts[2]) == Self.text(acts[3]), "the agent is answered twice, and acts once")
    #expect(try Self.text(acts[2]).contains(#""status":"paid""#))
    try await office.verifiesClean()
  }

  @Test("whatever comes, each line is answered or is a notification, and the server goes on")
  func malformed() async throws {
    let office = try Office()
    let lines = [
      "garbage", "[]", #"{"jsonrpc":"1.0","id":1,"method":"ping"}"#,
      #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#,
      try Self.request(2, "none"), try Self.request(3, "tools/call", ["name": "none"]),
      try Self.call(4, "claim", [:]), try Self.call(5, "claim", ["id": "../../metrics"]),
      try Self.call(6, "claim", ["id": "CLM-00000000000000000000", "more": 1]),
      try Self.request(7, "tools/call", ["name": "claim", "arguments": [1]]),
      try Self.request(8, "initialize", ["protocolVersion": "1999-01-01"]), "", try Self.request(9, "ping"),
    ]
    let answers = try await Self.answers(to: lines, in: office, ["mcp"])
    let codes = [2: -32601, 3: -32602, 4: -32602, 6: -32602, 7: -32602]
    for (id, code) in codes {
      #expect((answers[id]?["error"] as? [String: Any])?["code"] as? Int == code, "\(id): \(answers[id] ?? [:])")
    }
    #expect(try Self.result(answers[5])["isError"] as? Bool == true)
    #expect(try Self.result(answers[8])["protocolVersion"] as? String == "2025-06-18")
    #expect(answers[9]?["result"] != nil && answers[-1]?["error"] != nil)
  }

  @Test(
    "the protocol's reference client speaks with it",
    .enabled(if: ReferenceClient.environment.isThere, "no mcp from PyPI"))
  func reference() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "samples.837")
    let python = try ReferenceClient.environment.program("python")
    let done = try await office.shell("\(python) \(ReferenceClient.script) $CLAIMS sqlite:claims.db samples.837")
    #expect(done.way == .exited(0), "\(done.errors.suffix(2_000))")
    #expect(done.text.contains(#""same": true"#) && done.text.contains(#""refused": true"#), "\(done.text)")
  }
}

/// The reference implementation of the protocol.
private enum ReferenceClient {
  static let environment = PythonEnvironment("mcp==2.3.0", in: "mcp")
  static let script = PythonEnvironment.script("Tests/EndToEndTests/Support/mcp_client.py")
}
