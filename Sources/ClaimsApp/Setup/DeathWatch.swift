import ClaimPipeline
import DurableExecution
import Foundation
package import StoreSQL
import Synchronization

/// Writes down the calls of a run to its store and its bank, and where it is told to, ends the process with SIGKILL:
/// a real death, after which nothing is cleaned up.
package final class DeathWatch: Sendable {
  package enum Moment: Hashable, Sendable {
    /// Just before the call of this number, from 1.
    case before(Int)
    /// When the bank has paid a batch, and nobody has heard of it yet.
    case afterPayment
  }

  private let moment: Moment?
  private let names = Mutex<[String]>([])

  /// - Parameter moment: nil to only watch.
  package init(dyingAt moment: Moment? = nil) {
    self.moment = moment
  }

  /// The calls so far, by name.
  package var calls: [String] { names.withLock { $0 } }

  func call(_ name: String) {
    let number = names.withLock { names in
      names.append(name)
      return names.count
    }
    if moment == .before(number) { die() }
  }

  func paid() {
    if moment == .afterPayment { die() }
  }

  private func die() { kill(getpid(), SIGKILL) }

  /// For the store: its transactions' boundaries and each of their statements.
  package var probe: StoreProbe {
    StoreProbe(before: { self.call("store: \($0)") }, after: { _ in })
  }
}
