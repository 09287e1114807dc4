import DurableExecution
import Synchronization
import TestSupport

/// Ships an order through another company: the remote activity in the runner's tests.
struct Shipment: RemoteActivity {
  struct Key: EffectKey {
    struct Response: Codable, Hashable, Sendable {
      var box: Int
    }

    static let effect = "ship"
    static let retention = Retention.financial
    let order: String
    var segments: [String] { [order] }
  }

  struct Request: Codable, Sendable {
    var order: String
    var article = "book"
  }

  let courier: Courier
  let agent = AgentVersion("ShippingAgent", "1.0.0")
  let eventType = "order-shipped"

  func key(for request: Request) -> Key { Key(order: request.order) }
  func stream(for request: Request, key: KeyText) -> String { "order-\(request.order)" }
  func facts(of response: Key.Response) -> [String: String] { ["box": "\(response.box)"] }

  func intend(_ calls: [OwnedCall<Request>], in transaction: MemoryTransaction) throws {}

  func prepare(_ calls: [RemoteCall<Request>]) async -> Answers<KeyText, RemoteReply<TrackingID>> {
    calls.replies { courier.prepare($0) }
  }

  func commit(_ calls: [RemoteCall<Request>]) async -> Answers<KeyText, RemoteReply<Key.Response>> {
    calls.replies { courier.commit($0) }
  }

  func standing(of calls: [RemoteCall<Request>]) async -> Answers<KeyText, RemoteStanding<Key.Response>> {
    calls.replies { courier.standing(of: $0) }
  }

  func complete(
    _ done: [(call: OwnedCall<Request>, receipt: Key.Response)], in transaction: MemoryTransaction
  ) throws -> Answers<KeyText, Result<Key.Response, ActivityFailure>> {
    Answers(done.map { ($0.call.effectKey, .success($0.receipt)) })
  }

  func refused(
    _ calls: [(call: OwnedCall<Request>, failure: ActivityFailure)], in transaction: MemoryTransaction
  ) throws {}
}

/// The other company. It acts on every commit that it receives, so that a superfluous commit is noticed; it respects
/// epochs; and it loses requests and replies as often as the test wants.
final class Courier: Sendable {
  private struct Work {
    var epoch = Epoch(0)
    var isPrepared = false
    var receipt: Shipment.Key.Response?
    var acts = 0
  }

  private struct State {
    var works: [TrackingID: Work] = [:]
    var boxes = 0
    var lot: SeededGenerator
    /// In a hundred calls, this many requests are lost, and the same number of replies.
    var losses: Int
    var refused: Set<String> = []
  }

  private let state: Mutex<State>

  init(seed: UInt64 = 1, losses: Int = 0) {
    state = Mutex(State(lot: SeededGenerator(seed: seed), losses: losses))
  }

  /// How often each work was done, for work that was done at all.
  var acts: [Int] { state.withLock { $0.works.values.map(\.acts).filter { $0 > 0 } } }

  /// The receipt of a work that was done; nil if it was not.
  func receipt(of trackingID: TrackingID) -> Shipment.Key.Response? { state.withLock { $0.works[trackingID]?.receipt } }

  func heal() { state.withLock { $0.losses = 0 } }

  func refuse(_ order: String) { state.withLock { _ = $0.refused.insert(order) } }

  func prepare(_ call: RemoteCall<Shipment.Request>) -> RemoteReply<TrackingID>? {
    answer(call) { _, work in
      work.isPrepared = true
      return .done(call.trackingID)
    } fenced: {
      .fenced
    }
  }

  func commit(_ call: RemoteCall<Shipment.Request>) -> RemoteReply<Shipment.Key.Response>? {
    answer(call) { state, work in
      guard work.isPrepared else { return .unclear(.retryable("not-prepared", "it was never announced")) }
      guard !state.refused.contains(call.request.order) else {
        return .refused(.terminal("too-far", "not on the moon"))
      }
      state.boxes += 1
      work.acts += 1
      let receipt = Shipment.Key.Response(box: state.boxes)
      work.receipt = receipt
      return .done(receipt)
    } fenced: {
      .fenced
    }
  }

  func standing(of call: RemoteCall<Shipment.Request>) -> RemoteStanding<Shipment.Key.Response>? {
    answer(call) { _, work in
      if let receipt = work.receipt { return .done(receipt) }
      return work.isPrepared ? .prepared : .neverHeardOf
    } fenced: {
      .fenced
    }
  }

  /// Returns the reply; nil if the request or the reply is lost.
  private func answer<Reply>(
    _ call: RemoteCall<Shipment.Request>, _ act: (inout State, inout Work) -> Reply, fenced: () -> Reply
  ) -> Reply? {
    state.withLock { state in
      let drawn = Int.random(in: 0..<100, using: &state.lot)
      guard drawn >= state.losses else { return nil }
      var work = state.works[call.trackingID] ?? Work()
      guard call.epoch >= work.epoch else { return fenced() }
      work.epoch = call.epoch
      let reply = act(&state, &work)
      state.works[call.trackingID] = work
      return drawn < state.losses * 2 ? nil : reply
    }
  }
}
