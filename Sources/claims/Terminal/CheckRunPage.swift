import ClaimFormats
import ClaimOperations
import ClaimPipeline
import ClaimStore
import ClaimsApp
import ClaimsDomain

/// Prints the progress of a check run.
struct CheckRunPage {
  private let form: OutputForm
  private var output = Output()
  private var tally = CheckRunTally()

  init(_ form: OutputForm) {
    self.form = form
  }

  /// - Throws: `MoneyError` when the sum exceeds 64 bits.
  mutating func tell(_ news: RemittanceRun.News) throws {
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

/// The totals of a check run.
struct CheckRunTally {
  private(set) var remittances = 0
  /// The number of remittances made by an earlier run that was not finished.
  private(set) var again = 0
  private(set) var claims = 0
  private(set) var paid = Money.zero
  private(set) var heldBack = 0

  /// Counts an event, and prints a complaint for each claim that cannot be reported.
  ///
  /// - Throws: `MoneyError` when the sum exceeds 64 bits.
  mutating func count(_ news: RemittanceRun.News) throws {
    switch news {
    case .remittance(let row, let again):
      remittances += 1
      if again { self.again += 1 }
      claims += row.claimCount
      paid = try paid + row.amount
    case .heldBack(let claim):
      heldBack += 1
      Terminal.complain("claim \(claim.claimID) is not reported to its provider: \(claim.reason)")
    }
  }

  var text: String {
    guard remittances > 0 else {
      return heldBack > 0 ? "no claim that is due can be reported" : "nothing to remit: everything is reported already"
    }
    let earlier = again > 0 ? ", \(again.grouped) of them made by an earlier run" : ""
    return "\(remittances.counted("remittance"))\(earlier), \(claims.counted("claim")), payments \(paid.dollars)"
  }

  var jsonLine: [UInt8] {
    var json = OrderedJSON()
    json.object { json in
      json.key("summary")
      json.object { json in
        json.member("remittances", remittances)
        json.member("made_before", again)
        json.member("claims", claims)
        json.member("payment", paid)
        json.member("held_back", heldBack)
      }
    }
    return json.bytes + "\n".utf8
  }
}
