import ClaimFormats
import ClaimsDomain

/// What the check of remittances found, as it comes out.
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

  /// - Parameter isPassedOver: nobody named it; it lies in a folder with others.
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
