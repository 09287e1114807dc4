import ClaimPipeline
import ClaimStore
import DurableExecution

/// Checks that the events of one key report its outcome exactly once. An earlier owner of the key can only have been
/// refused, because a refusal is what a person releases.
struct OutcomeCheck {
  let row: KeyRow
  /// The events of the key.
  let events: [EffectEvent]

  var findings: [Finding] {
    guard let status = row.status else { return [] }
    return [outcome(status), earlier, time].compactMap(\.self)
  }

  private func outcome(_ status: KeyStatus) -> Finding? {
    let own = events.filter { $0.epoch >= row.epoch }
    if status == .pending {
      return own.isEmpty ? nil : broken("it is pending, and an event tells of its outcome")
    }
    guard let event = own.first, own.count == 1, event.epoch == row.epoch else {
      return broken(own.isEmpty ? "it is done, and no event tells of it" : "more than one event tells of its outcome")
    }
    return event.isRefusal == (status == .failed) ? nil : broken("its event and its status tell of different outcomes")
  }

  private var earlier: Finding? {
    // Coverage is requested again once its answer is retired, so an earlier eligibility event need not be a refusal.
    guard row.key.effect != EligibilityKey.effect else { return nil }
    return events.allSatisfy { $0.epoch >= row.epoch || $0.isRefusal }
      ? nil : broken("an earlier owner had done it, and it was done again")
  }

  private var time: Finding? {
    guard let event = events.first(where: { $0.epoch == row.epoch }), event.lamport != row.lamport else { return nil }
    return Finding(.logicalTimeGrows, row.key.shown, "its event has another logical time than its outcome")
  }

  private func broken(_ meaning: String) -> Finding { Finding(.oneEventPerOutcome, row.key.shown, meaning) }
}

extension EffectEvent {
  /// Whether the event reports a refusal, such as `pay-refused`.
  fileprivate var isRefusal: Bool { type == "\(key.effect)-refused" }
}
