import ClaimStore
import ClaimPipeline
import ClaimsApp

/// What a check run does, as it does it.
struct CheckRunPage {
  private let form: OutputForm
  private var output = Output()
  private var tally = CheckRunTally()

  init(_ form: OutputForm) {
    self.form = form
  }

  /// - Throws: `MoneyError` when the sum leaves 64 bits.
  mutating func tell(_ news: RemittanceRun<some ClaimStore>.News) throws {
    try tally.count(news)
    if case .remittance(let row, _) = news { output.bytes(RemittanceLine(row).bytes(as: form)) }
  }

  /// - Returns: how the process should end; nil for success.
  mutating func finish() -> ExitStatus? {
    switch form {
    case .text: output.line(tally.text)
    case .json: output.bytes(tally.jsonLine)
    }
    output.flush()
    return tally.heldBack > 0 ? .badInput : nil
  }
}
