import ClaimFormats
import ClaimStore
import ClaimsApp
import Hummingbird

/// Finds claims. What to look for is in the body, since a member's number belongs in no path and in no log.
struct SearchRoutes {
  let app: ClaimsApp

  /// The most bytes of a body. A search has a few hundred.
  private static let bodyLimit = 16 * 1024
  /// The most claims that are counted.
  private static let countLimit = 10_000

  func add(to group: RouterGroup<APIRequestContext>) {
    group.post("claims/search", use: search)
    group.post("claims/count", use: count)
  }

  @Sendable private func search(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let document = try SearchDocument(body: try await request.bytes(upTo: Self.bodyLimit))
    let (filter, cursor, limit) = (try document.filter(), try document.cursor(), try document.pageSize())
    let page = try await app.store.read { try $0.claims(matching: filter, after: cursor, limit: limit) }
    return APIAnswer.json { json in
      json.object { json in
        json.key("claims")
        json.array(page.rows) { FoundClaimJSON($1).write(to: &$0) }
        json.member("next", page.next?.text)
      }
    }.response()
  }

  @Sendable private func count(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let document = try SearchDocument(body: try await request.bytes(upTo: Self.bodyLimit))
    guard document.after == nil, document.limit == nil else {
      throw APIProblem.malformed("a count has no after and no limit: it counts all that match")
    }
    let filter = try document.filter()
    let found = try await app.store.read { try $0.count(matching: filter, upTo: Self.countLimit + 1) }
    return APIAnswer.json { json in
      FoundClaimJSON.writeCount(
        min(found, Self.countLimit), isComplete: found <= Self.countLimit, to: &json)
    }.response()
  }
}
