import ClaimPipeline
import DurableExecution
import Foundation
package import StoreSQL
import Synchronization

/// Writes down the calls of a run to its store and its bank, and where it is told to, ends the process with SIGKILL: a
/// real death, after which nothing is cleaned up. Or stops it with SIGSTOP, until somebody lets it go on.
package final class DeathWatch: Sendable {
  package enum Moment: Hashable, Sendable {
    /// Just before the call of this number, from 1.
    case before(Int)
    /// When a batch is about to be paid.
    case beforePayment
    /// When the bank has paid a batch, and nobody has heard of it yet.
    case afterPayment
  }

  private let moment: Moment?
  private let blow: Int32
  private let names = Mutex<[String]>([])
  private let hasStruck = Atomic(false)

  /// - Parameter moment: nil to only watch.
  package init(dyingAt moment: Moment? = nil) {
    self.moment = moment
    blow = SIGKILL
  }

  package init(freezingAt moment: Moment) {
    self.moment = moment
    blow = SIGSTOP
  }

  /// The calls so far, by name.
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
    kill(getpid(), blow)
  }

  /// For the store: its transactions' boundaries and each of their statements.
  package var probe: StoreProbe {
    StoreProbe(before: { self.call("store: \($0)") }, after: { _ in })
  }
}
