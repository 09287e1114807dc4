import ClaimFormats
import ClaimStore
import ClaimsAPI
import ClaimsApp
import ClaimsDomain
import Hummingbird

/// The claims that wait for a person, the longest waiting first.
struct WorkListPage: Sendable {
  let app: ClaimsApp

  private static let pageSize = 50

  struct View: PageView {
    static let template = "work"
    static let place = "/work"
    let title = "Work list"
    var alert: String?
    var notice: String?
    let lists: [List]
    /// The acts that wait for another examiner's approval.
    let proposals: [ProposalView]
    /// The query of the page with more of them; nil for none.
    let moreProposals: String?
    let claims: [Row]
    /// How many claims wait; only on the list of all.
    let count: String?
    /// How many paper forms wait at the intake desk; nil for none.
    let forms: String?
    /// What is said instead of a table; nil if there are claims to show.
    let empty: String?
    /// The query of the next page; nil for none.
    let next: String?
  }

  /// A work list: everybody's, the visitor's own, or that of claims which nobody looks after.
  struct List: Sendable {
    let path: String
    let name: String
    let isHere: Bool
  }

  struct Row: Sendable {
    let claim: ShownClaim
    let age: String
    /// Nil for nobody.
    let assignee: String?
    /// Nil for none.
    let notes: String?
    let code: String
    let text: String
    let lines: String?
  }

  func add(to routes: PageRoutes) {
    routes.page("work", for: .read) { visit in
      let asked = visit.request.uri.queryParameters
      let after = try asked["after"].map { try ClaimIntakeID(inPath: String($0)) }
      let proposed = try asked["proposed"].map { try ListPlace(cursor: $0) }
      return try await view(
        of: asked["of"].flatMap { Whose(rawValue: String($0)) } ?? .all, visit.caller, after: after,
        proposedAfter: proposed)
    }
  }

  private enum Whose: String, CaseIterable {
    case all, mine, nobody

    func filter(_ caller: Caller) -> AssigneeFilter {
      switch self {
      case .all: .anybody
      case .mine: .assigned(to: caller.name)
      case .nobody: .nobody
      }
    }

    var name: String {
      switch self {
      case .all: "All"
      case .mine: "Mine"
      case .nobody: "Nobody’s"
      }
    }
  }

  private func view(
    of whose: Whose, _ caller: Caller, after: ClaimIntakeID?, proposedAfter place: ListPlace?
  ) async throws -> View {
    let lists = Whose.allCases.map {
      List(path: "/work?of=\($0.rawValue)", name: $0.name, isHere: $0 == whose)
    }
    return try await app.store.read { transaction in
      let last = try after.flatMap { try transaction.claims([$0])[$0] }
      let rows = try transaction.suspendedClaims(of: whose.filter(caller), after: last, limit: Self.pageSize + 1)
      let claims = try rows.prefix(Self.pageSize).map { row in
        Row(try SuspendedClaim(row, in: transaction))
      }
      let proposed = ListPage(
        try transaction.openProposals(after: place, limit: Self.pageSize + 1), limit: Self.pageSize)
      return View(
        lists: lists,
        proposals: proposed.rows.map { ProposalView($0, mayDecide: caller.may(.decide), caller: caller) },
        moreProposals: proposed.last.map { "of=\(whose.rawValue)&proposed=\(ListPlace(at: $0).text)" }, claims: claims,
        count: try whose == .all && !claims.isEmpty ? Self.count(in: transaction) : nil,
        forms: try Self.formCount(in: transaction),
        empty: !claims.isEmpty ? nil : whose == .all ? "No claim waits for a person." : "No claim is on this list.",
        next: rows.count > Self.pageSize ? "of=\(whose.rawValue)&after=\(rows[Self.pageSize - 1].id)" : nil)
    }
  }

  private static func formCount(in transaction: ClaimTransaction) throws -> String? {
    let count = try transaction.formCounts()[.waiting] ?? 0
    return count == 0 ? nil : count == 1 ? "1 paper form waits" : "\(count.grouped) paper forms wait"
  }

  private static func count(in transaction: ClaimTransaction) throws -> String {
    let count = try transaction.count(matching: ClaimFilter(status: .suspended), upTo: 10_000)
    return count == 1 ? "1 claim waits" : "\(count.grouped) claims wait"
  }
}

extension WorkListPage.Row {
  fileprivate init(_ waiting: SuspendedClaim) {
    claim = ShownClaim(waiting.row)
    age = waiting.daysWaiting == 1 ? "1 day" : "\(waiting.daysWaiting.grouped) days"
    assignee = waiting.assignment?.assignee
    notes = waiting.notes.isEmpty ? nil : waiting.notes.count.grouped
    (code, text) = (waiting.code, waiting.text)
    lines = waiting.lines.isEmpty ? nil : waiting.lines.map(String.init).joined(separator: ", ")
  }
}
