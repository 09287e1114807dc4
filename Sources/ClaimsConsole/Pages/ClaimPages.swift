import ClaimFormats
import ClaimPipeline
import ClaimStore
import ClaimsAPI
import ClaimsApp
import ClaimsDomain
import DurableExecution
import Hummingbird

/// A claim's page, its letter, and what an examiner does about it.
struct ClaimPages: Sendable {
  let console: ConsoleParts

  private var app: ClaimsApp { console.app }

  func add(to routes: PageRoutes) {
    routes.page("claims/:id", for: .read) { visit in
      try await view(visit, notice: visit.request.uri.queryParameters["done"].flatMap { Self.words[String($0)] })
    }
    routes.response("claims/:id/letter", for: .read) { visit in try await app.letter(of: try visit.claim) }
    for act in Act.allCases {
      routes.form("claims/:id/\(act.rawValue)", for: .decide) { form, visit in
        try await perform(act, form, visit)
      } again: { form, visit in
        try await view(visit, form)
      }
    }
    routes.search("claims/:id/try/:act", for: .decide) { form, visit in try await preview(form, visit) }
  }

  /// What an examiner may do to a claim; the last part of the form's path.
  enum Act: String, CaseIterable, Sendable {
    case release, price
    case otherPayer = "other-payer"
    case accept, deny, adjust

    var cause: ClaimRevision.Cause {
      switch self {
      case .release: .release
      case .price: .price
      case .otherPayer: .otherPayer
      case .accept: .document
      case .deny: .denial
      case .adjust: .rules
      }
    }
  }

  private static let words = [
    "decided": "Done: this claim takes the place of the one that waited.",
    "unchanged": "The outcome is the same, so nothing has changed.",
    "later": "The act is on record. The service finishes the claim itself; open this page again in a moment.",
  ]

  /// - Returns: the path of the claim's new page.
  private func perform(_ act: Act, _ form: Form, _ visit: Visit) async throws -> String {
    let id = try visit.claim
    let desk = ClaimAdjuster(
      app, by: try form.signOff(by: visit.caller.name), rulesAreNamed: console.settings.rulesAreNamed)
    let adjustment =
      switch act {
      case .release: try await desk.release(id.text, besides: try form.given())
      case .price, .otherPayer, .accept: try await desk.give(id.text, try form.given(), for: act.cause)
      case .deny: try await desk.deny(id.text, as: try form.denial())
      case .adjust: try await desk.adjust(id.text, for: try form.cause())
      }
    guard let result = adjustment.result else { return "/claims/\(id)?done=unchanged" }
    let next = try ClaimReport(result)?.claimIntakeID ?? id
    return "/claims/\(next)?done=\(adjustment.followUp == nil ? "decided" : "later")"
  }

  /// Says what a form would make of a claim, and changes nothing.
  private func preview(_ form: Form, _ visit: Visit) async throws -> ClaimView {
    var page = try await view(visit, form)
    do {
      guard let act = Act(rawValue: visit.part("act")), act != .deny else { throw APIProblem.notFound("no such form") }
      page.notice = try await act == .adjust ? difference(of: visit.claim) : outcome(act, form, visit)
    } catch {
      guard let problem = APIProblem(error), problem.status < 500 else { throw error }
      page.alert = problem.detail
    }
    return page
  }

  private func outcome(_ act: Act, _ form: Form, _ visit: Visit) async throws -> String {
    let signOff = try SignOff(by: visit.caller.name, reason: "to see what would come of it")
    let desk = ClaimAdjuster(app, by: signOff, rulesAreNamed: console.settings.rulesAreNamed)
    switch try await desk.preview(try visit.claim.text, try form.given(), for: act.cause) {
    case .suspended(let suspense): return "Nothing is changed. The claim would go on waiting: \(suspense.text)"
    case .decided(let decision):
      return "Nothing is changed. It would be \(decision.isDenied ? "denied" : "allowed \(decision.allowed.dollars)"): "
        + "the plan pays \(decision.paid.dollars), the member owes \(decision.memberResponsibility.dollars)."
    }
  }

  /// Says what the rules at hand would make of a decided claim.
  private func difference(of id: ClaimIntakeID) async throws -> String {
    var found: MoneyDifference.Claim?
    _ = try await WhatIf(app).compare([id.text]) { found = $0 }
    guard let found else { return "Nothing is changed. The rules at hand come to the same." }
    if let reason = found.waitsFor { return "Nothing is changed. By the rules at hand it would wait: \(reason)" }
    return "Nothing is changed. By the rules at hand the plan would pay \(found.paid.now.dollars) instead of "
      + "\(found.paid.was.dollars), a difference of \(try found.paid.difference.dollars)."
  }

  /// - Parameter form: a form that was refused or tried out, whose fields are shown again.
  private func view(_ visit: Visit, _ form: Form? = nil, notice: String? = nil) async throws -> ClaimView {
    let id = try visit.claim
    let mayDecide = visit.caller.may(.decide)
    var view = try await app.store.read { transaction in
      guard let row = try transaction.claims([id])[id] else { throw APIProblem.notFound("there is no claim \(id)") }
      let file = try ClaimFile(row, in: transaction)
      let waiting = row.status == .suspended ? try SuspendedClaim(row, in: transaction) : nil
      let body = try transaction.bodies(of: [id])[id].flatMap { try? SubmittedClaim(body: $0, of: id) }
      let events = try transaction.events(of: file.records.map(\.key))
      return ClaimView(
        file, waiting: waiting, body: body, acts: mayDecide ? ActsView(row, waiting, form) : nil,
        timeline: Timeline(file.records, events, of: id, at: try transaction.now))
    }
    view.notice = notice
    return view
  }
}

extension Visit {
  /// The claim that the path names.
  var claim: ClaimIntakeID { get throws(APIProblem) { try ClaimIntakeID(inPath: part("id")) } }
}

extension Form {
  fileprivate func cause() throws(APIProblem) -> ClaimRevision.Cause {
    guard let cause = self["cause"].flatMap(ClaimRevision.Cause.init(adjusting:)) else {
      throw .malformed("choose why the claim is decided again")
    }
    return cause
  }
}
