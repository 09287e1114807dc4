import ClaimFormats
import ClaimOperations
import ClaimStore
import ClaimsAPI
import ClaimsApp
import ClaimsDomain
import DurableExecution
import Foundation
import Hummingbird

/// The intake desk: paper forms in doubt, each with the picture of a field beside what was read in it.
struct FormPages: Sendable {
  let console: ConsoleParts

  private var app: ClaimsApp { console.app }
  private static let pageSize = 50

  func add(to routes: PageRoutes) {
    routes.page("forms", for: .read) { visit in
      let asked = visit.request.uri.queryParameters
      let after = try asked["after"].map { try FormID(inPath: String($0)) }
      return try await list(asked["state"].flatMap { FormState.Name(rawValue: String($0)) } ?? .waiting, after: after)
    }
    routes.page("forms/:id", for: .read) { visit in
      try await view(visit, notice: visit.request.uri.queryParameters["done"].flatMap { Self.words[String($0)] })
    }
    routes.response("forms/:id/pages/:page", for: .read) { visit in
      try await app.page(visit.part("page"), ofForm: try visit.form)
    }
    act("correct", routes) { desk, id, form in
      guard let field = form["field"] else { throw APIProblem.malformed("name a field of the form") }
      _ = try await desk.correct(id, field, to: form["value"] ?? "", seen: form.version)
      return "corrected"
    }
    act("discard", routes) { desk, id, form in
      _ = try await desk.discard(id, seen: form.version)
      return "discarded"
    }
    act("accept", routes) { desk, id, form in
      let limit = console.settings.fourEyesAbove
      let accepted = try await desk.accept(id, seen: form.version, limit: limit, by: app.processor)
      app.outcomes.note([try ClaimReport(ClaimResult(accepted))].compactMap(\.self))
      return accepted.isSettled ? "accepted" : "later"
    }
  }

  /// - Parameter perform: acts on a form, and returns the name of what is said about it.
  private func act(
    _ name: String, _ routes: PageRoutes,
    _ perform: @escaping @Sendable (FormDesk, FormID, Form) async throws -> String
  ) {
    routes.form("forms/:id/\(name)", for: .decide) { form, visit in
      let id = try visit.form
      let desk = FormDesk(app.store, by: try form.signOff(by: visit.caller.name))
      return "/forms/\(id)?done=\(try await perform(desk, id, form))"
    } again: { form, visit in
      try await view(visit, form)
    }
    // Whoever reloads or keeps the address of a form's answer comes back to the form.
    routes.response("forms/:id/\(name)", for: .read) { .redirect(to: "/forms/\(try $0.form)") }
  }

  private static let words = [
    "corrected": "The value is on record.",
    "discarded": "The form is discarded, and its pictures are removed.",
    "accepted": "The form is a claim now.",
    "later": "The form is a claim now. The service finishes the claim itself; look at it again in a moment.",
  ]

  private func list(_ state: FormState.Name, after: FormID?) async throws -> FormListView {
    try await app.store.read { transaction in
      let last = try after.flatMap { try transaction.form($0) }
      let forms = try transaction.paperForms(in: state, after: last, limit: Self.pageSize + 1)
      let counts = try transaction.formCounts()
      return FormListView(
        lists: FormState.Name.allCases.map { FormListView.List($0, count: counts[$0] ?? 0, isHere: $0 == state) },
        forms: forms.prefix(Self.pageSize).map(FormListView.Row.init),
        empty: !forms.isEmpty ? nil : state == .waiting ? "No form waits for a person." : "There are no such forms.",
        next: forms.count > Self.pageSize ? "state=\(state.rawValue)&after=\(forms[Self.pageSize - 1].id)" : nil)
    }
  }

  /// - Parameter form: a form that was refused, whose entries are shown again.
  private func view(_ visit: Visit, _ form: Form? = nil, notice: String? = nil) async throws -> PaperFormView {
    let id = try visit.form
    let (paper, pages) = try await app.store.read { transaction in
      guard let paper = try transaction.paperForm(id) else { throw FormRefusal.unknown(id) }
      return (paper, try transaction.pages(ofForm: id))
    }
    var page = PaperFormView(paper, pages, form, mayDecide: visit.caller.may(.decide))
    page.notice = notice
    return page
  }
}

extension Visit {
  /// - Throws: `APIProblem.notFound`.
  fileprivate var form: FormID {
    get throws(APIProblem) { try FormID(inPath: part("id")) }
  }
}

extension Form {
  /// The version of a paper form that its examiner was shown.
  fileprivate var version: Int? { self["version"].flatMap { Int($0) } }
}

/// The forms in one state, in the order in which they came.
struct FormListView: PageView {
  static let template = "forms"
  static let place = "/forms"
  let title = "Intake desk"
  var alert: String?
  var notice: String?
  let lists: [List]
  let forms: [Row]
  /// What is said instead of a table; nil if there are forms to show.
  let empty: String?
  /// The query of the next page; nil for none.
  let next: String?

  struct List: Sendable {
    let path: String
    let name: String
    let count: String
    let isHere: Bool

    init(_ state: FormState.Name, count: Int, isHere: Bool) {
      path = "/forms?state=\(state.rawValue)"
      (name, self.count, self.isHere) = (state.rawValue.capitalized, count.grouped, isHere)
    }
  }

  struct Row: Sendable {
    let path: String
    let id: String
    let kind: String
    let received: String
    let source: String
    let doubts: String
    let claim: String?

    init(_ form: PaperForm) {
      (path, id, kind) = ("/forms/\(form.id)", form.id.text, form.current.kind.name)
      received = form.row.receivedOn.description
      source = "\(form.row.source), page \(form.current.pages.map(String.init).joined(separator: ", "))"
      doubts = form.row.state == .waiting ? form.row.doubts.grouped : ""
      claim = form.row.state.claim?.text
    }
  }
}
