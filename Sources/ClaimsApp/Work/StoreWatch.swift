import BankProtocol
import BankSimulator
import ClaimOperations
import ClaimStore
import DurableExecution
package import ServiceLifecycle

/// Ends a long-running process whose store was restored or replaced since it was opened. A process that starts looks at all
/// of this; one that runs for weeks has to look again.
package struct StoreWatch: Service {
  /// What to look at. The two end a process in different ways.
  private enum Concern {
    /// Whether the file is still the one that was opened, with its schema or a newer one. What was begun may be finished.
    case file
    /// The bank on record, and whether its books agree with the store. What was begun is left: the store may not know what
    /// was paid, and the next process asks the bank.
    case bank

    var interval: Duration {
      switch self {
      case .file: .seconds(2)
      case .bank: .seconds(5)
      }
    }
  }

  private let app: ClaimsApp
  private let concern: Concern

  /// What watches an app, for a process without a group of services.
  package static func watches(_ app: ClaimsApp) -> [StoreWatch] {
    [StoreWatch(app: app, concern: .file), StoreWatch(app: app, concern: .bank)]
  }

  /// The services that watch an app, for a group of services.
  package static func services(_ app: ClaimsApp) -> [ServiceGroupConfiguration.ServiceConfiguration] {
    [
      .init(
        service: StoreWatch(app: app, concern: .file), failureTerminationBehavior: .gracefullyShutdownGroup),
      .init(service: StoreWatch(app: app, concern: .bank), failureTerminationBehavior: .cancelGroup),
    ]
  }

  /// Returns when the process is asked to stop.
  ///
  /// - Throws: `SetupError.unavailable` if the process must not go on.
  package func run() async throws {
    try await cancelWhenGracefulShutdown {
      while (try? await app.runner.pacing.sleep(concern.interval)) != nil { try await look() }
    }
  }

  private func look() async throws {
    guard let opened = app.opened else { return }
    do {
      switch concern {
      case .file: try await opened.refuseReplacement(of: app.store)
      case .bank: try await opened.refuseOtherBank(of: app.store)
      }
    } catch is StoreFailure, is ActivityFailure, is BankError, is CancellationError {
      // What cannot be asked now is asked again: those who need it wait, too.
    }
  }
}
