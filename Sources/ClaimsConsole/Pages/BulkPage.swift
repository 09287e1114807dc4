import ClaimFormats
import ClaimStore
import ClaimsAPI
import ClaimsApp
import ClaimsDomain
import Foundation
import Hummingbird

/// Acts on many claims at once: first the page shows which claims, and the money that they are about; then the visitor
/// confirms what was shown.
struct BulkPage: Sendable {
  let console: ConsoleParts

  struct View: PageView {
    static let template = "bulk"
    static let place = "/bulk"
    let title = "Many claims"
    var alert: String?
    var notice: String?
    let acts: [Choice]
    let causes: [Choice]
    let fields: [FindPage.Field]
    let code: String
    let remark: String
    let reason: String
    /// Nil before a preview, and if nothing matches.
    var plan: Plan?
  }

  struct Choice: Sendable {
    let name: String
    let label: String
    let isChosen: Bool
  }

  struct Plan: Sendable {
    let act: String
    /// How many claims, in words.
    let count: String
    let charge: String
    let waiting: String
    let paid: String
    let digest: String
    /// The fields of the preview, which the confirmation sends again.
    let kept: [Kept]

    struct Kept: Sendable {
      let name: String
      let value: String
    }
  }

  func add(to routes: PageRoutes) {
    routes.page("bulk", for: .decide) { _ in view { _ in nil } }
    routes.response("bulk/preview", for: .decide) { _ in .redirect(to: "/bulk") }
    routes.search("bulk/preview", for: .decide) { form, _ in try await preview(form) }
    routes.form("bulk", for: .decide) { form, visit in
      try await perform(form, visit)
    } again: { form, _ in
      try await preview(form)
    } show: { outcome, _, _ in
      try BulkDoneView(outcome)
    }
  }

  private var desk: BulkDesk { BulkDesk(console.app, console.settings) }

  private func preview(_ form: Form) async throws -> View {
    var page = view { form[$0.rawValue] }
    do {
      let document = BulkDocument { form[$0.rawValue] }
      let plan = try await desk.plan(try document.bulkAct(), try document.filter())
      if plan.subjects.isEmpty { page.notice = "No claim matches, so there is nothing to do." }
      if !plan.subjects.isEmpty { page.plan = Plan(plan, form) }
    } catch {
      guard let problem = APIProblem(error), problem.status < 500 else { throw error }
      page.alert = problem.detail
    }
    return page
  }

  /// - Returns: what became of the claims, as JSON, which is kept and shown again as it is.
  private func perform(_ form: Form, _ visit: Visit) async throws -> String {
    let document = BulkDocument { form[$0.rawValue] }
    guard let digest = form["confirm"] else { throw APIProblem.malformed("see first what it would do") }
    let (act, filter) = (try document.bulkAct(), try document.filter())
    var results: [BulkResult] = []
    let signOff = try form.signOff(by: visit.caller.name)
    let outcomes = try await desk.perform(act, filter, confirmed: digest, by: signOff) { results.append($0) }
    var json = OrderedJSON()
    json.object { json in
      json.key("outcomes")
      json.write(outcomes)
      json.key("results")
      json.array(results) { $1.write(to: &$0) }
    }
    return String(decoding: json.bytes, as: UTF8.self)
  }

  /// - Parameter value: what was entered for a member of the document.
  private func view(_ value: (BulkDocument.CodingKeys) -> String?) -> View {
    let acts = [
      ("release", "release claims that wait"), ("deny", "deny claims that wait"), ("adjust", "decide claims again"),
    ]
    return View(
      acts: acts.map { Choice(name: $0.0, label: $0.1, isChosen: value(.act) == $0.0) },
      causes: ActsView.Adjust.labels.map { Choice(name: $0.name, label: $0.label, isChosen: value(.cause) == $0.name) },
      fields: FindPage.fields { BulkDocument.CodingKeys(rawValue: $0.rawValue).flatMap(value) },
      code: value(.code) ?? "", remark: value(.remark) ?? "", reason: value(.reason) ?? "")
  }
}

extension BulkPage.Plan {
  fileprivate init(_ plan: BulkPlan, _ form: Form) {
    (act, digest) = (plan.act, plan.digest)
    count = plan.subjects.count == 1 ? "1 claim" : "\(plan.subjects.count.grouped) claims"
    charge = plan.charge?.dollars ?? ""
    (waiting, paid) = (plan.waitingToBePaid.dollars, plan.paid.dollars)
    kept = BulkDocument.CodingKeys.allCases.filter { $0 != .reason && $0 != .confirm }.compactMap { key in
      form[key.rawValue].map { Kept(name: key.rawValue, value: $0) }
    }
  }
}

/// What became of many claims.
struct BulkDoneView: PageView {
  static let template = "bulk-done"
  static let place = "/bulk"
  let title = "What was done"
  var alert: String?
  var notice: String?
  let outcomes: [Outcome]
  let results: [Row]

  struct Outcome: Sendable {
    let name: String
    let count: String
  }

  struct Row: Sendable {
    let path: String
    let subject: String
    let outcome: String
    let detail: String
  }

  private struct Document: Decodable {
    let outcomes: [String: Int]
    let results: [Result]

    struct Result: Decodable {
      let subject: String
      let outcome: String
      let detail: String?
    }
  }

  /// - Parameter text: what `BulkPage` has kept.
  init(_ text: String) throws {
    let document = try JSONDecoder().decode(Document.self, from: Data(text.utf8))
    outcomes = BulkOutcome.allCases.map {
      Outcome(name: $0.rawValue, count: (document.outcomes[$0.rawValue] ?? 0).grouped)
    }
    results = document.results.map {
      Row(path: "/claims/\($0.subject)", subject: $0.subject, outcome: $0.outcome, detail: $0.detail ?? "")
    }
  }
}
