import ArgumentParser
import ClaimOperations
import ClaimPipeline
import ClaimStore
import ClaimsAPI
import ClaimsApp
import DurableExecution
import Foundation
import Logging
import ServiceLifecycle
import Synchronization

struct WorkCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "work",
    abstract: "Take queued claims to a payment until stopped.",
    discussion: """
      Run as many as you like, on as many machines: they share the store, and whatever one of them leaves undone when it \
      dies, another finishes. SIGTERM or Ctrl-C finishes what is under way; a second one ends at once.

      EXAMPLES
        claims work --store 'postgres://db1,db2/claims?target_session_attrs=read-write' --gateway http://bank:8090
        claims work --until-empty --output json
        claims work --remit remittances/ --remit-every 60

      With --until-empty, claims are reported once, at the end, and the exit status is that of `claims process`. A worker has claims and not the files they came \
      in, so it acknowledges none: `claims ack PATH --out DIR` answers files whose claims have been worked on.
      """)

  @OptionGroup(title: "Deciding and paying") var options: RunOptions

  @Option(help: "Batches worked on at once.")
  var jobs = Settings.number(.jobs) ?? 2

  @Option(help: "Claims in a batch. Without it as many as are quick, up to 1,000.")
  var batch: Int?

  @Option(
    help: ArgumentHelp(
      "How long a batch is this worker's without a sign of life; others wait so long for one that died.",
      valueName: "seconds"))
  var lease = 30

  @Option(
    help: ArgumentHelp(
      "Answer /health, /ready and /metrics on this address, without a token. They say nothing about any claim.",
      valueName: "HOST:PORT"))
  var metrics: String?

  @Option(
    help: ArgumentHelp(
      "Write an explanation of benefits for each claim here, as .html and .txt. Those of a worker that died are made with "
        + "`claims eob`.", valueName: "DIR"), completion: .directory)
  var eob: String?

  @OptionGroup(title: "Reporting to providers") var remit: RemitOptions

  @Flag(help: "End when the queue is empty.")
  var untilEmpty = false

  @Option(help: "text for people, json for programs: an object a claim, and a summary.")
  var output: OutputForm = .text

  func validate() throws {
    guard (1...64).contains(jobs) else { throw ValidationError("--jobs must be from 1 to 64") }
    guard batch.map((1...1_000).contains) ?? true else { throw ValidationError("--batch must be from 1 to 1000") }
    guard metrics == nil || watchAddress != nil else {
      throw ValidationError("--metrics must be HOST:PORT, such as 127.0.0.1:9464")
    }
    guard (1...3_600).contains(lease) else { throw ValidationError("--lease must be from 1 to 3600 seconds") }
    guard !untilEmpty || !remit.hasSchedule else {
      throw ValidationError("--remit-every has no use with --until-empty, which reports once, at the end")
    }
  }

  private var watchAddress: (host: String, port: Int)? {
    guard let metrics, let colon = metrics.lastIndex(of: ":"), colon > metrics.startIndex,
      let port = Int(metrics[metrics.index(after: colon)...]), (0...65_535).contains(port)
    else { return nil }
    return (metrics[..<colon].trimmingCharacters(in: ["[", "]"]), port)
  }

  func run() async throws {
    do {
      var configuration = options.configuration()
      // A claim that another worker is processing goes back into the queue without waiting.
      configuration.patience = .zero
      configuration.payer = remit.payer.path
      let letters = try eob.map { try OutputFolder(path: $0, option: "--eob") }
      let remittance = try remit.settings(lease: .seconds(lease))
      try await waitingForStore { try await work(in: try await ClaimsApp.build(configuration), letters, remittance) }
    } catch let error as ServiceError {
      throw ExitStatus.of(SetupError.unavailable("\(error)"))
    } catch {
      throw ExitStatus.of(error)
    }
  }

  /// Retries while the store is unavailable. A fleet and its database are often started together, or the database may
  /// be failing over.
  private func waitingForStore(_ work: () async throws -> Void) async throws {
    let giveUp = ContinuousClock.now + .seconds(60)
    while true {
      do {
        return try await work()
      } catch let failure as StoreFailure where isOutage(failure) && ContinuousClock.now < giveUp {
        Self.logger.warning("\(failure); trying again")
        try await Task.sleep(for: .seconds(2))
      }
    }
  }

  /// Whether a failure may pass on its own, without a change to what was requested. A file that cannot be opened stays so.
  private func isOutage(_ failure: StoreFailure) -> Bool {
    switch (failure, options.store.store) {
    case (.busy, _), (.unreachable, .postgres): true
    default: false
    }
  }

  /// - Parameters:
  ///   - folder: where letters go; nil for none.
  ///   - remittance: how claims are reported to their providers; nil if they are not.
  private func work(in app: ClaimsApp, _ folder: OutputFolder?, _ remittance: RemittanceSettings?) async throws {
    let letters = try folder.map { try EOBFolder($0, EOBLetters(app.store, terms: app.letters)) }
    let printer = SharedPrinter(output)
    let settings = WorkSettings(
      jobs: jobs, batch: batch.map(BatchSize.fixed) ?? .adaptive, lease: .seconds(lease), stopsWhenEmpty: untilEmpty)
    let worker = QueueWorker(app, settings: settings, logger: Self.logger) { results in
      try await letters?.write(results)
      try await printer.print(results)
    }
    let reporting = remittance.map { ScheduledRemittance(app, settings: $0, logger: Self.logger) }.map { [$0] } ?? []
    let group = ServiceGroup(
      configuration: .init(
        services: [
          .init(
            service: worker, successTerminationBehavior: .gracefullyShutdownGroup,
            failureTerminationBehavior: .gracefullyShutdownGroup)
        ] + StoreWatch.services(app) + watch(app).map { .init(service: $0) }
          + (untilEmpty ? [] : reporting).map { .init(service: $0) },
        logger: Self.logger))
    let wasStopped = Atomic(false)
    let interruption = Interruption {
      wasStopped.store(true, ordering: .relaxed)
      Task { await group.triggerGracefulShutdown() }
    }
    defer { withExtendedLifetime(interruption) {} }
    let ended: (any Error)?
    do {
      try await group.run()
      ended = nil
    } catch {
      ended = error
    }
    // To stop is the usual end of a worker, but not of one that is to empty the queue.
    let isCutShort = untilEmpty && wasStopped.load(ordering: .relaxed)
    let status = await printer.finish(setAside: worker.setAside, wasStopped: isCutShort)
    Self.logger.notice("\(Self.account(of: app.runner.counts))")
    if let ended { throw ended }
    guard untilEmpty else { return }
    var heldBack = 0
    if !isCutShort { for remittance in reporting { heldBack += try await remittance.reportNow() } }
    if let status = status ?? (heldBack > 0 ? .badInput : nil) { throw ExitCode(status) }
  }

  /// What answers those who watch the worker: at most one service.
  private func watch(_ app: ClaimsApp) -> [WatchServer] {
    guard let (host, port) = watchAddress else { return [] }
    return [
      WatchServer(app, host: host, port: port, logger: Self.logger) { port in
        Self.logger.notice("metrics at http://\(host):\(port)/metrics")
      }
    ]
  }

  private static func account(of counts: RunnerCounts) -> String {
    "done: \(counts.acquired) effects, \(counts.replayed) replayed, \(counts.takenOver) taken over from workers that "
      + "died, \(counts.fenced) late acts of ours refused"
  }

  private static var logger: Logger { ProgramLog.logger("worker") }
}

/// Serializes printing: jobs finish concurrently, and their output appears one after another.
private actor SharedPrinter {
  private var printer: ResultPrinter

  init(_ form: OutputForm) {
    printer = ResultPrinter(form, progress: .never, explainsLateness: false)
  }

  func print(_ results: [ClaimResult]) throws { try printer.print(results) }

  /// - Returns: nil when every claim got a decision.
  func finish(setAside: Int, wasStopped: Bool) -> ExitStatus? {
    printer.note(setAside: setAside)
    printer.finish(wasStopped: wasStopped)
    return printer.exitStatus(wasStopped: wasStopped)
  }
}
