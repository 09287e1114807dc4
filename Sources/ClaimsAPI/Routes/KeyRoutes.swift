import ClaimFormats
import ClaimStore
package import ClaimsApp
package import DurableExecution
import Hummingbird

/// Answers what is kept under the keys of claims. A key may have a member's number in it, so it is named in the body, and
/// in no path and no log.
struct KeyRoutes {
  let app: ClaimsApp

  private static let pageLimit = 500

  func add(to group: RouterGroup<APIRequestContext>) {
    group.get("keys", use: list)
    group.post("keys/show", use: show)
  }

  @Sendable private func list(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let asked = request.uri.queryParameters
    let status = try asked["status"].map { text throws(APIProblem) in
      guard let status = KeyStatus(rawValue: String(text)) else {
        throw .malformed("status must be \(KeyStatus.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      return status
    }
    let page = try await app.keys(
      status: status, after: asked["after"], limit: try request.limit(upTo: Self.pageLimit))
    return APIAnswer.json { json in
      json.object { json in
        json.key("keys")
        json.array(page.rows) { $1.write(to: &$0) }
        json.member("next", page.next)
      }
    }.response()
  }

  @Sendable private func show(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let document = try NamedKeyDocument(body: try await request.bytes(upTo: ActRoutes.bodyLimit))
    let key = KeyText(document.key)
    let record = try await app.store.read { try $0.records(for: [key])[key] }
    guard let record, record.isOfClaims else { throw APIProblem.notFound("there is no such key of a claim") }
    return APIAnswer.json { record.write(to: &$0) }.response()
  }
}

/// Names a key.
struct NamedKeyDocument: RequestDocument {
  let key: String

  enum CodingKeys: String, CodingKey, CaseIterable { case key }
}

extension ClaimsApp {
  /// Returns a page of the keys of claims, the newest first. It may have fewer keys than the limit, since those of others
  /// are left out.
  ///
  /// - Parameter cursor: the `next` of the page before; nil for the first page.
  /// - Throws: `APIProblem.malformed`, `StoreFailure`.
  package func keys(
    status: KeyStatus?, after cursor: Substring?, limit: Int
  ) async throws -> (rows: [KeyRecord], next: String?) {
    let cursors = SealedCursors(store)
    let last = try await cursors.open(cursor, of: .keys).map { KeyText($0) }
    let newest = try await store.read { transaction in
      let record = try last.flatMap { try transaction.records(for: [$0])[$0] }
      return try transaction.keys(status: status, effect: nil, before: record, limit: limit + 1)
    }
    let page = ListPage(newest.reversed(), limit: limit)
    return (page.rows.filter(\.isOfClaims), try await cursors.seal(page.last?.key.text, of: .keys))
  }
}
