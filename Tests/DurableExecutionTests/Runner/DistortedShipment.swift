import DurableExecution
import DurableTesting
import Synchronization
import TestSupport

/// A shipment whose answers are lost, late, or distorted on their way back.
struct DistortedShipment: RemoteActivity {
  enum Call: CaseIterable, Sendable {
    case standing, prepare, commit
  }

  let base: Shipment
  /// Counts the calls, and makes some of them fail.
  var script = FaultScript()
  var distortion: Distortion?
  /// Runs after the other system has acted, and before its answer is returned.
  var beforeAnswer: @Sendable (Call) async -> Void = { _ in }
  /// Changes the answers of `complete`.
  var completing: Completing = .right

  enum Completing: CaseIterable, Sendable {
    case right, missing, doubled, foreign, refused, postponed
  }

  var agent: AgentVersion { base.agent }
  var eventType: String { base.eventType }

  func key(for request: Shipment.Request) -> Shipment.Key { base.key(for: request) }
  func stream(for request: Shipment.Request, key: KeyText) -> String { base.stream(for: request, key: key) }
  func facts(of response: Shipment.Key.Response) -> [String: String] { base.facts(of: response) }
  func intend(_ calls: [OwnedCall<Shipment.Request>], in transaction: MemoryTransaction) throws {}

  func prepare(_ calls: [RemoteCall<Shipment.Request>]) async -> Answers<KeyText, RemoteReply<TrackingID>> {
    await answers(to: .prepare) { await base.prepare(calls) }
  }

  func commit(_ calls: [RemoteCall<Shipment.Request>]) async -> Answers<KeyText, RemoteReply<Shipment.Key.Response>> {
    await answers(to: .commit) { await base.commit(calls) }
  }

  func standing(
    of calls: [RemoteCall<Shipment.Request>]
  ) async -> Answers<KeyText, RemoteStanding<Shipment.Key.Response>> {
    await answers(to: .standing) { await base.standing(of: calls) }
  }

  private func answers<Answer>(
    to call: Call, _ act: () async -> Answers<KeyText, Answer>
  ) async -> Answers<KeyText, Answer> {
    guard let answers = try? await script.call("\(call)", act) else { return Answers() }
    await beforeAnswer(call)
    return distortion?.distorted(answers) ?? answers
  }

  func complete(
    _ done: [(call: OwnedCall<Shipment.Request>, receipt: Shipment.Key.Response)], in transaction: MemoryTransaction
  ) throws -> Answers<KeyText, Result<Shipment.Key.Response, ActivityFailure>> {
    let right = try base.complete(done, in: transaction)
    guard let last = done.last?.call.effectKey, let response = right[last] else { return right }
    var answers = right
    switch completing {
    case .right: break
    case .missing: answers = Answers(done.dropLast().map { ($0.call.effectKey, .success($0.receipt)) })
    case .doubled: answers.add(response, for: last)
    case .foreign:
      answers = Answers(
        done.map {
          ($0.call.effectKey == last ? KeyText("idemp:ship:foreign") : $0.call.effectKey, .success($0.receipt))
        })
    case .postponed: answers = right.map { _ in .failure(.retryable("no-shelf", "there is no place for it yet")) }
    case .refused: answers = right.map { _ in .failure(.terminal("no-shelf", "there is no place for it")) }
    }
    return answers
  }

  func refused(
    _ calls: [(call: OwnedCall<Shipment.Request>, failure: ActivityFailure)], in transaction: MemoryTransaction
  ) throws {}
}

/// Loses and repeats answers, and adds answers to calls that were not made.
final class Distortion: Sendable {
  private let random: Mutex<SeededGenerator>

  init(seed: UInt64) {
    random = Mutex(SeededGenerator(seed: seed))
  }

  func distorted<Answer>(_ answers: Answers<KeyText, Answer>) -> Answers<KeyText, Answer> {
    var distorted = Answers<KeyText, Answer>()
    for key in answers.ids.sorted() {
      guard let answer = answers[key] else { continue }
      switch random.withLock({ Int.random(in: 0..<5, using: &$0) }) {
      case 0: break
      case 1:
        distorted.add(answer, for: key)
        distorted.add(answer, for: key)
      case 2: distorted.add(answer, for: KeyText("idemp:ship:foreign"))
      case 3:
        distorted.add(answer, for: key)
        distorted.add(answer, for: KeyText("idemp:ship:foreign"))
      default: distorted.add(answer, for: key)
      }
    }
    return distorted
  }
}
