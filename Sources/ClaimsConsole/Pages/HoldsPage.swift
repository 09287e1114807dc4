import ClaimFormats
import ClaimStore
import ClaimsAPI
import ClaimsApp
import DurableExecution
import Hummingbird

/// The payees on hold. Nothing is paid to them until their hold is lifted.
struct HoldsPage: Sendable {
  let console: ConsoleParts

  private static let pageSize = 100

  struct View: PageView {
    static let template = "holds"
    static let place = "/holds"
    let title = "Payees on hold"
    var alert: String?
    var notice: String?
    let holds: [Row]
    /// The cursor of the next page; nil for none.
    let next: String?
    let mayDecide: Bool
    let payee: String
    let reason: String
  }

  struct Row: Sendable {
    let payee: String
    let since: String
    let person: String
    let reason: String
    /// The payments that had begun before the hold; nil for none.
    let underWay: String?
    /// What the visitor entered to lift this hold.
    let entered: String
    let mayDecide: Bool
  }

  func add(to routes: PageRoutes) {
    routes.page("holds", for: .read) { visit in try await view(visit) }
    routes.form("holds", for: .decide) { form, visit in
      let begun = try await desk(form).hold(by: try form.signOff(by: visit.caller.name))
      return Self.words(begun)
    } again: { form, visit in
      try await view(visit, form)
    } show: { words, _, _ in
      Told(title: "On hold", notice: words)
    }
    routes.response("holds/lift", for: .read) { _ in .redirect(to: "/holds") }
    routes.form("holds/lift", for: .decide) { form, visit in
      _ = try await desk(form).lift(by: try form.signOff(by: visit.caller.name))
      return "The hold is lifted. The payee's claims wait until they are released, one by one or together."
    } again: { form, visit in
      try await view(visit, form)
    } show: { words, _, _ in
      Told(title: "Hold lifted", notice: words)
    }
  }

  /// What came of an act on a payee.
  struct Told: PageView {
    static let template = "holds-told"
    static let place = "/holds"
    let title: String
    var alert: String?
    var notice: String?
  }

  private func desk(_ form: Form) throws(UnusablePayee) -> PayeeDesk {
    try PayeeDesk(console.app.store, payee: form["payee"] ?? "")
  }

  private static func words(_ begun: BegunHold) -> String {
    var words = [begun.isNew ? "No payment to the payee begins from now on." : "The payee was on hold already."]
    if begun.hold.underWay > 0 {
      words.append(
        "Payments that had begun before, and may be made, since the bank may have them: \(begun.hold.underWay.grouped)."
      )
    }
    if !begun.isKnown { words.append("No claim of such a payee is on record: make sure that it is named right.") }
    return words.joined(separator: " ")
  }

  private func view(_ visit: Visit, _ form: Form? = nil) async throws -> View {
    let mayDecide = visit.caller.may(.decide)
    let cursors = SealedCursors(console.app.store)
    let after = try await cursors.open(visit.request.uri.queryParameters["after"], of: .holds)
    let page = ListPage(
      try await console.app.store.read { try $0.payeesOnHold(after: after, limit: Self.pageSize + 1) },
      limit: Self.pageSize)
    let isLift = visit.request.uri.path == "/holds/lift"
    let named = form?["payee"] ?? ""
    return View(
      holds: page.rows.map {
        Row($0, entered: isLift && $0.payee == named ? form?["reason"] ?? "" : "", mayDecide: mayDecide)
      }, next: try await cursors.seal(page.last?.payee, of: .holds), mayDecide: mayDecide, payee: isLift ? "" : named,
      reason: isLift ? "" : form?["reason"] ?? "")
  }
}

extension HoldsPage.Row {
  fileprivate init(_ hold: PayeeHold, entered: String, mayDecide: Bool) {
    (payee, since, person, reason) = (hold.payee, hold.since.text, hold.person, hold.reason)
    underWay = hold.underWay > 0 ? hold.underWay.grouped : nil
    (self.entered, self.mayDecide) = (entered, mayDecide)
  }
}
