import AsyncHTTPClient
import ClaimsAPI
import Foundation
import NIOCore
import NIOHTTP1
import Subprocess
import SystemPackage

/// A separate `claims serve` process with its own port, and tokens for each role.
struct Serving: Sendable {
  struct DidNotStart: Error {
    let errors: String
  }

  let url: String
  let processIdentifier: ProcessIdentifier

  /// The token of a caller who has one role, or of another caller with the same role.
  static func token(_ role: Role, of name: String? = nil) -> String {
    "test-token-\(name ?? role.rawValue)-\(role.rawValue)"
  }

  /// Writes a file with a token for each role, and one more for a second agent, a second submitter and a second examiner.
  static func writeTokens(to office: Office) throws {
    var lines = Role.allCases.map { role in
      TokenRegister.line(for: Caller(name: role.rawValue, roles: [role]), token: token(role))
    }
    for role in [Role.agent, .submitter, .examiner] {
      lines.append(TokenRegister.line(for: Caller(name: "second", roles: [role]), token: token(role, of: "second")))
    }
    try office.write(lines.joined(separator: "\n") + "\n", to: "tokens.txt")
  }

  /// Runs the service while the work runs, and then asks it to end.
  ///
  /// - Throws: `DidNotStart`, and any error from the work.
  static func open<Value: Sendable>(
    in office: Office, _ options: [String] = [], enrolling: Bool = true, environment: [String: String] = [:],
    _ work: @Sendable (Serving) async throws -> Value
  ) async throws -> (value: Value, ended: Ended.Way, errors: String) {
    try writeTokens(to: office)
    let arguments =
      ["serve", "--port", "0", "--tokens", "tokens.txt"] + (enrolling ? ["--enroll", "PPO"] : []) + Office.received
      + options
    let record = try await Subprocess.run(
      .path(FilePath(Program.path())), arguments: Arguments(arguments),
      environment: .inherit.updating(Program.variables(environment)),
      workingDirectory: FilePath(office.folder),
      input: .none, output: .sequence, error: .string(limit: 1 << 20)
    ) { process -> Result<Value, any Error>? in
      var said = ""
      for try await buffer in process.standardOutput {
        said += buffer.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
        guard let address = said.firstMatch(of: /listening on (https?:\S+),/)?.output.1 else { continue }
        let serving = Serving(url: String(address), processIdentifier: process.processIdentifier)
        let result: Result<Value, any Error>
        do { result = .success(try await work(serving)) } catch { result = .failure(error) }
        try? process.send(signal: .terminate)
        return result
      }
      return nil
    }
    let errors = record.standardError
    guard let result = record.closureResult else { throw DidNotStart(errors: errors) }
    return (try result.get(), Ended.Way(record.terminationStatus), errors)
  }

  /// Follows no redirects: a page that leads to another is an answer like any.
  private static let client: HTTPClient = {
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    return HTTPClient(configuration: configuration)
  }()

  /// What the service has answered.
  struct Reply: Sendable {
    let status: Int
    let headers: [String: String]
    let bytes: [UInt8]

    var text: String { String(decoding: bytes, as: UTF8.self) }
    var isReplay: Bool { headers["idempotent-replay"] == "true" }

    func json() throws -> [String: Any] { try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] ?? [:] }
  }

  func get(_ path: String, as token: String?, headers: [(String, String)] = []) async throws -> Reply {
    var request = HTTPClientRequest(url: url + path)
    for (name, value) in headers { request.headers.add(name: name, value: value) }
    return try await send(request, as: token)
  }

  /// Opens an answer whose body comes in parts.
  func stream(_ path: String, as token: String) async throws -> (status: UInt, body: HTTPClientResponse.Body) {
    var request = HTTPClientRequest(url: url + path)
    request.headers.add(name: "Authorization", value: "Bearer \(token)")
    let response = try await HTTPClient.shared.execute(request, timeout: .seconds(90))
    return (response.status.code, response.body)
  }

  func post(
    _ path: String, _ body: some Sequence<UInt8>, as token: String?, key: String? = nil,
    headers: [(String, String)] = []
  ) async throws -> Reply {
    var request = HTTPClientRequest(url: url + path)
    request.method = .POST
    request.body = .bytes(ByteBuffer(bytes: Array(body)))
    if let key { request.headers.add(name: "Idempotency-Key", value: key) }
    for (name, value) in headers { request.headers.add(name: name, value: value) }
    return try await send(request, as: token)
  }

  /// Sends one request on many connections at once.
  func posts(
    _ count: Int, _ path: String, _ body: [UInt8], as token: String, key: String? = nil
  ) async throws -> [Reply] {
    try await withThrowingTaskGroup(of: Reply.self) { group in
      for _ in 1...count { group.addTask { try await self.post(path, body, as: token, key: key) } }
      var replies: [Reply] = []
      for try await reply in group { replies.append(reply) }
      return replies
    }
  }

  private func send(_ request: HTTPClientRequest, as token: String?) async throws -> Reply {
    var request = request
    if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
    return try await reply(to: request)
  }

  func reply(to request: HTTPClientRequest) async throws -> Reply {
    let response = try await Self.client.execute(request, timeout: .seconds(90))
    let body = try await response.body.collect(upTo: 1 << 26)
    let headers = response.headers.map { ($0.name.lowercased(), $0.value) }
    return Reply(
      status: Int(response.status.code), headers: Dictionary(headers, uniquingKeysWith: { $1 }),
      bytes: Array(body.readableBytesView))
  }
}
