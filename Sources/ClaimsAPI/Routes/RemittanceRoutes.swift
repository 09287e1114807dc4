import ClaimFormats
package import ClaimStore
package import ClaimsApp
package import ClaimsDomain
import DurableExecution
import Hummingbird

/// Answers the remittances that check runs have made.
struct RemittanceRoutes {
  let app: ClaimsApp

  private static let pageLimit = 500

  func add(to group: RouterGroup<APIRequestContext>) {
    group.get("remittances", use: list)
    group.get("remittances/:id", use: file)
  }

  @Sendable private func list(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let last = request.uri.queryParameters["after"].map { RemittanceID(String($0)) }
    let page = try await app.remittances(after: last, limit: try request.limit(upTo: Self.pageLimit))
    return APIAnswer.json { json in
      json.object { json in
        json.key("remittances")
        json.array(page.rows) { $1.write(to: &$0) }
        json.member("next", page.last?.id.text)
      }
    }.response()
  }

  @Sendable private func file(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let file = try await app.remittanceFile(RemittanceID(context.parameters.get("id") ?? ""))
    return APIAnswer(status: 200, contentType: "application/edi-x12", bytes: file).response()
  }
}

extension ClaimsApp {
  /// Returns a page of remittances, the newest first.
  ///
  /// - Parameter last: the last remittance of the page before; nil for the first page.
  /// - Throws: `APIProblem.malformed`, `StoreFailure`.
  package func remittances(after last: RemittanceID?, limit: Int) async throws -> ListPage<RemittanceRow> {
    let newest = try await store.read { transaction in
      let row = try last.map { id in
        guard let row = try transaction.remittance(id) else { throw APIProblem.unreadableCursor }
        return row
      }
      return try transaction.remittances(before: row?.number, limit: limit + 1)
    }
    return ListPage(newest.reversed(), limit: limit)
  }

  /// Returns the 835 as it was made: the response that is stored under its key.
  ///
  /// - Throws: `APIProblem.notFound`, `StoreFailure`.
  package func remittanceFile(_ id: RemittanceID) async throws -> [UInt8] {
    let bytes = try await store.read { transaction in
      try transaction.remittance(id).flatMap { row in
        try transaction.records(for: [row.effectKey])[row.effectKey]?.response?.bytes
      }
    }
    guard let bytes else { throw APIProblem.notFound("there is no such remittance") }
    return bytes
  }
}
