import BankProtocol
import ClaimFormats
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import Logging

/// One batch of leased claims, from the lease until each claim is finished.
struct QueueBatch: Sendable {
  private let app: ClaimsApp
  private let claims: [LeasedClaim]
  private let logger: Logger

  init(_ app: ClaimsApp, _ claims: [LeasedClaim], _ logger: Logger) {
    self.app = app
    self.claims = claims
    self.logger = logger
  }

  /// What to do with a leased claim.
  private enum Verdict {
    case finished(ClaimResult)
    /// Postponed, because another worker is processing the claim, or the bank or the store was unavailable.
    case postponed(Timestamp?, ActivityFailure)
    /// Set aside for a person.
    case setAside(String)
  }

  /// How a batch ended.
  struct Ended {
    /// Whether something that all claims need was unavailable, so that it is better to wait before the next batch.
    let isAway: Bool
    /// The number of claims set aside for a person.
    let setAside: Int
  }

  /// - Throws: `StoreFailure`.
  func run(_ emit: @Sendable ([ClaimResult]) async throws -> Void) async throws -> Ended {
    let (verdicts, finished) = try await BatchTrace(of: claims).record { try await work() }
    app.outcomes.note(try finished.compactMap { try ClaimReport($0) })
    try await emit(finished)
    return Ended(
      isAway: verdicts.contains {
        if case .postponed(_, let failure) = $0.1 { failure.followUp == .later } else { false }
      },
      setAside: verdicts.count { if case .setAside = $0.1 { true } else { false } })
  }

  /// - Returns: what to do with each claim, and the results of those that are finished.
  private func work() async throws -> ([(QueueLease, Verdict)], [ClaimResult]) {
    var verdicts: [(QueueLease, Verdict)] = []
    for (day, received) in Dictionary(grouping: claims, by: \.receivedOn).sorted(by: { $0.key < $1.key }) {
      verdicts += try await process(received, on: day)
    }
    return (verdicts, try await close(verdicts))
  }

  private func process(_ leased: [LeasedClaim], on day: CalendarDate) async throws -> [(QueueLease, Verdict)] {
    var verdicts: [(QueueLease, Verdict)] = []
    var readable: [(leased: LeasedClaim, claim: SubmittedClaim)] = []
    for item in leased {
      do {
        let id = IntakeKey.claimID(under: item.lease.key)
        readable.append((item, try SubmittedClaim(body: item.body, of: id)))
      } catch {
        verdicts.append((item.lease, .setAside("\(FailureCode.damaged.rawValue): \(error)")))
      }
    }
    for ended in try await app.processor.receiving(on: day).process(readable.map(\.claim).placed) {
      let (item, claim) = readable[ended.place]
      verdicts.append((item.lease, verdict(on: item, claim, ended.value)))
    }
    return verdicts
  }

  private func verdict(on item: LeasedClaim, _ claim: SubmittedClaim, _ ended: EndedClaim) -> Verdict {
    guard case .unsettled(let unsettled) = ended else {
      return .finished(
        ClaimResult(
          source: item.source, kind: .claim(claim, at: item.place, ended),
          warnings: app.processor.warnings(about: claim, ended)))
    }
    switch unsettled.reason.followUp {
    case .now, .later: return .postponed(unsettled.retryAt, unsettled.reason)
    case .person: return .setAside("\(unsettled.reason.code): \(unsettled.reason.message)")
    }
  }

  /// Removes finished claims from the queue and puts back the rest, as far as this worker still holds their leases.
  private func close(_ verdicts: [(QueueLease, Verdict)]) async throws -> [ClaimResult] {
    var finished: [(lease: QueueLease, result: ClaimResult)] = []
    var postponed: [(lease: QueueLease, until: Timestamp?, reason: ActivityFailure)] = []
    var aside: [(lease: QueueLease, reason: String)] = []
    for (lease, verdict) in verdicts {
      switch verdict {
      case .finished(let result): finished.append((lease, result))
      case .postponed(let until, let reason): postponed.append((lease, until, reason))
      case .setAside(let reason): aside.append((lease, reason))
      }
    }
    let (done, later, dead) = (finished.map(\.lease), postponed.map { ($0.lease, $0.until) }, aside)
    let ours = try await app.store.transaction { transaction in
      let soon = try transaction.now.adding(.milliseconds(500))
      try transaction.postpone(later.map { ($0.0, max($0.1 ?? soon, soon)) })
      try transaction.setAside(dead)
      return try transaction.finish(done)
    }
    for (lease, reason) in aside {
      logger.error("a claim is set aside: \(reason)", metadata: ["key": "\(lease.key.digest.prefix(16))"])
    }
    if ours.count < finished.count {
      logger.notice("\(finished.count - ours.count) claims of a batch were another worker's by the time it was done")
    }
    return finished.filter { ours.contains($0.lease.key) }.map(\.result)
  }
}
