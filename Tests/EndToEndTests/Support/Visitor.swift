import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// Somebody with a browser that runs no scripts: keeps the cookie, reads pages, and sends their forms.
struct Visitor: Sendable {
  let service: Serving
  private(set) var cookie = ""

  /// Signs in with a token.
  static func signedIn(to service: Serving, with token: String) async throws -> Visitor {
    var visitor = Visitor(service: service)
    let way = try await visitor.open("/sign-in")
    let reply = try await visitor.send(["access": token], to: "/sign-in", from: way)
    visitor.cookie = reply.headers["set-cookie"]?.split(separator: ";").first.map(String.init) ?? ""
    return visitor
  }

  /// Uses the cookie of another session.
  mutating func keep(_ cookie: String) { self.cookie = cookie }

  func open(_ path: String) async throws -> Serving.Reply { try await ask(HTTPClientRequest(url: service.url + path)) }

  /// Sends a form of a page, with the page's own key and token.
  func send(
    _ fields: [String: String], to path: String, from page: Serving.Reply, headers: [(String, String)] = []
  ) async throws -> Serving.Reply {
    var fields = fields
    for name in ["form", "token"] where fields[name] == nil { fields[name] = Self.hidden(name, in: page.text) }
    var request = HTTPClientRequest(url: service.url + path)
    request.method = .POST
    request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
    for (name, value) in headers { request.headers.add(name: name, value: value) }
    let body = fields.sorted { $0.key < $1.key }.map { "\(Self.encoded($0.key))=\(Self.encoded($0.value))" }
    request.body = .bytes(ByteBuffer(string: body.joined(separator: "&")))
    return try await ask(request)
  }

  private func ask(_ request: HTTPClientRequest) async throws -> Serving.Reply {
    var request = request
    if !cookie.isEmpty { request.headers.add(name: "Cookie", value: cookie) }
    return try await service.reply(to: request)
  }

  static func hidden(_ name: String, in page: String) -> String {
    let parts = page.split(separator: "name=\"\(name)\" value=\"", maxSplits: 1)
    return parts.count == 2 ? String(parts[1].prefix { $0 != "\"" }) : ""
  }

  private static func encoded(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
  }
}
