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
      json.key("remittance")
      json.string(row.id.text)
      json.key("number")
      json.integer(row.number)
      json.key("run")
      json.integer(row.run)
      json.key("payee")
      json.string(row.payee.reference)
      json.key("claims")
      json.integer(row.claimCount)
      json.key("claims_paid")
      json.amount(row.claimsPaid)
      json.key("payment")
      json.amount(row.amount)
      json.key("owed_before")
      json.amount(row.carriedIn?.amount ?? .zero)
      json.key("owed_after")
      json.amount(row.carriedOut?.amount ?? .zero)
      json.key("key")
      json.string(row.effectKey.text)
      json.key("sha256")
      json.string(row.digest)
    }
    return json
  }
}
