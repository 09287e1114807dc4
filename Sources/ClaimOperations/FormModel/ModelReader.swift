package import ClaimFormats
package import ClaimStore
package import ClaimsDomain
package import DurableExecution
import Synchronization

/// Asks a model about the pages of forms that have boxes in doubt, each page once.
package final class ModelReader: Sendable {
  /// Counts since the process began.
  package struct Counts: Hashable, Sendable {
    /// Pages that were sent to the endpoint.
    package var asked = 0
    /// Pages whose answer was on record.
    package var replayed = 0
    /// Pages without an answer: it was lost or refused, or the endpoint is out of reach.
    package var unanswered = 0
    /// Answers that are no reading of a form.
    package var useless = 0
    /// What the replayed answers would have cost; nil where the price of a question is not known.
    package var saved: Money?

    package init(saved: Money? = nil) { self.saved = saved }
  }

  private struct State {
    var counts: Counts
    /// No page is sent before this time, so that an endpoint that does not answer holds up one form and not all of them.
    var restsUntil: ContinuousClock.Instant?
  }

  private let store: ClaimStore
  private let runner: DurableRunner
  private let activity: ModelReadingActivity
  private let price: Money?
  private let report: @Sendable (String) -> Void
  private let state: Mutex<State>

  private static let rest = Duration.seconds(60)

  /// - Parameters:
  ///   - price: what a question costs; nil where that is not known.
  ///   - report: receives a line when the endpoint gives no answer. The line contains nothing from a page.
  package init(
    _ store: ClaimStore, asking model: any PageModel, by runner: DurableRunner, price: Money? = nil,
    report: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    (self.store, self.runner, self.price, self.report) = (store, runner, price, report)
    activity = ModelReadingActivity(model: model)
    state = Mutex(State(counts: Counts(saved: price.map { _ in .zero })))
  }

  package var counts: Counts { state.withLock { $0.counts } }

  /// Returns a form with what the model reads in its boxes in doubt beside what the engine has read. Where the model gives no
  /// answer, or none that makes sense, the form is returned as it is.
  ///
  /// Only pages with a box in doubt are sent.
  ///
  /// - Throws: `StoreFailure`.
  package func reading(of form: FormReading, pages: [FormPageImage]) async throws -> FormReading {
    let inDoubt = Set(form.doubtful.map(\.page))
    var answers: [Int: [String: String]] = [:]
    for page in pages where inDoubt.contains(page.page) {
      guard let bytes = try await answer(on: page, of: form.kind) else { continue }
      if let answer = ModelAnswer(bytes) {
        answers[page.page] = answer.boxes
      } else {
        state.withLock { $0.counts.useless += 1 }
      }
    }
    return form.hearing(answers)
  }

  private func answer(on page: FormPageImage, of kind: FormKind) async throws -> [UInt8]? {
    let key = ModelReadingKey(pageDigest: ContentDigest.sha256(page.image), model: activity.model.name)
    let isKnown = try await store.read { try $0.records(for: [key.text])[key.text] != nil }
    // Nothing is intended while the endpoint is out of reach: an intent without an answer stays in doubt for good.
    if !isKnown {
      if isResting { return unanswered() }
      if let failure = await activity.model.unreachable() { return unanswered(for: failure) }
    }
    let call = ActivityCall(ModelReadingActivity.Request(key: key, kind: kind, picture: page.image))
    let intent = try await store.transaction { [runner, activity] transaction in
      try runner.intend(activity, call, in: transaction)
    }
    guard let owned = intent.owned else { return replayed(intent) }
    if !owned.isTakeover { state.withLock { $0.counts.asked += 1 } }
    let settled = await runner.settle(activity, [owned], keepingLeasesIn: store)
    let outcomes = try await store.transaction { [runner, activity] transaction in
      try runner.record(activity, settled, in: transaction)
    }
    guard case .completed(let done) = outcomes[owned.call.effectKey] else {
      // An answer that was lost earlier says nothing of the endpoint as it is now.
      return unanswered(for: owned.isTakeover ? nil : settled.first?.failure)
    }
    return done.response.bytes
  }

  private func replayed(_ intent: Intent<ModelReadingActivity>) -> [UInt8]? {
    guard case .answered(.completed(let done)) = intent else { return unanswered() }
    state.withLock { [price] state in
      state.counts.replayed += 1
      guard let price, let saved = state.counts.saved else { return }
      state.counts.saved = (try? saved + price) ?? saved
    }
    return done.response.bytes
  }

  private var isResting: Bool {
    let now = runner.pacing.now()
    return state.withLock { $0.restsUntil.map { now < $0 } ?? false }
  }

  /// - Parameter failure: why the endpoint gave no answer now.
  private func unanswered(for failure: ActivityFailure? = nil) -> [UInt8]? {
    let restsUntil = runner.pacing.now() + Self.rest
    state.withLock { state in
      state.counts.unanswered += 1
      if failure != nil { state.restsUntil = restsUntil }
    }
    if let failure {
      report("\(failure); forms in doubt wait without what it reads, and it is asked again in a minute")
    }
    return nil
  }
}

extension SettledIntent {
  fileprivate var failure: ActivityFailure? {
    switch result {
    case .unclear(let failure), .refused(let failure): failure
    case .done, .fenced: nil
    }
  }
}
