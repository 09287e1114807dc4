import BankProtocol
import ClaimFormats
package import ClaimOperations
package import ClaimPipeline
import ClaimStore
import ClaimsDomain
package import DurableExecution

/// Processes everything in a feed: reads one batch ahead, decides batches in order, keeps several batches at the bank
/// at once, and emits the results in the order of the files.
package struct ClaimRun: Sendable {
  private let processor: ClaimProcessor
  private let concurrentClaims: ConcurrentClaims?
  private let feed: ClaimFeed
  /// The number of batches that may be at the bank at once.
  private let jobs: Int
  private let batchSize: BatchSize
  private let pacing: Pacing

  /// - Parameter concurrentClaims: processes the claims together with those of other runs; nil to process them alone. Give
  ///   it only for a few claims, since others wait for them.
  package init(
    _ processor: ClaimProcessor, with concurrentClaims: ConcurrentClaims? = nil, feed: ClaimFeed, jobs: Int,
    batchSize: BatchSize = .adaptive, pacing: Pacing = .system
  ) {
    self.processor = processor
    self.concurrentClaims = concurrentClaims
    self.feed = feed
    self.jobs = jobs
    self.batchSize = batchSize
    self.pacing = pacing
  }

  /// - Parameter emit: receives each result once, in order, and how many bytes of the inputs the results so far took.
  /// - Throws: `StoreFailure` when the store cannot be reached, `InputError` when this machine runs short of a
  ///   resource. Results emitted before then remain valid.
  package func run(emit: ([ClaimResult], _ position: Int64) async throws -> Void) async throws {
    try await withThrowingTaskGroup(of: (Int, Ended).self) { group in
      var underWay = 0
      var finished: [Int: Ended] = [:]
      var nextToEmit = 0
      func take(_ number: Int, _ ended: Ended) async throws {
        underWay -= 1
        finished[number] = ended
        while let ended = finished.removeValue(forKey: nextToEmit) {
          try await emit(ended.results, ended.position)
          nextToEmit += 1
          if ended.results.contains(where: \.showsGatewayDown) { isGatewayDown = true }
        }
      }
      var isGatewayDown = false
      var number = 0
      var shortage: InputError?
      var size = batchSize
      var batch = try await feed.next(upTo: size.count)
      while let entries = batch {
        let sizeAhead = size.count
        async let ahead = feed.next(upTo: sizeAhead)
        let began = pacing.now()
        let decided = try await decide(entries)
        size.adapt(to: pacing.now() - began, for: entries.count)
        if underWay >= jobs, let (done, ended) = try await group.next() { try await take(done, ended) }
        group.addTask { [number] in
          let results = results(of: entries, try await finish(decided))
          return (number, Ended(results: results, position: entries.last?.position ?? 0))
        }
        underWay += 1
        number += 1
        do {
          batch = try await ahead
        } catch let error as InputError {
          // Batches that are at the bank are finished first.
          (batch, shortage) = (nil, error)
        }
        if isGatewayDown { break }
      }
      for try await (done, ended) in group { try await take(done, ended) }
      if let shortage { throw shortage }
    }
  }

  /// A batch that came to its end.
  private struct Ended {
    let results: [ClaimResult]
    /// How many bytes of the inputs this batch and those before it took.
    let position: Int64
  }

  /// Claims of a batch that were received on one day.
  private enum Part: Sendable {
    case decided(ClaimProcessor.Decided, by: ClaimProcessor)
    case ended([Placed<EndedClaim>])
  }

  /// Decides the claims among the entries in their order. Where their files state the day of receipt, claims of one day
  /// that follow each other are decided together.
  private func decide(_ entries: [ClaimFeed.Entry]) async throws -> [Part] {
    var parts: [Part] = []
    var rest = claims(of: entries)[...]
    repeat {
      let day = rest.first?.value.receivedOn
      let claims = rest.prefix { $0.value.receivedOn == day }
      rest = rest.dropFirst(claims.count)
      parts.append(try await decide(claims.map { claim in claim.map(\.submitted) }, receivedOn: day))
    } while !rest.isEmpty
    return parts
  }

  private func decide(_ claims: [Placed<SubmittedClaim>], receivedOn day: CalendarDate?) async throws -> Part {
    if let concurrentClaims, day == nil { return .ended(try await concurrentClaims.process(claims)) }
    let processor = day.map(processor.receiving) ?? processor
    return .decided(try await processor.decide(claims), by: processor)
  }

  private func finish(_ parts: [Part]) async throws -> [Placed<EndedClaim>] {
    var ended: [Placed<EndedClaim>] = []
    for part in parts {
      switch part {
      case .decided(let decided, let processor): ended += try await processor.finish(decided)
      case .ended(let claims): ended += claims
      }
    }
    return ended
  }

  /// Returns the claims among the entries, each with the position of its entry.
  private func claims(
    of entries: [ClaimFeed.Entry]
  ) -> [Placed<(submitted: SubmittedClaim, receivedOn: CalendarDate?)>] {
    entries.placed.compactMap { entry in
      guard case .claim(let claim, _) = entry.value.item else { return nil }
      return entry.map { (claim, $0.receivedOn) }
    }
  }

  private func results(of entries: [ClaimFeed.Entry], _ ended: [Placed<EndedClaim>]) -> [ClaimResult] {
    let ended = Answers(ended.map { ($0.place, $0.value) })
    return entries.placed.map { entry in
      var result = result(of: entry.value, ended[entry.place])
      result.endsSource = entry.value.endsSource
      return result
    }
  }

  private func result(of entry: ClaimFeed.Entry, _ ended: EndedClaim?) -> ClaimResult {
    let source = entry.source
    switch entry.item {
    case .claim(let claim, let location):
      let end = ended ?? .unsettled(.noAnswer)
      return ClaimResult(
        source: source, kind: .claim(claim, at: "\(location)", end),
        warnings: processor.warnings(about: claim, end), receivedOn: entry.receivedOn)
    case .rejected(let rejection): return ClaimResult(source: source, kind: .rejected(rejection))
    case .fault(let fault): return ClaimResult(source: source, kind: .fault(fault))
    case .form(let form): return ClaimResult(source: source, kind: .form(form))
    case .passedOver(let fault): return ClaimResult(source: source, kind: .passedOver(fault))
    }
  }
}

extension ClaimResult {
  /// Whether the bank's address does not respond. Going on would only decide more claims that cannot be paid now.
  fileprivate var showsGatewayDown: Bool {
    guard case .claim(_, _, .unsettled(let unsettled)) = kind else { return false }
    return unsettled.reason.failureCode == .gatewayUnreachable
  }
}
