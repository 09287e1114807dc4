package import ClaimsAPI
import Foundation

/// A server of the Model Context Protocol over standard input and output: JSON-RPC 2.0, a message on each line. Its tools
/// are the service's operations. A tool that acts is a keyed effect, so an agent that calls it twice acts once.
package struct MCPServer: Sendable {
  private let service: LocalService
  private let catalog: ToolCatalog

  /// The versions of the protocol that this server speaks, the newest first.
  private static let protocols = ["2025-06-18", "2025-03-26", "2024-11-05"]

  package init(_ service: LocalService) throws {
    self.service = service
    catalog = try ToolCatalog(openAPI: service.openAPI)
  }

  /// Answers one message.
  ///
  /// - Returns: the answer on one line; nil for a notification, which has none.
  package func answer(_ line: [UInt8]) async -> [UInt8]? {
    guard let message = try? JSONSerialization.jsonObject(with: Data(line)) as? Members else {
      return Self.line(.failure(RPCError(-32700, "the line is not a JSON object")), id: NSNull())
    }
    guard let method = message["method"] as? String, message["jsonrpc"] as? String == "2.0" else {
      // An answer of the client's, to a question that this server never asks, needs none.
      let isAnswer = message["result"] != nil || message["error"] != nil
      return isAnswer ? nil : Self.line(.failure(RPCError(-32600, "not a JSON-RPC 2.0 request")), id: NSNull())
    }
    guard let id = message["id"], id is String || id is NSNumber else { return nil }
    let parameters = message["params"] as? Members ?? [:]
    do {
      return Self.line(.success(try await result(of: method, parameters)), id: id)
    } catch let error as RPCError {
      return Self.line(.failure(error), id: id)
    } catch {
      return Self.line(.failure(RPCError(-32603, "a fault of the server")), id: id)
    }
  }

  private func result(of method: String, _ parameters: Members) async throws -> Data {
    switch method {
    case "initialize": try Self.data(greeting(asked: parameters["protocolVersion"] as? String))
    case "ping": Data("{}".utf8)
    case "tools/list": catalog.list
    case "tools/call": try await call(parameters)
    default: throw RPCError(-32601, "there is no method \(method.prefix(60))")
    }
  }

  private func greeting(asked: String?) -> Members {
    [
      "protocolVersion": asked.flatMap { Self.protocols.contains($0) ? $0 : nil } ?? Self.protocols[0],
      "capabilities": ["tools": ["listChanged": false]],
      "serverInfo": ["name": "paidonce", "title": "PaidOnce claims", "version": catalog.version],
      "instructions": """
      Claims are decided and paid once. A tool that acts does so once for the same arguments: call it again if you do not \
      know whether a call arrived, and you get the first answer. Every act on a claim needs a reason, which stays on record. \
      Claims hold data about people: repeat no more of it than you need.
      """,
    ]
  }

  private func call(_ parameters: Members) async throws -> Data {
    guard let name = parameters["name"] as? String, let tool = catalog.tools[name] else {
      throw RPCError(-32602, "there is no tool of that name; see tools/list")
    }
    guard let arguments = (parameters["arguments"] ?? Members()) as? Members else {
      throw RPCError(-32602, "the arguments must be an object")
    }
    let call: ToolCall
    do {
      call = try ToolCall(tool, arguments)
    } catch let error as ToolCall.BadArgument {
      throw RPCError(-32602, error.description)
    }
    let answer = try await service.answer(
      call.method, call.path, call.body, idempotencyKey: call.idempotencyKey)
    return try Self.data(Self.content(of: answer))
  }

  private static func content(of answer: LocalService.Answer) -> Members {
    var result: Members = [
      "content": [["type": "text", "text": String(decoding: answer.bytes, as: UTF8.self)]],
      "isError": answer.status >= 400,
      "_meta": ["paidonce/status": answer.status, "paidonce/replay": answer.isReplay],
    ]
    if let object = try? JSONSerialization.jsonObject(with: Data(answer.bytes)) as? Members {
      result["structuredContent"] = object
    }
    return result
  }

  private static func data(_ members: Members) throws -> Data {
    try JSONSerialization.data(withJSONObject: members, options: [.sortedKeys, .withoutEscapingSlashes])
  }

  private static func line(_ result: Result<Data, RPCError>, id: Any) -> [UInt8] {
    let id = (try? JSONSerialization.data(withJSONObject: id, options: .fragmentsAllowed)) ?? Data("null".utf8)
    switch result {
    case .success(let data):
      return Array("{\"jsonrpc\":\"2.0\",\"id\":".utf8) + id + Array(",\"result\":".utf8) + data + [0x7D]
    case .failure(let error):
      let members: Members = ["code": error.code, "message": error.message]
      let data = (try? Self.data(members)) ?? Data("{\"code\":-32603,\"message\":\"a fault of the server\"}".utf8)
      return Array("{\"jsonrpc\":\"2.0\",\"id\":".utf8) + id + Array(",\"error\":".utf8) + data + [0x7D]
    }
  }
}

private struct RPCError: Error {
  let code: Int
  let message: String

  init(_ code: Int, _ message: String) {
    (self.code, self.message) = (code, message)
  }
}
