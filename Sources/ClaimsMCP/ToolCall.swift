import DurableExecution
import Foundation

/// A call of a tool, as a request to the service.
struct ToolCall: Sendable {
  let method: String
  let path: String
  let body: [UInt8]
  /// The key of the act; nil for a tool that does not act under a key.
  let idempotencyKey: String?

  /// An argument is missing, unknown, or not as it should be.
  struct BadArgument: Error, CustomStringConvertible {
    let description: String
  }

  /// - Throws: `BadArgument`.
  init(_ tool: ToolCatalog.Tool, _ arguments: Members) throws {
    var rest = arguments
    method = tool.method
    path = try Self.path(of: tool, taking: &rest)
    let key = rest.removeValue(forKey: ToolCatalog.keyArgument)
    guard key == nil || tool.isKeyed else {
      throw BadArgument(description: "\(ToolCatalog.keyArgument): the tool has none")
    }
    if tool.takesClaims {
      guard let claims = rest.removeValue(forKey: ToolCatalog.claimsArgument) as? String else {
        throw BadArgument(description: "\(ToolCatalog.claimsArgument) must be the text of claims")
      }
      body = Array(claims.utf8)
    } else if method == "POST" {
      body = Array(try JSONSerialization.data(withJSONObject: rest, options: [.sortedKeys, .withoutEscapingSlashes]))
      rest = [:]
    } else {
      body = []
    }
    if let unknown = rest.keys.min() { throw BadArgument(description: "there is no argument \(unknown.prefix(40))") }
    idempotencyKey = tool.isKeyed ? try Self.key(of: tool, path, body, key) : nil
  }

  /// Derives the key from the act itself: the tool, the claim, and everything that the act says. The same call is the same
  /// act, whenever and however often an agent makes it.
  private static func key(
    of tool: ToolCatalog.Tool, _ path: String, _ body: [UInt8], _ given: Any?
  ) throws(BadArgument) -> String {
    var parts = [tool.name, path, ContentDigest.sha256(body)]
    if let given {
      guard let text = given as? String, (1...100).contains(text.utf8.count) else {
        throw BadArgument(description: "\(ToolCatalog.keyArgument) must be a text of at most 100 characters")
      }
      parts.append(text)
    }
    return "mcp-\(ContentDigest.sha256(parts.joined(separator: "\n").utf8))"
  }

  private static func path(of tool: ToolCatalog.Tool, taking arguments: inout Members) throws(BadArgument) -> String {
    var path = tool.path
    for name in tool.pathParameters {
      guard let text = arguments.removeValue(forKey: name) as? String, let part = encoded(text), !part.isEmpty else {
        throw BadArgument(description: "\(name) is missing")
      }
      path = path.replacing("{\(name)}", with: part)
    }
    let query = tool.queryParameters.compactMap { name in
      arguments.removeValue(forKey: name).flatMap { encoded("\($0)") }.map { "\(name)=\($0)" }
    }
    return path + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
  }

  private static func encoded(_ text: String) -> String? {
    text.addingPercentEncoding(withAllowedCharacters: .urlPathComponent)
  }
}

extension CharacterSet {
  fileprivate static let urlPathComponent = CharacterSet(charactersIn: "-._~").union(.alphanumerics)
    .intersection(CharacterSet(charactersIn: Unicode.Scalar(0x21)...Unicode.Scalar(0x7E)))
}
