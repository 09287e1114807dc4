import ClaimFormats
import ClaimStore
import ClaimsApp
import ClaimsDomain
import DurableExecution
import HTTPTypes
import Hummingbird
import NIOCore

/// What machines ask: whether the service lives, whether it can work, how it does, and what it offers.
struct WatchRoutes {
  let app: ClaimsApp
  let tally: RequestTally

  /// The document that describes the service (OpenAPI 3.1).
  static var openAPI: [UInt8] { PackageResources.openapi_json }

  /// Adds the routes that need no token. Their answers contain nothing about claims.
  func addOpen(to router: Router<APIRequestContext>) {
    router.get("health") { _, _ in APIAnswer.json { $0.object { $0.member("status", "ok") } }.response() }
    router.get("ready", use: ready)
    router.get("openapi.json") { _, _ in
      APIAnswer(status: 200, contentType: "application/json", bytes: Self.openAPI).response()
    }
  }

  func add(to group: RouterGroup<APIRequestContext>) {
    group.get("metrics", use: metrics)
  }

  /// Answers whether the store does. A load balancer sends requests elsewhere while it does not.
  @Sendable private func ready(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    _ = try await app.store.read { try $0.now }
    return APIAnswer.json { $0.object { $0.member("status", "ready") } }.response()
  }

  @Sendable private func metrics(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let queue = try await app.store.read { try $0.queueCounts() }
    let text = MetricsPage(requests: tally.counts, effects: app.runner.counts, queue: queue).text
    return Response(
      status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }
}

/// The service's figures in Prometheus' text format.
struct MetricsPage {
  let requests: RequestTally.Counts
  let effects: RunnerCounts
  let queue: QueueCounts

  var text: String {
    var lines: [String] = []
    lines += family("paidonce_http_requests_total", "counter", "Requests, by route, method and status.")
    for (route, count) in requests.requests.sorted(by: { $0.key < $1.key }) {
      lines.append(
        "paidonce_http_requests_total{route=\"\(route.route)\",method=\"\(route.method)\",status=\"\(route.status)\"} \(count)"
      )
    }
    lines += single("paidonce_http_replays_total", "counter", "Answers sent again.", requests.replays)
    lines += single(
      "paidonce_claims_again_total", "counter", "Claims that came again, and were answered from the record.",
      requests.claimsAgain)
    lines += single(
      "paidonce_not_paid_again_cents_total", "counter", "What claims that came again would have been paid again.",
      Int(requests.notPaidAgain.cents))
    lines += durations
    lines += single("paidonce_effects_acquired_total", "counter", "Effects to perform.", effects.acquired)
    lines += single(
      "paidonce_effects_replayed_total", "counter", "Duplicates answered from the store.", effects.replayed)
    lines += single("paidonce_key_collisions_total", "counter", "Keys used for another request.", effects.mismatched)
    lines += single(
      "paidonce_leases_taken_over_total", "counter", "Leases of workers that were gone.", effects.takenOver)
    lines += single("paidonce_late_acts_refused_total", "counter", "Acts of a former owner, refused.", effects.fenced)
    lines += single(
      "paidonce_expiration_misses_total", "counter", "Responses asked for after their expiry.", effects.expirationMisses
    )
    lines += family("paidonce_queue_claims", "gauge", "Claims in the queue, by state.")
    for (state, count) in [("waiting", queue.waiting), ("leased", queue.leased), ("dead", queue.dead)] {
      lines.append("paidonce_queue_claims{state=\"\(state)\"} \(count)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var durations: [String] {
    let name = "paidonce_http_request_seconds"
    var lines = family(name, "histogram", "How long requests took.")
    var total = 0
    for (bound, count) in zip(RequestTally.bounds, requests.durations) {
      total += count
      lines.append("\(name)_bucket{le=\"\(bound)\"} \(total)")
    }
    total += requests.durations.last ?? 0
    return lines + [
      "\(name)_bucket{le=\"+Inf\"} \(total)", "\(name)_sum \(requests.seconds)", "\(name)_count \(total)",
    ]
  }

  private func family(_ name: String, _ type: String, _ help: String) -> [String] {
    ["# HELP \(name) \(help)", "# TYPE \(name) \(type)"]
  }

  private func single(_ name: String, _ type: String, _ help: String, _ value: Int) -> [String] {
    family(name, type, help) + ["\(name) \(value)"]
  }
}
