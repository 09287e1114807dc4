package import ClaimsApp
import DurableExecution

/// What every request of a service passes, whether a program sends it or a browser: the answers that are kept under keys,
/// the rate of each caller, and its turn to have forms read. A service has one.
package struct RequestGate: Sendable {
  package let once: OncePerKey
  /// Nil where callers may make any number of requests.
  package let rates: CallerRates?
  package let forms = FormPlaces()

  package init(_ app: ClaimsApp, settings: ServiceSettings) {
    once = OncePerKey(app.store, owner: app.runner.worker, pacing: app.runner.pacing)
    rates = settings.rateLimit.map { CallerRates(perSecond: $0, pacing: app.runner.pacing) }
  }
}
