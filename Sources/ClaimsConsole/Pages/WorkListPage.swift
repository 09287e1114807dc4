import ClaimFormats
import ClaimStore
import ClaimsAPI
import ClaimsApp
import ClaimsDomain
import Hummingbird

/// The claims that wait for a person, the longest waiting first.
struct WorkListPage: Sendable {
  let app: ClaimsApp

  private static let pageSize = 50

  struct View: PageView {
    static let template = "work"
    static let place = "/work"
    let title = "Work list"
    var alert: String?
    var notice: String?
    let claims: [Row]
    /// Nil if no claim waits.
    let count: String?
    let next: String?
  }

  struct Row: Sendable {
    let claim: ShownClaim
    let age: String
    let code: String
    let text: String
    let lines: String?
  }

  func add(to routes: PageRoutes) {
    routes.page("work", for: .read) { visit in
      let after = try visit.request.uri.queryParameters["after"].map { try ClaimIntakeID(inPath: String($0)) }
      return try await view(after: after)
    }
  }

  private func view(after: ClaimIntakeID?) async throws -> View {
    try await app.store.read { transaction in
      let last = try after.flatMap { try transaction.claims([$0])[$0] }
      let rows = try transaction.suspendedClaims(after: last, limit: Self.pageSize + 1)
      let today = try transaction.now.day
      let claims = try rows.prefix(Self.pageSize).map { row in
        Row(try SuspendedClaim(row, in: transaction), on: today)
      }
      let count = try transaction.count(matching: ClaimFilter(status: .suspended), upTo: 10_000)
      return View(
        claims: claims, count: count == 0 ? nil : count.grouped,
        next: rows.count > Self.pageSize ? rows[Self.pageSize - 1].id.text : nil)
    }
  }
}

extension WorkListPage.Row {
  fileprivate init(_ waiting: SuspendedClaim, on today: CalendarDate) {
    claim = ShownClaim(waiting.row)
    let days = max(0, today.days(since: waiting.row.receivedOn))
    age = days == 1 ? "1 day" : "\(days.grouped) days"
    (code, text) = (waiting.code, waiting.text)
    lines = waiting.lines.isEmpty ? nil : waiting.lines.map(String.init).joined(separator: ", ")
  }
}
