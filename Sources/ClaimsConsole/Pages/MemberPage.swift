import ClaimFormats
import ClaimStore
import ClaimsAPI
import ClaimsApp
import ClaimsDomain
import Hummingbird

/// A member: coverage, claims, and what is used of the year's limits. The member's number is sent as a form, since it
/// belongs in no address.
struct MemberPage: Sendable {
  let app: ClaimsApp

  private static let pageSize = 50

  struct View: PageView {
    static let template = "member"
    static let place = "/members"
    let title = "Members"
    var alert: String?
    var notice: String?
    var number = ""
    var coverages: [Span] = []
    var limits: [Limit] = []
    var claims: [ShownClaim] = []
    /// The cursor of the next page of claims; nil for none.
    var next: String?
    var isFound = false
  }

  struct Span: Sendable {
    let plan: String
    let family: String
    let from: String
    let through: String
  }

  struct Limit: Sendable {
    let label: String
    let used: String
    let limit: String
    /// The share that is used, of 100.
    let share: Int
  }

  func add(to routes: PageRoutes) {
    routes.page("members", for: .read) { _ in View() }
    routes.search("members", for: .read) { form, _ in
      guard let number = form["member"] else { return View(alert: "Enter a member's number.") }
      return try await view(MemberID(number), after: try SearchDocument { $0 == .after ? form["after"] : nil }.cursor())
    }
  }

  private func view(_ member: MemberID, after cursor: ClaimCursor?) async throws -> View {
    try await app.store.read { transaction in
      let spans = try transaction.coverages(of: [member])[member] ?? []
      let page = try transaction.claims(
        matching: ClaimFilter(memberID: member), after: cursor, limit: Self.pageSize)
      let claims = page.rows.map(\.row)
      guard !spans.isEmpty || !claims.isEmpty else {
        return View(alert: "Nobody of that number is known.", number: member.text)
      }
      let day = try claims.first?.receivedOn ?? transaction.now.day
      let year = try BenefitYear(on: day, spans: spans, ruleset: app.ruleset, in: transaction)
      return View(
        number: member.text, coverages: spans.map(Span.init), limits: year.map(Limit.all) ?? [],
        claims: claims.map(ShownClaim.init), next: page.next?.text, isFound: true)
    }
  }
}

extension MemberPage.Span {
  fileprivate init(_ coverage: Coverage) {
    (plan, family) = (coverage.planID.text, coverage.familyID.text)
    from = coverage.effective.first.description
    through = coverage.effective.last == .openEnd ? "open" : coverage.effective.last.description
  }
}

extension MemberPage.Limit {
  fileprivate static func all(_ year: BenefitYear) -> [MemberPage.Limit] {
    [("deductible", year.deductible), ("out-of-pocket maximum", year.outOfPocket)].flatMap { name, bucket in
      [("Member's", Optional(bucket.member)), ("Family's", bucket.family)].compactMap { whose, progress in
        progress.map { MemberPage.Limit("\(whose) \(name) of \(year.year)", $0) }
      }
    }
  }

  private init(_ label: String, _ progress: BenefitYear.Progress) {
    self.label = label
    (used, limit) = (progress.used.dollars, progress.limit.dollars)
    share = progress.limit.cents <= 0 ? 0 : Int(min(100, progress.used.cents * 100 / progress.limit.cents))
  }
}
