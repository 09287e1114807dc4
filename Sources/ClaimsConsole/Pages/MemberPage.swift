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
    let group: String
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
    guard let file = try await app.member(member, after: cursor, limit: Self.pageSize) else {
      return View(alert: "Nobody of that number is known.", number: member.text)
    }
    return View(
      number: member.text, coverages: file.coverages.map(Span.init), limits: file.year.map(Limit.all) ?? [],
      claims: file.claims.map { ShownClaim($0.row) }, next: file.next, isFound: true)
  }
}

extension MemberPage.Span {
  fileprivate init(_ coverage: Coverage) {
    (plan, family, group) = (coverage.planID.text, coverage.familyID.text, coverage.groupNumber ?? "")
    from = coverage.effective.first.description
    through = coverage.effective.last == .openEnd ? "open" : coverage.effective.last.description
  }
}

extension MemberPage.Limit {
  fileprivate static func all(_ year: BenefitYear) -> [MemberPage.Limit] {
    year.limits.map { limit in
      MemberPage.Limit("\(limit.isFamily ? "Family" : "Member")'s \(limit.name) of \(year.year)", limit.progress)
    }
  }

  private init(_ label: String, _ progress: BenefitYear.Progress) {
    self.label = label
    (used, limit) = (progress.used.dollars, progress.limit.dollars)
    share = progress.limit.cents <= 0 ? 0 : Int(min(100, progress.used.cents * 100 / progress.limit.cents))
  }
}
