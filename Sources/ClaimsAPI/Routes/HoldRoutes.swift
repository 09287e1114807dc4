import ClaimFormats
import ClaimStore
import ClaimsApp
import DurableExecution
import Hummingbird

/// Payees on hold. A payee may be a person, so it is named in the body, and in no path and no log.
struct HoldRoutes {
  let app: ClaimsApp
  let once: OncePerKey

  private static let pageLimit = 500

  func add(to group: RouterGroup<APIRequestContext>) {
    group.get("holds", use: list)
    group.post("holds", use: hold)
    group.post("holds/lift", use: lift)
  }

  /// Answers the payees on hold, by name.
  @Sendable private func list(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let limit = try request.limit(upTo: Self.pageLimit)
    let cursors = SealedCursors(app.store)
    let after = try await cursors.open(request.uri.queryParameters["after"], of: .holds)
    let page = ListPage(
      try await app.store.read { try $0.payeesOnHold(after: after, limit: limit + 1) }, limit: limit)
    let next = try await cursors.seal(page.last?.payee, of: .holds)
    return APIAnswer.json { json in
      json.object { json in
        json.key("holds")
        json.array(page.rows) { $1.write(to: &$0) }
        json.member("next", next)
      }
    }.response()
  }

  @Sendable private func hold(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    try await act(request, context) { desk, signOff in
      let begun = try await desk.hold(by: signOff)
      return APIAnswer.json { json in
        json.object { json in
          json.member("is_new", begun.isNew)
          json.member("is_known", begun.isKnown)
          json.key("hold")
          begun.hold.write(to: &json)
        }
      }
    }
  }

  @Sendable private func lift(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    try await act(request, context) { desk, signOff in
      _ = try await desk.lift(by: signOff)
      return APIAnswer.json { $0.object { $0.member("lifted", true) } }
    }
  }

  private func act(
    _ request: Request, _ context: APIRequestContext, _ perform: (PayeeDesk, SignOff) async throws -> APIAnswer
  ) async throws -> Response {
    let caller = try context.requireCaller()
    let body = try await request.bytes(upTo: ActRoutes.bodyLimit)
    return try await once.respond(to: request, context, body: body) {
      let document = try HoldDocument(body: body)
      return try await perform(
        try PayeeDesk(app.store, payee: document.payee), try SignOff(by: caller.name, reason: document.reason))
    }
  }
}

/// Names a payee that is put on hold or whose hold is lifted, and says why.
struct HoldDocument: RequestDocument {
  let payee: String
  let reason: String

  enum CodingKeys: String, CodingKey, CaseIterable { case payee, reason }
}
