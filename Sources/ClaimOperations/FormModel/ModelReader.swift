package import ClaimFormats
package import ClaimStore
package import ClaimsDomain
package import DurableExecution
import Synchronization

/// Asks a model about the pages of forms that are in doubt, each page once.
package final class ModelReader: Sendable {
  /// Counts since the process began.
  package struct Counts: Hashable, Sendable {
    /// Pages that were sent to the endpoint.
    package var asked = 0
    /// Pages whose answer was on record.
    package var replayed = 0
    /// Pages without an answer: lost, refused, or the endpoint out of reach.
    package var unanswered = 0
    /// Answers that are no reading of a form.
    package var useless = 0
    /// What the replayed answers would have cost, if the price of a question is known.
    package var saved = Money.zero

    package init() {}
  }

  private let store: ClaimStore
  private let runner: DurableRunner
  private let activity: ModelReadingActivity
  private let price: Money
  private let tally = Mutex(Counts())

  /// - Parameter price: what a question costs; zero where that is not known.
  package init(_ store: ClaimStore, asking model: any PageModel, by runner: DurableRunner, price: Money = .zero) {
    (self.store, self.runner, self.price) = (store, runner, price)
    activity = ModelReadingActivity(model: model)
  }

  package var counts: Counts { tally.withLock { $0 } }

  /// Returns a form in doubt with what the model says beside what was read. Where the model cannot be asked, or makes no
  /// sense, the form is returned as it is.
  ///
  /// - Throws: `StoreFailure`.
  package func reading(of form: FoundForm) async throws -> FormReading {
    var answers: [Int: [String: String]] = [:]
    for page in form.pages {
      guard let bytes = try await answer(on: page, of: form.reading.kind) else { continue }
      answers[page.page] = ModelAnswer(bytes)?.boxes
      if answers[page.page] == nil { tally.withLock { $0.useless += 1 } }
    }
    return form.reading.hearing(answers)
  }

  private func answer(on page: FormPageImage, of kind: FormKind) async throws -> [UInt8]? {
    let key = ModelReadingKey(pageDigest: ContentDigest.sha256(page.image), model: activity.model.name)
    let isKnown = try await store.read { try $0.records(for: [key.text])[key.text] != nil }
    // Nothing is intended while the endpoint is out of reach: an intent without an answer stays in doubt for good.
    if !isKnown, await activity.model.unreachable() != nil { return unanswered() }
    let call = ActivityCall(ModelReadingActivity.Request(key: key, kind: kind, picture: page.image))
    let intent = try await store.transaction { [runner, activity] transaction in
      try runner.intend(activity, call, in: transaction)
    }
    guard let owned = intent.owned else { return replayed(intent) }
    if !owned.isTakeover { tally.withLock { $0.asked += 1 } }
    let settled = await runner.settle(activity, [owned], keepingLeasesIn: store)
    let outcomes = try await store.transaction { [runner, activity] transaction in
      try runner.record(activity, settled, in: transaction)
    }
    guard case .completed(let done) = outcomes[owned.call.effectKey] else { return unanswered() }
    return done.response.bytes
  }

  private func replayed(_ intent: Intent<ModelReadingActivity>) -> [UInt8]? {
    guard case .answered(.completed(let done)) = intent else { return unanswered() }
    tally.withLock { tally in
      tally.replayed += 1
      tally.saved = (try? tally.saved + price) ?? tally.saved
    }
    return done.response.bytes
  }

  private func unanswered() -> [UInt8]? {
    tally.withLock { $0.unanswered += 1 }
    return nil
  }
}
