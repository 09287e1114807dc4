import ClaimFormats
import ClaimOperations
import ClaimStore
import ClaimsApp
import ClaimsDomain
import DurableExecution
import Metrics
import Telemetry

/// What a process does and how its store does, in Prometheus' text format. It names no claim and no member.
///
/// What is counted where it happens comes through swift-metrics. The rest is read when Prometheus asks.
struct MetricsPage {
  private let outcomes: OutcomeTally.Counts
  private let verification: ScheduledVerification.Outcome?
  private let queue: QueueCounts
  private let webhooks: (open: Int, dead: Int)
  private let expiredLeases: Int
  private let waiting: Int
  private let model: ModelReader.Counts?

  /// The most claims of the work list that are counted.
  private static let countLimit = 10_000

  /// - Throws: `StoreFailure`.
  init(of app: ClaimsApp, verification: ScheduledVerification?) async throws {
    (queue, webhooks, expiredLeases, waiting) = try await app.store.read { transaction in
      (
        try transaction.queueCounts(), try transaction.deliveryCounts(), try transaction.expiredLeases(),
        try transaction.count(matching: ClaimFilter(status: .suspended), upTo: Self.countLimit)
      )
    }
    model = app.model?.counts
    outcomes = app.outcomes.counts
    self.verification = verification?.lastOutcome
  }

  var text: String {
    var page = MetricsText()
    (MetricsSystem.factory as? PrometheusMetrics)?.write(to: &page, help: Self.help)
    page.single(
      "leases_expired", .gauge, "Pending keys whose lease has ended, and that nobody has taken.", expiredLeases)
    writeClaims(to: &page)
    writeModel(to: &page)
    writeVerification(to: &page)
    return page.text
  }

  /// What those metrics mean that our code counts.
  private static let help = [
    "http_requests_total": "Requests, by route, method and status.",
    "http_replays_total": "Answers sent again.",
    "http_request_seconds": "How long requests took.",
    "effects_acquired_total": "Effects to perform.",
    "effects_replayed_total": "Effects answered from the store.",
    "key_collisions_total": "Keys used for another request.",
    "leases_taken_over_total": "Leases of workers that were gone.",
    "late_acts_refused_total": "Acts of a former owner, refused.",
    "expiration_misses_total": "Responses asked for after their expiry.",
    "store_seconds": "How long transactions and reads took.",
    "store_failures_total": "Transactions and reads that failed.",
  ]

  private func writeClaims(to page: inout MetricsText) {
    page.family("claims_total", .counter, "Claims worked on by this process, by outcome.")
    for status in ClaimReport.Status.allCases {
      page.sample("claims_total", [("status", status.rawValue)], outcomes.claims[status] ?? 0)
    }
    page.single("claims_again_total", .counter, "Claims that came again.", outcomes.claimsAgain)
    page.single("paid_cents_total", .counter, "Money paid for claims, in cents.", Int(outcomes.paid.cents))
    page.single(
      "not_paid_again_cents_total", .counter, "What claims that came again would have been paid again, in cents.",
      Int(outcomes.notPaidAgain.cents))
    page.single("claims_waiting", .gauge, "Claims that wait for a person, counted up to 10,000.", waiting)
    page.family("queue_claims", .gauge, "Claims in the queue, by state.")
    for (state, count) in [("waiting", queue.waiting), ("leased", queue.leased), ("dead", queue.dead)] {
      page.sample("queue_claims", [("state", state)], count)
    }
    page.family("webhook_deliveries", .gauge, "Webhook deliveries that are not made, by state.")
    for (state, count) in [("open", webhooks.open), ("dead", webhooks.dead)] {
      page.sample("webhook_deliveries", [("state", state)], count)
    }
  }

  /// Nothing where no pages are sent to a model, and nothing saved where the price of a question is not known.
  private func writeModel(to page: inout MetricsText) {
    guard let model else { return }
    page.family("model_pages_total", .counter, "Pages of forms in doubt for a language model, by outcome.")
    for (outcome, count) in [
      ("asked", model.asked), ("replayed", model.replayed), ("unanswered", model.unanswered),
      ("useless", model.useless),
    ] {
      page.sample("model_pages_total", [("outcome", outcome)], count)
    }
    guard let saved = model.saved else { return }
    page.single(
      "model_saved_cents_total", .counter, "What the replayed answers would have cost, in cents.", Int(saved.cents))
  }

  /// Nothing before the first check has finished: an alert tells that it is missing.
  private func writeVerification(to page: inout MetricsText) {
    guard let verification else { return }
    page.single(
      "verified_timestamp_seconds", .gauge, "When the store was last verified.",
      Int(verification.finishedAt.microseconds / 1_000_000))
    page.family("broken_invariants", .gauge, "Findings of the last check, by invariant.")
    page.sample("broken_invariants", [("invariant", "any")], verification.findings.values.reduce(0, +))
    for (invariant, count) in verification.findings.sorted(by: { $0.key < $1.key }) {
      page.sample("broken_invariants", [("invariant", invariant)], count)
    }
  }
}
