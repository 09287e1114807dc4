import BankProtocol
import ClaimFormats
import ClaimStore
import ClaimsAPI
import ClaimsApp
import ClaimsDomain
import DurableExecution
import HTTPTypes
import Hummingbird
import NIOCore

/// The remittances that check runs have made, and the file of each.
struct RemittancePages: Sendable {
  let app: ClaimsApp

  private static let pageSize = 100

  struct View: PageView {
    static let template = "remittances"
    static let place = "/remittances"
    let title = "Remittances"
    var alert: String?
    var notice: String?
    let rows: [Row]
    /// The last remittance of the page, after which the next page comes; nil for none.
    let next: String?
  }

  struct Row: Sendable {
    let path: String
    let id: String
    let run: Int
    let payee: String
    let claims: Int
    let paid: String
    let amount: String
    let carried: String
  }

  func add(to routes: PageRoutes) {
    routes.page("remittances", for: .read) { visit in
      try await list(before: visit.request.uri.queryParameters["before"].map { RemittanceID(String($0)) })
    }
    routes.response("remittances/:id", for: .read) { visit in try await file(RemittanceID(visit.part("id"))) }
  }

  private func list(before id: RemittanceID?) async throws -> View {
    let page = try await app.remittances(after: id, limit: Self.pageSize)
    return View(rows: page.rows.map(Row.init), next: page.last?.id.text)
  }

  /// Answers with the 835 as it was made: the response that is stored under its key.
  private func file(_ id: RemittanceID) async throws -> Response {
    let bytes = try await app.remittanceFile(id)
    return Response(
      status: .ok,
      headers: [
        .contentType: "text/plain; charset=utf-8", .contentDisposition: "attachment; filename=\"\(id).835\"",
      ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }
}

extension RemittancePages.Row {
  fileprivate init(_ row: RemittanceRow) {
    (path, id, run) = ("/remittances/\(row.id)", row.id.text, row.run)
    payee = "\(row.payee.name), \(row.payee.reference)"
    (claims, paid, amount) = (row.claimCount, row.claimsPaid.grouped, row.amount.grouped)
    carried = row.carriedOut.map { $0.amount.grouped } ?? ""
  }
}
