import ClaimFormats
import ClaimStore
import ClaimsAPI
import ClaimsApp
import ClaimsDomain
import Hummingbird

/// Finds claims. What to look for is sent as a form, since a member's number belongs in no address.
struct FindPage: Sendable {
  let app: ClaimsApp

  private static let pageSize = 50
  private static let countLimit = 10_000

  struct View: PageView {
    static let template = "find"
    static let place = "/claims"
    let title = "Claims"
    var alert: String?
    var notice: String?
    let fields: [Field]
    let statuses: [Choice]
    let claims: [ShownClaim]
    let count: String
    let next: String?
  }

  struct Field: Sendable {
    let name: String
    let label: String
    let value: String
    let type: String
    let hint: String
  }

  struct Choice: Sendable {
    let name: String
    let isChosen: Bool
  }

  private static let fields: [(name: String, label: String, type: String, hint: String)] = [
    ("number", "Claim number", "text", ""), ("member", "Member number", "text", ""),
    ("provider", "Billing provider (NPI)", "text", ""), ("payer", "Payer", "text", ""),
    ("received_from", "Received from", "date", ""), ("received_through", "through", "date", ""),
    ("service_from", "Care from", "date", ""), ("service_through", "through", "date", ""),
    ("charge_min", "Charge at least", "text", "125.50"), ("charge_max", "at most", "text", ""),
  ]

  func add(to routes: PageRoutes) {
    routes.page("claims", for: .read) { visit in
      var search = Search()
      search.values["status"] = visit.request.uri.queryParameters["status"].map(String.init)
      return try await view(search)
    }
    routes.search("claims", for: .read) { form, _ in
      var search = Search()
      for name in Self.fields.map(\.name) + ["status", "after"] { search.values[name] = form[name] }
      return try await view(search)
    }
  }

  private func view(_ search: Search) async throws -> View {
    let statuses = ClaimStatus.allCases.map {
      Choice(name: $0.rawValue, isChosen: search.values["status"] == $0.rawValue)
    }
    let fields = Self.fields.map {
      Field(name: $0.name, label: $0.label, value: search.values[$0.name] ?? "", type: $0.type, hint: $0.hint)
    }
    do {
      let (filter, cursor) = (try search.filter(), try search.cursor())
      let (page, found) = try await app.store.read { transaction in
        (
          try transaction.claims(matching: filter, after: cursor, limit: Self.pageSize),
          try transaction.count(matching: filter, upTo: Self.countLimit + 1)
        )
      }
      return View(
        fields: fields, statuses: statuses, claims: page.rows.map { ShownClaim($0.row) },
        count: found > Self.countLimit ? "\(Self.countLimit.grouped)+" : found.grouped, next: page.next?.text)
    } catch let problem as APIProblem {
      return View(
        alert: problem.detail, fields: fields, statuses: statuses, claims: [], count: "0", next: nil)
    }
  }
}

/// What to look for, by the names of the form's fields.
private struct Search {
  var values: [String: String] = [:]

  /// - Throws: `APIProblem.malformed`.
  func filter() throws(APIProblem) -> ClaimFilter {
    var filter = ClaimFilter(
      claimNumber: values["number"].map { ClaimNumber($0) }, memberID: values["member"].map { MemberID($0) },
      payerID: values["payer"].map { PayerID($0) }, provider: values["provider"].map { ProviderReference($0) })
    if let status = values["status"] {
      guard let known = ClaimStatus(rawValue: status) else { throw .malformed("there is no status of that name") }
      filter.status = known
    }
    filter.receivedFrom = try day("received_from")
    filter.receivedThrough = try day("received_through")
    filter.serviceFrom = try day("service_from")
    filter.serviceThrough = try day("service_through")
    filter.chargeAtLeast = try values["charge_min"].map { text throws(APIProblem) in try text.amount("charge") }
    filter.chargeAtMost = try values["charge_max"].map { text throws(APIProblem) in try text.amount("charge") }
    return filter
  }

  func cursor() throws(APIProblem) -> ClaimCursor? {
    guard let after = values["after"] else { return nil }
    guard let cursor = try? ClaimCursor(parsing: after) else { throw .malformed("there is no such page") }
    return cursor
  }

  private func day(_ name: String) throws(APIProblem) -> CalendarDate? {
    guard let text = values[name] else { return nil }
    guard let day = CalendarDate(parsing: text) else {
      throw .malformed("\(name.replacing("_", with: " ")) is a day, YYYY-MM-DD")
    }
    return day
  }
}
