import BankProtocol
import ClaimStore
import ClaimFormats
import ClaimPipeline
import ClaimsDomain
import DurableExecution

/// A remittance on one line.
struct RemittanceLine {
  private let row: RemittanceRow

  init(_ row: RemittanceRow) {
    self.row = row
  }

  /// A line, its end included.
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
    json.object { json in
      json.member("remittance", row.id)
      json.member("number", row.number)
      json.member("run", row.run)
      json.member("payee", row.payee.reference)
      json.member("claims", row.claimCount)
      json.member("claims_paid", row.claimsPaid)
      json.member("payment", row.amount)
      json.member("owed_before", row.carriedIn?.amount ?? .zero)
      json.member("owed_after", row.carriedOut?.amount ?? .zero)
      json.member("key", row.effectKey.text)
      json.member("sha256", row.digest)
    }
    return json
  }
}
