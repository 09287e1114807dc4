import ClaimFormats
import ClaimStore
import ClaimsDomain

/// A claim in a table of claims.
struct ShownClaim: Sendable {
  let path: String
  let number: String
  let id: String
  let member: String
  let received: String
  let status: String
  let charge: String
  let paid: String

  init(_ row: ClaimRow) {
    path = "/claims/\(row.id)"
    number = row.claimNumber.text
    id = row.id.text
    member = row.memberID.text
    received = row.receivedOn.description
    status = row.status.rawValue
    charge = row.charge.grouped
    paid = row.amounts?.planPaid.grouped ?? ""
  }
}
