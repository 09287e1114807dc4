import ClaimFormats
import ClaimStore
import ClaimsAPI
import ClaimsApp
import ClaimsDomain
import DurableExecution
import Hummingbird

/// The queue, and the claims that were set aside since no worker could finish them.
struct QueuePage: Sendable {
  let console: ConsoleParts

  private static let pageSize = 100

  struct View: PageView {
    static let template = "queue"
    static let place = "/queue"
    let title = "Queue"
    var alert: String?
    var notice: String?
    let waiting: String
    let leased: String
    let dead: String
    let letters: [Letter]
    /// The cursor of the next page; nil for none.
    let next: String?
    let entered: String
  }

  struct Letter: Sendable {
    let key: String
    let payer: String
    let attempts: Int
    let reason: String
    let sent: String
  }

  func add(to routes: PageRoutes) {
    routes.page("queue", for: .operate) { visit in try await view(visit) }
    routes.form("queue", for: .operate) { form, visit in
      guard let key = form["key"] else { throw APIProblem.malformed("name a claim that was set aside") }
      try await console.app.revive(KeyText(key), by: try form.signOff(by: visit.caller.name))
      return "/queue"
    } again: { form, visit in
      try await view(visit, entered: form["reason"] ?? "")
    }
  }

  private func view(_ visit: Visit, entered: String = "") async throws -> View {
    let cursors = SealedCursors(console.app.store)
    let after = try await cursors.open(visit.request.uri.queryParameters["after"], of: .deadLetters)
      .map { place throws(APIProblem) in try ListPlace(cursor: place) }
    let (counts, letters) = try await console.app.store.read {
      (try $0.queueCounts(), try $0.deadLetters(after: after, limit: Self.pageSize + 1))
    }
    let page = ListPage(letters, limit: Self.pageSize)
    return View(
      waiting: counts.waiting.grouped, leased: counts.leased.grouped, dead: counts.dead.grouped,
      letters: page.rows.map { letter in
        Letter(
          key: letter.key.text, payer: letter.payerID.text, attempts: letter.attempts, reason: letter.reason,
          sent: letter.submittedAt.text)
      }, next: try await cursors.seal(page.last.map { ListPlace(at: $0).text }, of: .deadLetters), entered: entered)
  }
}
