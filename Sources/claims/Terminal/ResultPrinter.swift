import ClaimFormats
import ClaimOperations
import ClaimPipeline
import ClaimsApp
import ClaimsDomain
import Foundation

/// Prints results as they arrive, and counts what determines the exit status.
struct ResultPrinter {
  private let form: OutputForm
  private let explainsLateness: Bool
  /// Nil where nothing is said of options, as by a worker.
  private var earlier: EarlierDecisions?
  private let table = ClaimTable(width: Terminal.width, color: Terminal.showsColor(on: STDOUT_FILENO))
  private var output = Output()
  private var bar: ProgressBar
  private var summary = ProcessSummary()
  private var hasHeader = false
  private var faults = 0
  /// The numbers of unfinished claims: those that another run may finish, and those that only a person can.
  private var (unknown, setAside) = (0, 0)
  private var setAsideByWorker = 0
  private var lateClaims = 0
  /// The number of paper forms that wait for a person.
  private var formsInDoubt = 0
  private var warnings = ClaimWarnings()
  private var told = ToldFaults()
  private let began = ContinuousClock.now

  /// - Parameter explainsLateness: whether to explain how old files are decided as of their own time. This is not
  ///   needed when a day of receipt was given.
  init(
    _ form: OutputForm, progress: ProgressBar.Mode, explainsLateness: Bool, earlier: EarlierDecisions? = nil
  ) {
    self.form = form
    self.explainsLateness = explainsLateness
    self.earlier = earlier
    bar = ProgressBar(progress)
  }

  /// - Throws: `MoneyError` when a sum exceeds 64 bits.
  mutating func print(_ results: [ClaimResult]) throws {
    for result in results {
      if case .fault(let fault) = result.kind { report(fault, in: result.source) }
      if case .form(let form) = result.kind { report(form, in: result.source) }
      if case .passedOver(let fault) = result.kind {
        bar.clear()
        Terminal.passOver(result.source, fault)
      }
      guard let report = try ClaimReport(result) else { continue }
      try summary.add(report)
      complain(of: report, in: result.source)
      if let warning = warnings.line(for: result) {
        bar.clear()
        Terminal.complain(warning)
      }
      note(result, report)
      earlier?.note(result)
      switch form {
      case .json: output.bytes(report.jsonLine)
      case .text:
        if !hasHeader { output.painted(table.header) }
        hasHeader = true
        output.painted(table.row(report))
      }
    }
    // The progress line is cleared before the output is written, because both go to the same terminal.
    bar.clear()
    output.flush()
  }

  mutating func show(position: Int64, size: Int64?) {
    bar.show(claims: summary.claims, position: position, size: size)
  }

  func note(_ members: MemberDirectoryChanges) {
    if !members.touched.isEmpty {
      Terminal.complain(
        "coverage has changed; decided by what was known before, and left as they are: "
          + "\(members.touched.count.counted("claim")): " + members.touched.prefix(5).map(\.text).joined(separator: " ")
          + (members.touched.count > 5 ? " …" : ""))
    }
    if members.leftAsSettled > 0 {
      Terminal.complain(
        "\(members.leftAsSettled.counted("member")) of the member files differ from an enrollment transaction (834), "
          + "which holds: correct the files, or send another 834")
    }
    if members.leftOut > 0 {
      Terminal.complain(
        "left out \(members.leftOut.counted("dependent")) of the member files, who may be on record under another birth "
          + "date: give each a member_id, or end the other coverage")
    }
  }

  mutating func note(_ resumed: ResumedClaims) {
    if resumed.finished > 0 {
      Terminal.complain("\(resumed.finished.counted("claim")) an earlier run had left unfinished came to the end")
    }
    setAside += resumed.damaged.count
    for id in resumed.damaged.prefix(5) {
      Terminal.complain("claim \(id) cannot be finished: its text in the store does not read; run `claims verify`")
    }
  }

  /// Notes claims that a worker has set aside, which have no result.
  mutating func note(setAside claims: Int) {
    setAsideByWorker += claims
  }

  mutating func finish(wasStopped: Bool) {
    bar.clear()
    summary.milliseconds = (ContinuousClock.now - began).milliseconds
    switch form {
    case .json: output.bytes(summary.jsonLine)
    case .text:
      if hasHeader { output.text("\n") }
      output.painted(table.summary(summary))
    }
    output.flush()
    warnings.rest.forEach(Terminal.complain)
    if wasStopped { Terminal.complain("stopped; what was begun is finished, run it again for the rest") }
    if explainsLateness, lateClaims > 0 {
      Terminal.complain(
        "\(lateClaims.counted("claim")) came in after the plan's timely-filing limit (CO-29); in a store that does not "
          + "have them yet, --received YYYY-MM-DD decides old files as of their own time, and --received file as of the "
          + "day that each says it was made")
    }
    earlier?.lines.forEach(Terminal.complain)
    if unknown > 0 {
      Terminal.complain(
        "without a decision or a known payment (see the reasons): \(unknown.counted("claim")); nothing is lost, run it "
          + "again")
    }
    if formsInDoubt > 0 {
      Terminal.complain("waiting at the intake desk: \(formsInDoubt.counted("paper form")); see `claims intake list`")
    }
    if setAside > 0 {
      Terminal.complain("set aside for a person (see the reasons): \(setAside.counted("claim")); the others went on")
    }
    if setAsideByWorker > 0 {
      Terminal.complain(
        "set aside for a person: \(setAsideByWorker.counted("claim")); the others went on; see `claims queue dead`")
    }
  }

  /// - Returns: nil when every claim got a decision.
  func exitStatus(wasStopped: Bool) -> ExitStatus? {
    if wasStopped { return .interrupted }
    if unknown > 0 { return .unavailable }
    return faults > 0 || setAside + setAsideByWorker > 0 || summary.count(.rejected) > 0 ? .badInput : nil
  }

  private mutating func report(_ fault: FileFault, in source: String) {
    bar.clear()
    if fault.severity == .error { faults += 1 }
    told.note(fault, in: source)
    Terminal.complain("\(source.displayed): \(fault.severity == .warning ? "warning: " : "")\(fault)")
  }

  private mutating func report(_ form: KeptForm, in source: String) {
    bar.clear()
    if !form.isDiscarded { formsInDoubt += 1 }
    Terminal.complain("\(source.displayed): \(form.location): \(form.advice)")
  }

  /// Prints where a rejected claim is faulty and why, for which the table has no room.
  private mutating func complain(of report: ClaimReport, in source: String) {
    guard report.status == .rejected, let reason = report.reason, reason.formID == nil,
      !told.contains(reason.text, in: source)
    else { return }
    bar.clear()
    let place = reason.location.map { "\(source.displayed): \($0)" } ?? source.displayed
    let claim = report.claimNumber.map { "claim \($0.text.displayed)" } ?? "a claim without a number"
    let further = reason.further == nil ? "" : " (`claims check` tells what else is wrong)"
    Terminal.complain("\(place): \(claim) is rejected: \(reason.text)\(further); correct it and send it again")
  }

  private mutating func note(_ result: ClaimResult, _ report: ClaimReport) {
    if case .claim(_, _, .unsettled) = result.kind {
      if report.status == .unknown { unknown += 1 } else { setAside += 1 }
    }
    let isLate = report.adjustments.contains { $0.group == .contractual && $0.code == "29" }
    if isLate, !report.isReplay { lateClaims += 1 }
  }
}

extension KeptForm {
  /// What is to be done about the form, on one line.
  var advice: String {
    isDiscarded ? "form \(id) is no claim: a person has discarded it" : "\(waitsFor); see `claims intake show \(id)`"
  }
}
