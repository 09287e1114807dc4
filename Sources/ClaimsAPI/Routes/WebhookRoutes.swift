import ClaimFormats
import ClaimStore
import ClaimsDomain
import DurableExecution
import Hummingbird
import Webhooks

/// The receivers of events, and what is sent to them. An operator looks after both.
struct WebhookRoutes {
  let store: ClaimStore
  let once: OncePerKey
  private var desk: WebhookDesk { WebhookDesk(store) }

  private static let pageLimit = 500

  init(store: ClaimStore, once: OncePerKey) {
    (self.store, self.once) = (store, once)
  }

  func add(to group: RouterGroup<APIRequestContext>) {
    group.get("webhooks", use: receivers)
    group.post("webhooks", use: add)
    group.post("webhooks/remove", use: remove)
    group.post("webhooks/rotate", use: rotate)
    group.get("webhooks/deliveries", use: deliveries)
    group.post("webhooks/resend", use: resend)
  }

  @Sendable private func receivers(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let receivers = try await store.read { try $0.receivers() }
    return APIAnswer.json { json in
      json.object { json in
        json.key("receivers")
        json.array(receivers) { $1.write(to: &$0) }
      }
    }.response()
  }

  @Sendable private func add(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    try await act(request, context, AddWebhookDocument.self) { document, signOff in
      let (receiver, secret) = try await desk.add(document.url, types: document.types ?? [], by: signOff)
      return .shownOnce(secret) { json, secret in
        receiver.write(to: &json) { $0.member("secret", secret) }
      }
    }
  }

  @Sendable private func rotate(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    try await act(request, context, RotateWebhookDocument.self) { document, signOff in
      let overlap = document.overlapHours ?? WebhookDesk.usualOverlap
      let secret = try await desk.rotate(WebhookReceiverID(document.id), overlap: overlap, by: signOff)
      return .shownOnce(secret) { json, secret in
        json.object { json in
          json.member("id", document.id)
          json.member("secret", secret)
        }
      }
    }
  }

  @Sendable private func remove(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    try await act(request, context, RemoveWebhookDocument.self) { document, signOff in
      try await desk.remove(WebhookReceiverID(document.id), by: signOff)
      return APIAnswer.json { $0.object { $0.member("removed", true) } }
    }
  }

  @Sendable private func resend(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    try await act(request, context, ResendDocument.self) { document, signOff in
      try await desk.resend(document.delivery, by: signOff)
      return APIAnswer.json { $0.object { $0.member("resent", true) } }
    }
  }

  /// Answers deliveries, the newest first.
  @Sendable private func deliveries(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let limit = try request.limit(upTo: Self.pageLimit)
    let query = request.uri.queryParameters
    let state = try query["state"].map { text throws(APIProblem) in
      guard let state = WebhookDelivery.State(rawValue: String(text)) else {
        throw .malformed("state must be waiting, sending, delivered, or dead")
      }
      return state
    }
    let before = try query["before"].map { text throws(APIProblem) in
      guard let number = Int64(text) else { throw .malformed("before must be the number of a delivery") }
      return number
    }
    let receiver = try query["receiver"].map { text throws(APIProblem) in
      guard text.wholeMatch(of: /WHK-[0-9a-f]{20}/) != nil else {
        throw .malformed("receiver must be the id of a receiver, WHK- and 20 hex digits")
      }
      return WebhookReceiverID(String(text))
    }
    let found = try await store.read { try $0.deliveries(to: receiver, in: state, before: before, limit: limit) }
    return APIAnswer.json { json in
      json.object { json in
        json.key("deliveries")
        json.array(found) { $1.write(to: &$0) }
        json.member("next", found.count == limit ? found.last.map { Int($0.number) } : nil)
      }
    }.response()
  }

  private func act<Document: ActDocument>(
    _ request: Request, _ context: APIRequestContext, _ type: Document.Type,
    _ perform: (Document, SignOff) async throws -> APIAnswer
  ) async throws -> Response {
    let caller = try context.requireCaller()
    let body = try await request.bytes(upTo: ActRoutes.bodyLimit)
    return try await once.respond(to: request, context, body: body) {
      let document = try Document(body: body)
      return try await perform(document, try SignOff(by: caller.name, reason: document.reason))
    }
  }
}

extension APIAnswer {
  /// An answer with a secret. What is kept of it, and sent when the request is repeated, has null in its place.
  fileprivate static func shownOnce(
    _ secret: WebhookSecret, _ write: (inout OrderedJSON, String?) -> Void
  ) -> APIAnswer {
    var answer = APIAnswer.json { write(&$0, secret.text) }
    answer.keptBytes = APIAnswer.json { write(&$0, nil) }.bytes
    return answer
  }
}

/// Names a receiver to be added, and says why.
private struct AddWebhookDocument: ActDocument {
  let url: String
  let types: [String]?
  let reason: String

  enum CodingKeys: String, CodingKey, CaseIterable { case url, types, reason }
}

private struct RemoveWebhookDocument: ActDocument {
  let id: String
  let reason: String

  enum CodingKeys: String, CodingKey, CaseIterable { case id, reason }
}

private struct RotateWebhookDocument: ActDocument {
  let id: String
  let reason: String
  let overlapHours: Int?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case id, reason
    case overlapHours = "overlap_hours"
  }
}

private struct ResendDocument: ActDocument {
  let delivery: Int64
  let reason: String

  enum CodingKeys: String, CodingKey, CaseIterable { case delivery, reason }
}
