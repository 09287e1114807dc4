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
        try await view(visit, form, for: act)
      }
    }
    routes.form("claims/:id/decline", for: .decide) { form, visit in
      let id = try visit.claim
      let signOff = try form.signOff(by: visit.caller.name)
      _ = try await ClaimAdjuster(app, by: signOff, console.settings).decline(id.text, number: try form.proposal)
      return "/claims/\(id)?done=declined"
    } again: { form, visit in
      try await view(visit, form)
    }
    routes.form("claims/:id/note", for: .decide) { form, visit in
      let id = try visit.claim
      _ = try await WaitingDesk(app.store, by: visit.caller.name).note(id.text, form["text"] ?? "")
      return "/claims/\(id)?done=noted"
    } again: { form, visit in
      try await view(visit, form)
    }
    routes.form("claims/:id/assign", for: .decide) { form, visit in
      let id = try visit.claim
      _ = try await WaitingDesk(app.store, by: visit.caller.name).assign(id.text, to: form["assignee"])
      return "/claims/\(id)?done=assigned"
    } again: { form, visit in
      try await view(visit, form)
    }
    for form in Act.allCases.map(\.rawValue) + ["note", "assign", "decline"] {
      // Whoever reloads or keeps the address of a form's answer comes back to the claim.
      routes.response("claims/:id/\(form)", for: .read) { .redirect(to: "/claims/\(try $0.claim)") }
    }
    routes.response("claims/:id/try/:act", for: .read) { .redirect(to: "/claims/\(try $0.claim)") }
    routes.search("claims/:id/try/:act", for: .decide) { form, visit in try await preview(form, visit) }
  }

  /// What an examiner may do to a claim; the last part of the form's path.
  enum Act: String, CaseIterable, Sendable {
    case release, price
    case otherPayer = "other-payer"
    case accept, deny, adjust, approve

    var cause: ClaimRevision.Cause {
      switch self {
      case .release: .release
      case .price: .price
      case .otherPayer: .otherPayer
      case .accept: .document
      case .deny: .denial
      case .adjust, .approve: .rules
      }
    }
  }

  private static let words = [
    "decided": "Done: this claim takes the place of the one that waited.",
    "unchanged": "The outcome is the same, so nothing has changed.",
    "proposed": "It moves more money than one examiner may: another one has to approve it.",
    "declined": "What was proposed is declined, and the claim is as it was.",
    "noted": "The note is on record.",
    "assigned": "Who looks after the claim is on record.",
    "later": "The act is on record. The service finishes the claim itself; open this page again in a moment.",
  ]

  /// - Returns: the path of the claim's new page.
  private func perform(_ act: Act, _ form: Form, _ visit: Visit) async throws -> String {
    let id = try visit.claim
    let desk = ClaimAdjuster(app, by: try form.signOff(by: visit.caller.name), console.settings)
    let adjustment =
      switch act {
      case .release: try await desk.release(id.text, besides: try form.given())
      case .price, .otherPayer, .accept: try await desk.give(id.text, try form.given(), for: act.cause)
      case .deny: try await desk.deny(id.text, as: try form.denial())
      case .adjust: try await adjust(id, form.adjustment, at: desk)
      case .approve: try await desk.approve(id.text, number: try form.proposal)
      }
    if adjustment.proposal != nil { return "/claims/\(id)?done=proposed" }
    guard let result = adjustment.result else { return "/claims/\(id)?done=unchanged" }
    let next = try ClaimReport(result)?.claimIntakeID ?? id
    return "/claims/\(next)?done=\(adjustment.followUp == nil ? "decided" : "later")"
  }

  private func adjust(
    _ id: ClaimIntakeID, _ document: AdjustDocument, at desk: ClaimAdjuster
  ) async throws -> ClaimAdjustment {
    try await desk.adjust(id.text, for: try document.revisionCause(), waiving: try document.waivers())
  }

  /// Says what a form would make of a claim, and changes nothing.
  private func preview(_ form: Form, _ visit: Visit) async throws -> ClaimView {
    guard let act = Act(rawValue: visit.part("act")), act != .deny, act != .approve else {
      throw APIProblem.notFound("no such form")
    }
    var page = try await view(visit, form, for: act)
    do {
      page.notice = try await outcome(act, form, visit)
    } catch {
      guard let problem = APIProblem(error), problem.status < 500 else { throw error }
      page.alert = problem.detail
    }
    return page
  }

  private func outcome(_ act: Act, _ form: Form, _ visit: Visit) async throws -> String {
    let signOff = try SignOff(by: visit.caller.name, reason: "to see what would come of it")
    let desk = ClaimAdjuster(app, by: signOff, console.settings)
    guard act == .adjust else {
      return Self.words(try await desk.preview(try visit.claim.text, try form.given(), for: act.cause))
    }
    let document = form.adjustment
    let (was, now) = try await desk.preview(
      adjusting: try visit.claim.text, for: try document.revisionCause(), waiving: try document.waivers())
    guard case .decided(let before) = was, case .decided(let after) = now else { return Self.words(now) }
    return Self.words(now) + " It has paid \(before.paid.dollars): a difference of "
      + "\(try (after.paid - before.paid).dollars)."
  }

  private static func words(_ verdict: AdjudicationResponse.Verdict) -> String {
    switch verdict {
    case .suspended(let suspense): "Nothing is changed. The claim would wait: \(suspense.text)"
    case .decided(let decision):
      "Nothing is changed. It would be \(decision.isDenied ? "denied" : "allowed \(decision.allowed.dollars)"): "
        + "the plan pays \(decision.paid.dollars), the member owes \(decision.memberResponsibility.dollars)."
    }
  }

  /// - Parameters:
  ///   - form: a form that was refused or tried out, whose fields are shown again.
  ///   - act: what the form is for.
  private func view(
    _ visit: Visit, _ form: Form? = nil, for act: Act? = nil, notice: String? = nil
  ) async throws -> ClaimView {
    let id = try visit.claim
    let mayDecide = visit.caller.may(.decide)
    var view = try await app.store.read { transaction in
      guard let row = try transaction.claims([id])[id] else { throw APIProblem.notFound("there is no claim \(id)") }
      let file = try ClaimFile(row, in: transaction)
      let waiting = row.status == .suspended ? try SuspendedClaim(row, in: transaction) : nil
      let body = try transaction.bodies(of: [id])[id].flatMap { try? SubmittedClaim(body: $0, of: id) }
      let events = try transaction.events(of: file.records.map(\.key))
      let proposal = try transaction.openProposal(of: id)
      return ClaimView(
        file, proposal: proposal.map { ProposalView($0, mayDecide: mayDecide, caller: visit.caller) }, waiting: waiting,
        body: body, acts: mayDecide ? ActsView(row, waiting, form, for: act) : nil,
        desk: mayDecide
          ? ClaimView.Desk(
            path: "/claims/\(id)", note: form?["text"] ?? "", assignee: form?["assignee"] ?? visit.caller.name) : nil,
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
