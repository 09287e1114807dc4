import ClaimFormats
import ClaimOperations
import ClaimsApp
import DurableExecution
import Hummingbird

/// Deletes old records that no promise rests on, as `claims purge` does.
struct PurgeRoutes {
  let app: ClaimsApp
  let once: OncePerKey

  /// The most pages of a kind that one request deletes, so that it ends in time.
  private static let pageLimit = 50

  func add(to group: RouterGroup<APIRequestContext>) {
    group.get("purge", use: preview)
    group.post("purge", use: purge)
  }

  @Sendable private func preview(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    guard let text = request.uri.queryParameters.get("older_than_days"), let days = Int(text) else {
      throw APIProblem.malformed("older_than_days: a whole number of days is wanted")
    }
    return Self.answer(try await PurgeDesk(app.store, olderThanDays: days).preview()).response()
  }

  @Sendable private func purge(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let caller = try context.requireCaller()
    let body = try await request.bytes(upTo: ActRoutes.bodyLimit)
    return try await once.respond(to: request, context, body: body) {
      let document = try PurgeDocument(body: body)
      let desk = try PurgeDesk(app.store, olderThanDays: document.olderThanDays)
      let signOff = try SignOff(by: caller.name, reason: document.reason)
      return Self.answer(try await desk.purge(by: signOff, pages: Self.pageLimit))
    }
  }

  private static func answer(_ kinds: [Purged]) -> APIAnswer {
    APIAnswer.json { json in
      json.object { json in
        json.key("purged")
        json.array(kinds) { $1.write(to: &$0) }
      }
    }
  }
}

/// Says how old records must be to leave, and why they do.
struct PurgeDocument: RequestDocument {
  let olderThanDays: Int
  let reason: String

  enum CodingKeys: String, CodingKey, CaseIterable {
    case olderThanDays = "older_than_days"
    case reason
  }
}
