import ClaimFormats
import ClaimsDomain
import Foundation

/// What became of the claims that were sent.
struct SentView: PageView {
  static let template = "sent"
  static let place = "/send"
  let title = "Sent"
  var alert: String?
  var notice: String?
  let claims: [Row]
  let faults: [String]
  let count: String
  let paid: String
  let replayed: String
  /// The number of claims that are not shown; nil if all are.
  let more: String?

  /// The most claims that a page shows.
  private static let limit = 500

  struct Row: Sendable {
    let path: String?
    let number: String
    let status: String
    let isReplay: Bool
    let charge: String
    let allowed: String
    let member: String
    let paid: String
    let reason: String?
  }

  private struct Outcome: Decodable {
    let claims: [ClaimReport]
    let faults: [String]
  }

  /// - Parameters:
  ///   - outcome: what `SendPage` has kept.
  ///   - linked: whether the visitor may read claims.
  init(_ outcome: String, isReplay: Bool, linked: Bool) throws {
    let outcome = try JSONDecoder().decode(Outcome.self, from: Data(outcome.utf8))
    claims = outcome.claims.prefix(Self.limit).map { Row($0, linked: linked) }
    faults = outcome.faults
    count = outcome.claims.count.grouped
    paid = outcome.claims.filter { $0.status == .paid && !$0.isReplay }.count.grouped
    replayed = outcome.claims.filter(\.isReplay).count.grouped
    more = outcome.claims.count > Self.limit ? (outcome.claims.count - Self.limit).grouped : nil
    if isReplay { notice = "This form was sent before. Nothing was done again: this is the first answer." }
  }
}

extension SentView.Row {
  fileprivate init(_ report: ClaimReport, linked: Bool) {
    let form = report.reason?.formID
    path = !linked ? nil : report.claimIntakeID.map { "/claims/\($0)" } ?? form.map { "/forms/\($0)" }
    number = report.claimNumber?.text ?? (form == nil ? "unknown" : "paper form")
    status = report.status.rawValue
    isReplay = report.isReplay
    (charge, allowed) = (report.charge?.grouped ?? "", report.totalAllowed?.grouped ?? "")
    (member, paid) = (report.memberResponsibility?.grouped ?? "", report.planPaid?.grouped ?? "")
    let codes = report.adjustments.map { "\($0.group.rawValue)-\($0.code)" }
    reason =
      report.reason.map { [$0.text, $0.location].compactMap(\.self).joined(separator: ", ") }
      ?? (codes.isEmpty ? nil : codes.joined(separator: " "))
  }
}
