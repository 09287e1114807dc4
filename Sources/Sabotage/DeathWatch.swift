package import BankProtocol
import ClaimPipeline
package import DurableExecution
import DurableSQL
import Foundation
import Synchronization

/// Records the calls that a run makes to its store and its bank. At a chosen moment, it ends the process with SIGKILL,
/// a real death that leaves nothing cleaned up.
package final class DeathWatch: Sendable {
  package enum Moment: Hashable, Sendable {
    /// Just before the call with this number, from 1.
    case before(Int)
    /// When the bank has paid a batch and the program has not yet seen the answer.
    case afterPayment
  }

  private let moment: Moment?
  private let names = Mutex<[String]>([])
  private let hasStruck = Atomic(false)

  /// - Parameter moment: the moment of death; nil to only watch.
  package init(dyingAt moment: Moment? = nil) {
    self.moment = moment
  }

  /// The names of the calls so far.
  package var calls: [String] { names.withLock { $0 } }

  func call(_ name: String) {
    let number = names.withLock { names in
      names.append(name)
      return names.count
    }
    strike(at: .before(number))
  }

  func strike(at reached: Moment) {
    guard moment == reached, !hasStruck.exchange(true, ordering: .relaxed) else { return }
    kill(getpid(), SIGKILL)
  }

  /// A probe that watches a store: its transaction boundaries and each of their statements.
  package var probe: StoreProbe {
    StoreProbe(before: { self.call("store: \($0)") }, after: { _ in })
  }
}

/// A bank whose calls a death watch records.
package struct WatchedBank: PaymentBank {
  private let bank: any PaymentBank
  private let watch: DeathWatch

  package init(_ bank: any PaymentBank, watch: DeathWatch) {
    self.bank = bank
    self.watch = watch
  }

  package func prepare(_ orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteReply<PreparedPayment>> {
    watch.call("bank: prepare")
    return await bank.prepare(orders)
  }

  package func commit(_ orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteReply<BankReceipt>> {
    watch.call("bank: commit")
    let replies = await bank.commit(orders)
    watch.strike(at: .afterPayment)
    return replies
  }

  package func standing(of orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteStanding<BankReceipt>> {
    watch.call("bank: standing")
    return await bank.standing(of: orders)
  }

  package func void(_ orders: [VoidOrder]) async -> Answers<TrackingID, RemoteReply<VoidReceipt>> {
    watch.call("bank: void")
    return await bank.void(orders)
  }
}
