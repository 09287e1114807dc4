import ArgumentParser
import ClaimFormats
import ClaimOperations
import ClaimsAPI
import ClaimsApp
import ClaimsConsole
import ClaimsDomain
import DurableExecution
import Foundation
import Logging
import ServiceLifecycle
import UnixSignals
import Webhooks

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Run the service: claims, and keys for other agents' effects, over HTTP.",
    discussion: """
      Without options it serves the store beside it on this machine only, and prints a token that is good until it ends. \
      Every route, its headers and its answers are in /openapi.json.

      EXAMPLES
        claims serve
        curl -H 'Authorization: Bearer TOKEN' -H 'Idempotency-Key: batch-1' --data-binary @claims.837 \\
          http://127.0.0.1:8080/v1/claims
        claims tokens new desk --role examiner --tokens tokens.txt
        claims serve --host 0.0.0.0 --tokens tokens.txt --store postgres://db/claims --gateway http://bank:8090
        claims serve --remit remittances/ --payer payer.yaml
      """)

  @Option(help: "The address to listen on. The default can only be reached from this machine.")
  var host = Settings.text(.host) ?? "127.0.0.1"

  @Option(help: "The port to listen on; 0 takes any free one.")
  var port = Settings.number(.port) ?? 8080

  @Option(
    name: .customLong("tokens"),
    help: ArgumentHelp(
      "Who may do what: a file with a line for each token (claims tokens new). Without it one token for all, made now.",
      valueName: "FILE"), completion: .file())
  private var givenTokens: String?

  private var tokens: String? { givenTokens ?? Settings.text(.tokens) }

  @Option(
    name: .customLong("tls-cert"),
    help: ArgumentHelp("Serve HTTPS with this certificate and its chain, in PEM.", valueName: "FILE"),
    completion: .file())
  private var givenCertificate: String?

  private var tlsCert: String? { givenCertificate ?? Settings.text(.tlsCert) }

  @Option(
    name: .customLong("tls-key"), help: ArgumentHelp("The certificate's private key, in PEM.", valueName: "FILE"),
    completion: .file())
  private var givenKey: String?

  private var tlsKey: String? { givenKey ?? Settings.text(.tlsKey) }

  @Flag(
    name: .customLong("behind-tls"),
    help: "A proxy before the service speaks HTTPS with browsers: send the console's cookie by no other way.")
  var isBehindTLS = false

  @Option(help: "Batches of queued claims worked on at once; 0 leaves the queue to `claims work`.")
  var jobs = Settings.number(.jobs) ?? 1

  @Option(
    help: ArgumentHelp(
      "Check every invariant of the store every so many minutes, as `claims verify` does; 0 never does.",
      valueName: "minutes"))
  var verifyEvery = Settings.number(.verifyEvery) ?? 0

  @OptionGroup var receipt: ReceiptOption

  @Option(help: ArgumentHelp("The most bytes of claims in one request.", valueName: "BYTES"))
  var bodyLimit = Settings.number(.bodyLimit) ?? 32 * 1024 * 1024

  @Option(
    name: .customLong("four-eyes-above"),
    help: ArgumentHelp(
      "Have a second examiner approve each act that moves more than this, in dollars. Without it one is enough.",
      valueName: "AMOUNT"))
  private var givenFourEyes: String?

  private var fourEyesAbove: String? { givenFourEyes ?? Settings.text(.fourEyesAbove) }

  @Option(help: "The requests that one caller may make in a second; 0 for any number.")
  var rateLimit = Settings.number(.rateLimit) ?? 0

  @Option(help: "The most event streams of batches that may be open at once.")
  var streamLimit = 100

  @Flag(inversion: .prefixedNo, help: "Send events to receivers (claims webhooks).")
  var webhooks = true

  @Option(help: ArgumentHelp("How long a receiver may take to answer, in milliseconds.", visibility: .hidden))
  var webhookTimeoutMilliseconds = 10_000

  @Option(help: ArgumentHelp("The longest wait after a first attempt, in milliseconds.", visibility: .hidden))
  var webhookRetryMilliseconds = 5_000

  @OptionGroup(title: "Deciding and paying") var options: RunOptions

  @OptionGroup(title: "Reading paper forms") var model: ModelOptions

  @OptionGroup(title: "Reporting to providers") var remit: RemitOptions

  func validate() throws {
    guard (0...65_535).contains(port) else { throw ValidationError("--port must be from 0 to 65535") }
    guard (tlsCert == nil) == (tlsKey == nil) else { throw ValidationError("--tls-cert and --tls-key go together") }
    guard (0...64).contains(jobs) else { throw ValidationError("--jobs must be from 0 to 64") }
    guard (0...100_000).contains(verifyEvery) else { throw ValidationError("--verify-every must be from 0 to 100000") }
    guard (1_024...1_073_741_824).contains(bodyLimit) else {
      throw ValidationError("--body-limit must be from 1024 bytes to 1 GiB")
    }
    _ = try fourEyesAmount()
    guard (0...1_000_000).contains(rateLimit) else { throw ValidationError("--rate-limit must be from 0 to 1000000") }
    guard (0...10_000).contains(streamLimit) else { throw ValidationError("--stream-limit must be from 0 to 10000") }
    guard tokens != nil || ["127.0.0.1", "::1", "localhost"].contains(host) else {
      throw ValidationError("--host \(host) can be reached by others: say with --tokens who may do what")
    }
  }

  /// - Throws: `ValidationError` that names the option, which may come from the environment.
  private func fourEyesAmount() throws -> Money? {
    do {
      return try fourEyesAbove?.amount()
    } catch let error as ValidationError {
      throw ValidationError("--four-eyes-above: \(error.message)")
    }
  }

  func run() async throws {
    do {
      let (register, madeNow) = try access()
      let certificate = try certificate()
      var configuration = options.configuration()
      configuration.pageModel = try model.configuration()
      (configuration.received, configuration.payer) = (receipt.day, remit.payer.path)
      let remittance = try remit.settings()
      let app = try await ClaimsApp.build(configuration)
      try await serve(app, register, certificate, remittance, madeNow: madeNow)
    } catch let error as ServiceError {
      throw ExitStatus.of(SetupError.unavailable("\(error)"))
    } catch {
      throw ExitStatus.of(error)
    }
  }

  private func serve(
    _ app: ClaimsApp, _ register: TokenRegister, _ certificate: ServerCertificate?, _ remittance: RemittanceSettings?,
    madeNow token: String?
  ) async throws {
    var settings = ServiceSettings()
    (settings.host, settings.port, settings.bodyLimit) = (host, port, bodyLimit)
    (settings.received, settings.rulesAreNamed) = (receipt.day, options.plans != nil)
    (settings.certificate, settings.streamLimit) = (certificate, streamLimit)
    settings.isBehindTLS = isBehindTLS
    settings.rateLimit = rateLimit > 0 ? rateLimit : nil
    settings.fourEyesAbove = try fourEyesAmount()
    let (store, scheme) = (options.store.store, tlsCert == nil ? "http" : "https")
    let verification =
      verifyEvery > 0 ? ScheduledVerification(app, every: .seconds(60 * verifyEvery), logger: Self.logger) : nil
    settings.verification = verification
    let gate = RequestGate(app, settings: settings)
    let console = try await Console(app, tokens: register, settings: settings, gate: gate)
    let server = try ClaimsServer(
      app, tokens: register, settings: settings, gate: gate, logger: Self.logger, adding: console.add
    ) { [host] port in
      Output.say("claims: listening on \(scheme)://\(host):\(port), store \(store)")
      if let token {
        Output.say("token for this run, with every role: \(token)")
        Output.say("open \(scheme)://\(host):\(port)/ in a browser and sign in with it")
      }
    }
    var services: [any Service] = [server, UnfinishedClaims(app, logger: Self.logger)]
    if let verification { services.append(verification) }
    if let remittance { services.append(ScheduledRemittance(app, settings: remittance, logger: Self.logger)) }
    if webhooks { services.append(sender(for: app)) }
    var all: [ServiceGroupConfiguration.ServiceConfiguration] = services.map { .init(service: $0) }
    all += StoreWatch.services(app)
    if jobs > 0 {
      let worker = QueueWorker(app, settings: WorkSettings(jobs: jobs), logger: Self.logger) { _ in }
      all.append(.init(service: worker, failureTerminationBehavior: .gracefullyShutdownGroup))
    }
    try await ServiceGroup(
      configuration: .init(services: all, gracefulShutdownSignals: [.sigterm, .sigint], logger: Self.logger)
    ).run()
  }

  private func sender(for app: ClaimsApp) -> WebhookSender {
    var settings = WebhookSettings(timeout: .milliseconds(webhookTimeoutMilliseconds))
    settings.retry.initialInterval = .milliseconds(webhookRetryMilliseconds)
    return WebhookSender(app.store, worker: app.runner.worker, settings: settings, logger: Self.logger)
  }

  /// - Throws: `SetupError.badInput`.
  private func certificate() throws -> ServerCertificate? {
    guard let tlsCert, let tlsKey else { return nil }
    do {
      return try ServerCertificate(chain: tlsCert, key: tlsKey)
    } catch {
      throw SetupError.badInput("\(error)")
    }
  }

  /// - Returns: the callers, and the token that was made for this run, if one was.
  /// - Throws: `SetupError`.
  private func access() throws -> (TokenRegister, String?) {
    guard let tokens else {
      let token = TokenRegister.newToken()
      let name = TokenRegister.isName(NSUserName()) ? NSUserName() : "local"
      return (TokenRegister([(token, Caller(name: name, roles: Set(Role.allCases)))]), token)
    }
    do {
      let register = try TokenRegister(parsing: try TokenFile(path: tokens).text())
      guard !register.isEmpty else {
        throw SetupError.badInput(
          "--tokens \(tokens): it has no token; make one with: claims tokens new NAME --role ROLE")
      }
      return (register, nil)
    } catch let defect as TokenFileDefect {
      throw SetupError.badInput("--tokens \(tokens): \(defect)")
    }
  }

  private static var logger: Logger { ProgramLog.logger("serve") }
}
