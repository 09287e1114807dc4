package import ClaimFormats
import ClaimPipeline
package import ClaimStore
package import ClaimsDomain
package import DurableExecution
import Fixtures
import Foundation

/// A check run from its start to its files. It first finishes what an earlier process left, then reports what is due
/// now.
package struct RemittanceRun: Sendable {
  private let agent: RemittanceAgent
  private let issued: IssuedRemittances

  /// An event to report during a run.
  package enum News: Sendable {
    /// - Parameter again: whether the remittance was made by an earlier process whose run was not finished.
    case remittance(RemittanceRow, again: Bool)
    case heldBack(HeldBackClaim)
  }

  package init(
    over store: ClaimStore, runner: DurableRunner? = nil, issuer: RemittanceIssuer, claimsPerCheck: Int? = nil
  ) {
    agent = RemittanceAgent(
      store: store, runner: runner ?? DurableRunner(worker: .thisProcess()), issuer: issuer,
      format: X12RemittanceFormat(), claimsPerCheck: claimsPerCheck ?? RemittanceAgent.claimsPerCheck)
    issued = IssuedRemittances(store)
  }

  /// - Parameters:
  ///   - day: the date of the checks of a new run; nil for today (UTC). A run begun by an earlier process keeps its
  ///     date.
  ///   - time: a time since which no run may have been begun, or what is due waits for a later one; nil for no such time.
  ///   - tell: receives each remittance once its file is written, and each claim that cannot be reported.
  /// - Throws: `StoreFailure`; `SetupError.unavailable` when a file cannot be written. A second run continues this one.
  package func run(
    on day: CalendarDate?, ifNoneSince time: Timestamp? = nil, to output: inout RemittanceOutput,
    tell: (News) throws -> Void
  ) async throws {
    try await finishOpenRun(to: &output, tell: tell)
    // A claim just reported may have been replaced in the meantime. Its reversal falls due once it is reported.
    while let run = try await agent.begin(on: day, ifNoneSince: time) {
      guard try await finish(run, to: &output, tell: tell) else { return }
    }
  }

  /// Finishes the run that an earlier process left open, if there is one.
  ///
  /// - Throws: as `run`.
  package func finishOpenRun(to output: inout RemittanceOutput, tell: (News) throws -> Void) async throws {
    if let left = try await agent.openRun() { _ = try await finish(left, to: &output, tell: tell) }
  }

  /// - Returns: whether the run reported anything.
  private func finish(
    _ run: CheckRunRow, to output: inout RemittanceOutput, tell: (News) throws -> Void
  ) async throws -> Bool {
    var last = try await deliver(run, after: 0, to: &output) { try tell(.remittance($0, again: true)) }
    repeat {
      while let step = try await agent.next(in: run) {
        for claim in step.heldBack { try tell(.heldBack(claim)) }
        last = try await deliver(run, after: last, to: &output) {
          try tell(.remittance($0, again: $0.id != step.remittance?.id))
        }
      }
      last = try await deliver(run, after: last, to: &output) { try tell(.remittance($0, again: true)) }
      try output.finish()
    } while try await !agent.close(run, deliveredThrough: last)
    return last > 0
  }

  /// Writes the files of a run's remittances after a number, including those of other processes; returns the last
  /// number.
  private func deliver(
    _ run: CheckRunRow, after number: Int, to output: inout RemittanceOutput, tell: (RemittanceRow) throws -> Void
  ) async throws -> Int {
    var last = number
    while case let page = try await issued.page(of: run, after: last), let end = page.last {
      for remittance in page {
        try output.write(try await issued.file(of: remittance), of: remittance)
        try tell(remittance)
      }
      last = end.number
    }
    return last
  }
}

/// The destination of remittances: a folder with a file for each, or one file with all interchanges of a run in
/// sequence.
package struct RemittanceOutput {
  package let path: String
  private let option: String
  private let isFolder: Bool
  private var file: LastingFile?
  private var hasWritten = false

  /// - Parameters:
  ///   - path: a folder if it exists as one, ends in `/`, or has no extension; otherwise a file.
  ///   - option: the name of the option on the command line.
  /// - Throws: `SetupError.badInput` when nothing can be written there.
  package init(path: String, option: String) throws(SetupError) {
    var isThere: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isThere)
    let looksLikeFolder = path.hasSuffix("/") || URL(fileURLWithPath: path).pathExtension.isEmpty
    if exists && isThere.boolValue || looksLikeFolder {
      try self.init(folder: path, option: option)
    } else {
      try OutputFolder.check(file: path, option: option)
      self.init(path: path, option: option, isFolder: false)
    }
  }

  /// Creates an output in a folder, which is made if it does not exist.
  ///
  /// - Throws: `SetupError.badInput` when nothing can be written there.
  package init(folder: String, option: String) throws(SetupError) {
    _ = try OutputFolder(path: folder, option: option)
    self.init(path: folder, option: option, isFolder: true)
  }

  private init(path: String, option: String, isFolder: Bool) {
    (self.path, self.option, self.isFolder) = (path, option, isFolder)
  }

  /// - Throws: `SetupError.unavailable` when the output cannot be written.
  package mutating func write(_ bytes: [UInt8], of remittance: RemittanceRow) throws(SetupError) {
    do {
      if isFolder {
        try LastingFile.write(bytes, to: URL(fileURLWithPath: path).appending(path: "\(remittance.id).835").path)
      } else {
        // The runs of one call follow each other in the file.
        let file = try self.file ?? LastingFile(path: path, appending: hasWritten)
        try file.write(bytes)
        self.file = file
      }
    } catch {
      throw .unavailable("\(option) \(path): cannot be written; check the disk and your rights, and run it again")
    }
  }

  /// Publishes the written output under its final name.
  ///
  /// - Throws: `SetupError.unavailable` when the output cannot be written.
  package mutating func finish() throws(SetupError) {
    guard let file else { return }
    do {
      try file.finish()
    } catch {
      throw .unavailable("\(option) \(path): cannot be written; check the disk and your rights, and run it again")
    }
    self.file = nil
    hasWritten = true
  }
}

/// Writes remittances as X12 835, each in its own interchange.
struct X12RemittanceFormat: RemittanceFormat {
  func refusal(of claim: ClaimPayment) -> String? { RemittanceFile.refusal(of: claim).map { "\($0)" } }

  func file(_ advice: RemittanceAdvice, number: Int, isProduction: Bool, written: Timestamp) throws -> [UInt8] {
    // A control number has nine digits. By the time the numbers repeat, the receiver no longer remembers the first
    // ones.
    guard let control = X12ControlNumber((number - 1) % 999_999_999 + 1), let first = X12ControlNumber(1) else {
      throw StoreFailure.corrupt("remittance number \(number)")
    }
    let sender = advice.payer.payerID?.text ?? advice.payment.originator
    let envelope = X12Envelope(
      sender: X12Address(identifier: sender), receiver: X12Address(identifier: advice.payee.identifier),
      written: X12Moment(written), interchangeControl: control, groupControl: control, isProduction: isProduction)
    return try RemittanceFile.bytes([advice], in: envelope, firstTransaction: first)
  }
}

extension X12Moment {
  /// Creates a moment in UTC with minute precision.
  init(_ instant: Timestamp) {
    let minute = Int((instant.microseconds / 60_000_000) % 1_440)
    // A database clock is past 1970, so the minute is always valid.
    self = X12Moment(instant.day, hour: minute / 60, minute: minute % 60) ?? X12Moment(midnightOf: instant.day)
  }
}

/// The payer: read from a file of the user's, or the sample in the binary.
package struct PayerSource: Sendable {
  package let issuer: RemittanceIssuer
  package let letterhead: Letterhead
  package let isSample: Bool

  /// - Parameter path: the path of the payer file; nil for the sample.
  /// - Throws: `SetupError.badInput` naming the file, the line, and the reason.
  package init(path: String?) throws(SetupError) {
    isSample = path == nil
    do throws(PlanFileError) {
      let payer = try PayerFile(try Self.read(path)).payer()
      (issuer, letterhead) = (payer.issuer, payer.letterhead)
    } catch {
      throw InputError.hasRunOutOfDescriptors ? .outOfDescriptors : .badInput("--payer \(error)")
    }
  }

  private static var sizeLimit: Int { 1 << 16 }

  private static func read(_ path: String?) throws(PlanFileError) -> SourceFile {
    guard let path else { return SourceFile(name: SampleFiles.payer.name, bytes: SampleFiles.payer.bytes) }
    do {
      return SourceFile(name: path, bytes: try RegularFile.read(path, limit: sizeLimit))
    } catch {
      throw PlanFileError(file: path, reason: "the file cannot be read: \(error)", advice: "check that it is there")
    }
  }
}
