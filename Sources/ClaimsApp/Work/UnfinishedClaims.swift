import ClaimPipeline
import DurableExecution
package import Logging
import ServiceLifecycle

/// Finishes the claims that a process has left unfinished, at the start and then every minute, until the service is asked
/// to stop. The sender of such a claim may never send it again.
package struct UnfinishedClaims: Service {
  private let processor: ClaimProcessor
  private let logger: Logger
  private let pacing: Pacing

  private static let interval = Duration.seconds(60)

  package init(_ app: ClaimsApp, logger: Logger) {
    (processor, pacing) = (app.processor, app.runner.pacing)
    self.logger = logger
  }

  package func run() async throws {
    try? await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        await finish()
        try await pacing.sleep(Self.interval)
      }
    }
  }

  /// Claims that another process is working on are left to it.
  private func finish() async {
    do {
      let resumed = try await processor.resume()
      if resumed.finished > 0 { logger.notice("finished \(resumed.finished) claims that had been left unfinished") }
    } catch is CancellationError {
      // The service is stopping. The next process finishes the claims.
    } catch let failure as StoreFailure {
      logger.warning("\(failure); unfinished claims are looked for again in a minute")
    } catch {
      // Only the type: the text of an unexpected error may hold anything.
      logger.error("unfinished claims were not looked for: unexpected error", metadata: ["type": "\(type(of: error))"])
    }
  }
}
