package import BankProtocol
package import ClaimsDomain
package import DurableExecution

// How the parts of a payment and its terms write themselves, as responses are stored.

extension Payee: CanonicalObject {
  package func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("name", name)
    try object.member("reference", reference)
  }
}

extension BankReceipt: CanonicalObject {
  package func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("amount", amount)
    try object.member("tracking_id", trackingID)
    try object.member("transfer_id", transferID)
  }
}

extension PromptPay: CanonicalObject {
  package func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("days", days)
    try object.member("rates", rates)
    try object.member("year", yearLength)
  }
}

extension PromptPayRate: CanonicalObject {
  package func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("from", from)
    try object.member("percent", percent.description)
  }
}
