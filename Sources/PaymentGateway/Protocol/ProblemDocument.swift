/// An error on the wire (RFC 9457), with `code` as an extension member so that a client need not parse `type`.
struct ProblemDocument: Hashable, Sendable, Codable {
  static let contentType = "application/problem+json"

  var type: String
  var title: String
  var status: Int
  var detail: String
  var code: String

  init(_ problem: BankProblem, detail: String) {
    type = "urn:paidonce:bank:\(problem.rawValue)"
    title = problem.title
    status = problem.status
    self.detail = detail
    code = problem.rawValue
  }

  /// For statuses that have no problem of their own: a route that is not there, a method that is not allowed.
  init(status: Int, title: String, detail: String) {
    type = "about:blank"
    self.title = title
    self.status = status
    self.detail = detail
    code = "http-\(status)"
  }
}
