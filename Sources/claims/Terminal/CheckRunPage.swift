import ClaimFormats
import ClaimPipeline
import ClaimsApp
import ClaimsDomain

/// What a check run does, as it does it.
struct CheckRunPage {
  private let form: OutputForm
  private var output = Output()
  private var remittances = 0
  private var again = 0
  private var claims = 0
  private var paid = Money.zero
  private var heldBack = 0

  init(_ form: OutputForm) {
    self.form = form
  }

  /// - Throws: `MoneyError` when the sum leaves 64 bits.
  mutating func tell(_ news: RemittanceRun<some ClaimStore>.News) throws {
    switch news {
    case .remittance(let row, let again):
      if again { self.again += 1 } else { remittances += 1 }
      claims += row.claimCount
      paid = try paid + row.amount
      output.bytes(RemittanceLine(row).bytes(as: form))
    case .heldBack(let claim):
      heldBack += 1
      Terminal.complain("claim \(claim.claimID) is not told to its provider: \(claim.reason)")
    }
  }

  /// - Returns: how the process should end.
  mutating func finish() -> Int32 {
    switch form {
    case .text: output.text(summaryText)
    case .json: output.bytes(summaryLine)
    }
    output.flush()
    return heldBack > 0 ? ExitStatus.badInput : 0
  }

  /// One line: also for a run that is part of something else.
  var summaryText: String {
    guard remittances + again > 0 else {
      return heldBack > 0 ? "no remittance: no claim that is due can be told\n" : "nothing to remit: all is told\n"
    }
    let earlier = again > 0 ? ", \(again.grouped) of them made by an earlier run" : ""
    return "\((remittances + again).counted("remittance"))\(earlier), \(claims.counted("claim")), "
      + "payments \(paid.dollars)\n"
  }

  private var summaryLine: [UInt8] {
    var json = OrderedJSON()
    json.object { json in
      json.key("summary")
      json.object { json in
        json.key("remittances")
        json.integer(remittances + again)
        json.key("made_before")
        json.integer(again)
        json.key("claims")
        json.integer(claims)
        json.key("payment")
        json.amount(paid)
        json.key("held_back")
        json.integer(heldBack)
      }
    }
    return json.bytes + "\n".utf8
  }
}
