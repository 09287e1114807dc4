import BankProtocol
import ClaimFormats
import ClaimPipeline
import ClaimStore
import ClaimsApp
import ClaimsDomain
import DurableExecution

/// Prints the findings of a remittance check as they are made.
struct RemittancePage {
  private let form: OutputForm
  private var output = Output()
  private var summary = RemittanceAuditSummary()
  private var file = ""

  init(_ form: OutputForm) {
    self.form = form
  }

  mutating func begin(_ file: String, envelope faults: [FileFault]) {
    self.file = file
    summary.files += 1
    summary.envelopeFaults += faults.count
    for fault in faults {
      switch form {
      case .text: output.line("\(file): envelope: \(fault.what)\(fault.location.map { " (\($0))" } ?? "")")
      case .json: output.bytes(fault.envelopeLine(file: file))
      }
    }
  }

  mutating func print(_ verdict: RemittanceVerdict) {
    summary.count(verdict)
    switch form {
    case .text: output.text(verdict.text(file: file))
    case .json: output.bytes(verdict.jsonLine(file: file))
    }
  }

  /// - Parameter isPassedOver: whether the file was found in a folder rather than named.
  mutating func refuse(_ file: String, _ why: String, isPassedOver: Bool) {
    Terminal.complain(isPassedOver ? "passed over: \(file): \(why)" : "\(file): \(why)")
    if !isPassedOver { summary.refused += 1 }
  }

  /// - Returns: how the process should end; nil for success.
  mutating func finish() -> ExitStatus? {
    switch form {
    case .text: output.text(summary.text)
    case .json: output.bytes(summary.jsonLine)
    }
    output.flush()
    if summary.refused > 0 || summary.files == 0 { return .badInput }
    return summary.isClean ? nil : .checkFailed
  }
}

/// A remittance on one line.
struct RemittanceLine {
  private let row: RemittanceRow

  init(_ row: RemittanceRow) {
    self.row = row
  }

  /// Returns the line, including its line feed.
  func bytes(as form: OutputForm) -> [UInt8] {
    switch form {
    case .text: Array("\(text)\n".utf8)
    case .json: json.bytes + "\n".utf8
    }
  }

  private var text: String {
    let owed = row.carriedOut.map { ", \($0.amount.dollars) owed to us is carried forward" } ?? ""
    return "\(row.id)  run \(row.run)  payee \(row.payee.reference.displayed)  "
      + "\(row.claimCount.counted("claim"))  payment \(row.amount.dollars)\(owed)"
  }

  private var json: OrderedJSON {
    var json = OrderedJSON()
    row.write(to: &json)
    return json
  }
}
