import BankProtocol
package import ClaimFormats
package import ClaimStore
import ClaimsDomain
import DurableExecution

extension RemittanceRow {
  /// Writes what a remittance says in all, without its claims.
  package func write(to json: inout OrderedJSON) {
    json.object { json in
      json.member("remittance", id)
      json.member("number", number)
      json.member("run", run)
      json.member("payee", payee.reference)
      json.member("claims", claimCount)
      json.member("claims_paid", claimsPaid)
      json.member("payment", amount)
      json.member("owed_before", carriedIn?.amount ?? .zero)
      json.member("owed_after", carriedOut?.amount ?? .zero)
      json.member("key", effectKey.text)
      json.member("sha256", digest)
    }
  }
}
