import ClaimFormats
import ClaimOperations
import ClaimStore
import ClaimsAPI
import ClaimsApp
import ClaimsDomain
import Foundation
import Hummingbird
import Synchronization
import Telemetry

/// How the day goes: claims by status, what was paid, what was not done twice, and how long answers take.
struct TodayPage: Sendable {
  let app: ClaimsApp
  let tally: RequestTally
  private let figures = FiguresCache()

  /// The most claims of a status that are counted.
  private static let countLimit = 10_000
  private static let dayCount = 14

  init(app: ClaimsApp, tally: RequestTally) {
    self.app = app
    self.tally = tally
  }

  struct View: PageView {
    static let template = "today"
    static let place = "/"
    let title = "Today"
    var alert: String?
    var notice: String?
    /// Whether there is no claim yet, so that the page says where to begin.
    let isNew: Bool
    let maySend: Bool
    /// Nil for those who send claims or keep keys: the payer's figures are not for them.
    let figures: Shown?
  }

  struct Shown: Sendable {
    let statuses: [Bar]
    let days: DayColumns
    let paid: String
    let payments: String
    /// The number of claims that came again.
    let again: String
    let saved: String
    let waiting: String
    let leased: String
    let dead: String
    let latencies: [Bar]
    let requests: String
  }

  func add(to routes: PageRoutes) {
    routes.page("", for: nil) { visit in try await view(for: visit) }
  }

  private func view(for visit: Visit) async throws -> View {
    let figures = try await figures.current { try await read() }
    let mayWatch = visit.caller.may(.read) || visit.caller.may(.watch)
    return View(
      isNew: figures.statuses.values.allSatisfy { $0 == 0 }, maySend: visit.caller.may(.submit),
      figures: mayWatch ? shown(figures, for: visit) : nil)
  }

  private func shown(_ figures: Figures, for visit: Visit) -> Shown {
    let (answers, outcomes) = (tally.counts, app.outcomes.counts)
    let mayRead = visit.caller.may(.read)
    let statuses = ClaimStatus.allCases.map { status in
      (
        label: status.rawValue, count: figures.statuses[status] ?? 0,
        path: mayRead ? "/claims?status=\(status.rawValue)" : nil
      )
    }
    return Shown(
      statuses: Bar.chart(statuses, upTo: Self.countLimit), days: DayColumns(figures.days),
      paid: figures.paid.amount.dollars, payments: figures.paid.count.grouped,
      again: outcomes.claimsAgain.grouped, saved: outcomes.notPaidAgain.dollars,
      waiting: figures.queue.waiting.grouped, leased: figures.queue.leased.grouped, dead: figures.queue.dead.grouped,
      latencies: Self.latencies(answers), requests: answers.durations.count.grouped)
  }

  private func read() async throws -> Figures {
    try await app.store.read { transaction in
      let days = try transaction.countsByDay(limit: Self.dayCount).map { day, count in
        (name: day, label: count == 1 ? "1 claim" : "\(count.grouped) claims", count: count)
      }
      return Figures(
        statuses: try transaction.countsByStatus(upTo: Self.countLimit + 1), days: days,
        paid: try transaction.paidTotal(), queue: try transaction.queueCounts())
    }
  }

  private static func latencies(_ counts: RequestTally.Counts) -> [Bar] {
    let labels = DurationHistogram.bounds.map { "up to \(($0 * 1000).formatted()) ms" } + ["longer"]
    let durations = counts.durations.counts
    let last = durations.lastIndex { $0 > 0 } ?? 0
    return Bar.chart(zip(labels, durations).prefix(last + 1).map { (label: $0, count: $1, path: nil) })
  }
}

/// What the page shows of the store.
private struct Figures: Sendable {
  let statuses: [ClaimStatus: Int]
  let days: [(name: String, label: String, count: Int)]
  let paid: (count: Int, amount: Money)
  let queue: QueueCounts
}

/// Keeps the figures, since on a large store they take a while to count: ten times as long as counting them took.
private final class FiguresCache: Sendable {
  private let state = Mutex<(figures: Figures, at: ContinuousClock.Instant, cost: Duration)?>(nil)

  func current(_ read: () async throws -> Figures) async throws -> Figures {
    let began = ContinuousClock.now
    if let kept = state.withLock(\.self), began - kept.at < kept.cost * 10 { return kept.figures }
    let figures = try await read()
    let now = ContinuousClock.now
    state.withLock { $0 = (figures, now, now - began) }
    return figures
  }
}
