// A remote activity's second moment.
extension DurableRunner {
  /// Tells the other system, outside any transaction, until each intent has an answer or the retry budget is used up.
  ///
  /// After a takeover or an unclear reply the other system is asked what happened before anything is sent. Leases are
  /// renewed meanwhile; past their end nothing more is sent.
  ///
  /// - Returns: each intent with its result. An outcome nobody knows stays `unclear`.
  package func settle<A: RemoteActivity>(
    _ activity: A, _ intents: [OwnedIntent<A>], keepingLeasesIn store: some DurableStore<A.Transaction>
  ) async -> [SettledIntent<A>] {
    guard let leaseEnds = intents.map(\.leaseEnds).min() else { return [] }
    let keeper = LeaseKeeper(endsAt: leaseEnds, duration: leaseDuration)
    let keeping = Task {
      await keeper.keep(intents.map { ($0.call.record.key, $0.call.record.epoch) }, in: store)
    }
    defer { keeping.cancel() }

    var settlements = intents.map(Settlement<A>.init)
    let began = ContinuousClock.now
    var generator = SystemRandomNumberGenerator()
    for attempt in 1... {
      guard keeper.isSurelyOurs, !Task.isCancelled else {
        leaveOpen(&settlements, .leaseEnded)
        break
      }
      await advance(&settlements, activity)
      guard settlements.contains(where: { $0.result == nil }) else { break }
      let elapsed = ContinuousClock.now - began
      guard let delay = retry.delay(afterAttempt: attempt, elapsed: elapsed, using: &generator) else { break }
      try? await Task.sleep(for: delay)
    }
    leaveOpen(&settlements, nil)
    let fenced = settlements.count { if case .fenced = $0.result { true } else { false } }
    count { $0.fenced += fenced }
    return settlements.compactMap { settlement in
      settlement.result.map { SettledIntent(intent: settlement.intent, result: $0) }
    }
  }

  /// One round: ask where there is doubt, announce what is new, commit what is announced.
  private func advance<A: RemoteActivity>(_ settlements: inout [Settlement<A>], _ activity: A) async {
    let asking = settlements.positions(at: .ask)
    if !asking.isEmpty {
      let standings = await activity.standing(of: asking.map { settlements[$0].call })
      for position in asking { settlements[position].heard(standings[settlements[position].call.idempotencyKey]) }
    }
    let preparing = settlements.positions(at: .prepare)
    if !preparing.isEmpty {
      let replies = await activity.prepare(preparing.map { settlements[$0].call })
      for position in preparing {
        settlements[position].heard(prepared: replies[settlements[position].call.idempotencyKey])
      }
    }
    let committing = settlements.positions(at: .commit)
    if !committing.isEmpty {
      let replies = await activity.commit(committing.map { settlements[$0].call })
      for position in committing {
        settlements[position].heard(committed: replies[settlements[position].call.idempotencyKey])
      }
    }
  }

  private func leaveOpen<A: RemoteActivity>(_ settlements: inout [Settlement<A>], _ failure: ActivityFailure?) {
    for position in settlements.indices where settlements[position].result == nil {
      settlements[position].leaveOpen(failure)
    }
  }
}

extension Array {
  fileprivate func positions<A>(at step: Settlement<A>.Step) -> [Int] where Element == Settlement<A> {
    indices.filter { self[$0].result == nil && self[$0].next == step }
  }
}
