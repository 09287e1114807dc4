package import ClaimOperations
package import ClaimsApp
package import ClaimsDomain

/// How the service is run.
package struct ServiceSettings: Sendable {
  package var host = "127.0.0.1"
  /// 0 selects any free port.
  package var port = 8080
  /// Nil for HTTP without TLS.
  package var certificate: ServerCertificate?
  /// Whether a proxy before the service encrypts, so that browsers reach it by HTTPS alone.
  package var isBehindTLS = false
  /// The most bytes of claims in one request.
  package var bodyLimit = 32 * 1024 * 1024
  /// The time limit for one request to arrive, from its first byte to its last.
  package var readTimeout = Duration.seconds(30)
  /// The day on which claims count as received.
  package var received = DayOfReceipt.today
  /// The number of claims that the queue may hold.
  package var queueLimit = 1_000_000
  /// The number of event streams that may be open at once.
  package var streamLimit = 100
  /// Whether the rules were given by name. If not, they are the samples in the program.
  package var rulesAreNamed = false
  /// The requests that one caller may make in a second; nil for any number.
  package var rateLimit: Int?
  /// The most money that an act of one examiner may move; nil for any amount.
  package var fourEyesAbove: Money?
  /// Nil if the store is not verified on a schedule.
  package var verification: ScheduledVerification?

  package init() {}
}
