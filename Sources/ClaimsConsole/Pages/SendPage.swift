import ClaimFormats
import ClaimsAPI
import ClaimsDomain
import Fixtures
import Foundation
import Hummingbird

/// Sends claims: a file, or the sample claims that come with the program.
struct SendPage: Sendable {
  let console: ConsoleParts

  /// The day the sample claims are received on. On a later day some of them are past the limit for filing.
  private static let sampleDay = CalendarDate(year: 2026, month: 4, day: 1)

  struct View: PageView {
    static let template = "send"
    static let place = "/send"
    let title = "Send claims"
    var alert: String?
    var notice: String?
    let limit: String
    let textLimit: String
  }

  func add(to routes: PageRoutes) {
    routes.page("send", for: .submit) { _ in view }
    routes.form("send", for: .submit) { form, _ in
      try await send(try bytes(of: form), received: form["sample"] == nil ? nil : Self.sampleDay)
    } again: { _, _ in
      view
    } show: { outcome, isReplay, visit in
      try SentView(outcome, isReplay: isReplay, linked: visit.caller.may(.read))
    }
  }

  private var view: View {
    View(
      limit: Self.text(console.settings.bodyLimit),
      textLimit: Self.text(min(console.settings.bodyLimit, Form.textLimit)))
  }

  private static func text(_ bytes: Int) -> String {
    bytes < 1024 * 1024 ? "\(bytes / 1024) kB" : "\(bytes / (1024 * 1024)) MB"
  }

  private func bytes(of form: Form) throws(APIProblem) -> [UInt8] {
    if form["sample"] != nil { return SampleFiles.claims }
    if let file = form.files["file"], !file.bytes.isEmpty { return file.bytes }
    guard let text = form["text"] else { throw .malformed("choose a file with claims, or paste them") }
    return Array(text.utf8)
  }

  /// - Returns: a report of each claim, as JSON: the first answer is kept, and shown again as it is.
  private func send(_ bytes: [UInt8], received: CalendarDate?) async throws -> String {
    let sent = try await Submission(bytes, received: received, console.app)
    var json = OrderedJSON()
    json.object { json in
      json.key("claims")
      json.array(sent.reports) { $1.write(to: &$0) }
      json.key("faults")
      json.array(sent.faults) { $0.string("\($1)") }
    }
    return String(decoding: json.bytes, as: UTF8.self)
  }
}

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
    path = !linked ? nil : report.claimIntakeID.map { "/claims/\($0)" }
    number = report.claimNumber?.text ?? "unknown"
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
