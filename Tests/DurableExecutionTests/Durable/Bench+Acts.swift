import DurableExecution
import Synchronization

@testable import DurableTesting

/// A door that a test opens, once.
final class Door: Sendable {
  private let state = Mutex(false)

  var isOpen: Bool { state.withLock { $0 } }

  func open() { state.withLock { $0 = true } }
}

extension Bench {
  /// Performs a remote effect that notes its name. If its reply is lost, the other system cannot tell what happened.
  func act(
    _ name: String, _ order: Order, _ durable: Durable, _ diary: Diary, refusing: Bool = false
  ) async throws {
    let effect = RemoteEffect(name, key: { (order: Order) in [order.number] }, returns: Bool.self)
    _ = try await durable.once(effect, for: order, waitingUpTo: .zero) { _ in
      diary.note(name)
      if refusing { throw EffectRefusal("no", "\(name) is not possible") }
      return true
    } whenInDoubt: { _ in
      .unknown
    }
  }
}
