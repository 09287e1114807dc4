import ClaimFormats
import ClaimStore
import ClaimsAPI
import ClaimsApp
import ClaimsDomain
import DurableExecution
import Hummingbird

/// The batches that were submitted to be worked on later, and how far each is.
struct BatchPages: Sendable {
  let app: ClaimsApp

  private static let pageSize = 50

  func add(to routes: PageRoutes) {
    routes.page("batches", for: .follow) { visit in
      try await list(visit.caller, after: visit.request.uri.queryParameters["after"].map(String.init))
    }
    routes.page("batches/:id", for: .follow) { visit in
      let found = try await WatchedBatch(app.store, at: visit.part("id"), for: visit.caller).look()
      return BatchView(found.batch, found.progress)
    }
  }

  private func list(_ caller: Caller, after: String?) async throws -> BatchListView {
    var last: BatchRow?
    if let after { last = try await WatchedBatch(app.store, at: after, for: caller).look().batch }
    let (rows, open) = try await app.store.read { [last] transaction in
      let rows = try transaction.batches(of: caller.seesOnly, after: last, limit: Self.pageSize + 1)
      return (rows, try transaction.openClaims(of: rows.map(\.id)))
    }
    return BatchListView(
      batches: rows.prefix(Self.pageSize).map { BatchListView.Row($0, open: open[$0.id] ?? 0) },
      next: rows.count > Self.pageSize ? rows[Self.pageSize - 1].id.text : nil,
      hasBatches: !rows.isEmpty)
  }
}

/// The newest batches first.
struct BatchListView: PageView {
  static let template = "batches"
  static let place = "/batches"
  let title = "Batches"
  var alert: String?
  var notice: String?
  let batches: [Row]
  let next: String?
  let hasBatches: Bool

  struct Row: Sendable {
    let path: String
    let id: String
    let sender: String
    let submitted: String
    let claims: String
    let open: String
    let isWhole: Bool
  }
}

extension BatchListView.Row {
  fileprivate init(_ batch: BatchRow, open: Int) {
    (path, id, sender) = ("/batches/\(batch.id)", batch.id.text, batch.sender)
    submitted = batch.submittedAt.text
    (claims, self.open, isWhole) = (batch.claims.grouped, open.grouped, batch.isWhole)
  }
}

/// One batch: its claims by what became of them. The page is read again while claims are open.
struct BatchView: PageView {
  static let template = "batch"
  static let place = "/batches"
  let title: String
  var alert: String?
  var notice: String?
  let sender: String
  let submitted: String
  let claims: String
  let isWhole: Bool
  let isDone: Bool
  let standings: [Standing]

  struct Standing: Sendable {
    let name: String
    let count: String
    /// The share of the batch, in percent.
    let share: Int
  }

  fileprivate init(_ batch: BatchRow, _ progress: BatchProgress) {
    title = "Batch \(batch.id)"
    (sender, submitted, claims) = (batch.sender, batch.submittedAt.text, batch.claims.grouped)
    (isWhole, isDone) = (batch.isWhole, progress.isDone)
    standings = BatchStanding.allCases.filter { progress[$0] > 0 }.map { standing in
      let count = progress[standing]
      return Standing(
        name: standing.rawValue.replacing("_", with: " "), count: count.grouped,
        share: batch.claims > 0 ? count * 100 / batch.claims : 0)
    }
  }
}
