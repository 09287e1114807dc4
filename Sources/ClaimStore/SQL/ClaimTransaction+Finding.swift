package import ClaimsDomain
import DurableExecution
import DurableSQL

extension ClaimTransaction {
  /// Returns a page of the claims that match, the newest first.
  ///
  /// Pages follow one another without a gap or a repeat, also while claims are taken in: a new claim is found if its
  /// place is after the cursor.
  ///
  /// - Parameters:
  ///   - cursor: the end of the page before; nil for the first page.
  ///   - limit: the maximum number of claims of the page, at least 1.
  /// - Returns: the claims, and the cursor for the next page; nil if there is none.
  package func claims(
    matching filter: ClaimFilter, after cursor: ClaimCursor?, limit: Int
  ) throws -> (rows: [FoundClaim], next: ClaimCursor?) {
    let limit = max(limit, 1)
    // One claim more than the page has, which tells whether there is a next page.
    let query = ClaimSearch(filter, after: cursor).page(limit: limit + 1)
    let found = try sql.ask(query.statement, query.questions[0]) { columns in
      FoundClaim(row: try ClaimRow(columns: &columns), care: try ClaimCare(columns: &columns))
    }
    let rows = Array(found.prefix(limit))
    return (rows, found.count > limit ? rows.last.map { ClaimCursor(at: $0.row) } : nil)
  }

  /// Counts the claims that match, and stops at a limit, so that no count reads a million rows.
  package func count(matching filter: ClaimFilter, upTo limit: Int) throws -> Int {
    let query = ClaimSearch(filter).count(limit: limit)
    return try sql.ask(query.statement, query.questions[0]) { try $0.count() }.first ?? 0
  }

  /// Counts the claims of each status in one round trip. Each count stops at a limit.
  package func countsByStatus(upTo limit: Int) throws -> [ClaimStatus: Int] {
    let statuses = ClaimStatus.allCases
    let queries = statuses.map { ClaimSearch(ClaimFilter(status: $0)).count(limit: limit) }
    var counts: [ClaimStatus: Int] = [:]
    try sql.ask("claims.countsByStatus", queries) { counts[statuses[$0]] = try $1.count() }
    return counts
  }
}

private enum SQL {
  static let byDay = Statement(
    "claims.byDay",
    "SELECT received_on, count(*) FROM claims GROUP BY received_on ORDER BY received_on DESC LIMIT $1")
  static let paid = Statement(
    "payments.paid", "SELECT count(*), COALESCE(sum(amount_cents), 0) FROM payments WHERE state IN ('paid', 'reversed')"
  )
}

extension ClaimTransaction {
  /// Counts the claims of the latest days on which claims were received, the earliest day first.
  ///
  /// - Parameter limit: the number of days.
  package func countsByDay(limit: Int) throws -> [(day: String, count: Int)] {
    try sql.ask(SQL.byDay, [.count(limit)]) { (day: try $0.text(), count: try $0.count()) }.reversed()
  }

  /// The payments that the bank has made and that were not given back, and their sum. Reads all payments.
  package func paidTotal() throws -> (count: Int, amount: Money) {
    try sql.ask(SQL.paid) { (try $0.count(), try $0.cents()) }.first ?? (0, .zero)
  }
}

/// Composes one statement from the conditions that are present, and names it after them: `claims.find.member.status`.
/// So each combination is planned for what it asks, and there are about a thousand of them.
struct ClaimSearch {
  private var names: [String] = []
  private var conditions: [String] = []
  private var arguments: [SQLValue] = []
  private var source = "claims"
  /// The columns that order the claims. Those of the marks have the same values, and come in the order of their index.
  private var place = (day: "received_on", id: "claim_intake_id")

  init(_ filter: ClaimFilter, after cursor: ClaimCursor? = nil) {
    addMarks(filter)
    addSubjects(filter)
    addStatus(filter.status)
    addDaysOfReceipt(filter, after: cursor)
    addDaysOfCare(filter)
    addCharge(filter)
  }

  func page(limit: Int) -> SQLQuery {
    query(
      "claims.find", selecting: "\(ClaimRow.columns.postgres), \(ClaimCare.columns.postgres)",
      limit: limit, ordering: " ORDER BY \(place.day) DESC, \(place.id) DESC"
    ) { $0 }
  }

  func count(limit: Int) -> SQLQuery {
    query("claims.count", selecting: "1", limit: limit) { "SELECT count(*) FROM (\($0)) AS matching" }
  }

  private func query(
    _ name: String, selecting columns: String, limit: Int, ordering: String = "", _ enclose: (String) -> String
  ) -> SQLQuery {
    let filter = conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
    let text = "SELECT \(columns) FROM \(source)\(filter)\(ordering) LIMIT $\(arguments.count + 1)"
    let statement = Statement(
      ([name] + names).joined(separator: "."), DialectText(stringLiteral: enclose(text)))
    return SQLQuery(statement, [arguments + [.count(limit)]])
  }

  /// Reads the claims in the order of a mark's index, unless an index of fewer claims serves: then each claim is looked up
  /// among the marks. A reason has fewer claims than a run, and a run than a procedure.
  private mutating func addMarks(_ filter: ClaimFilter) {
    for mark in [filter.reason, filter.run, filter.procedure].compactMap(\.self) {
      let isNarrower = filter.memberID != nil || filter.claimNumber != nil
      if source == "claims", !isNarrower {
        source = """
          (SELECT received_on AS marked_on, claim_intake_id AS marked FROM claim_marks \
          WHERE kind = '\(mark.kind.rawValue)' AND code = $\(arguments.count + 1)) AS marks \
          JOIN claims ON claims.claim_intake_id = marks.marked
          """
        place = ("marked_on", "marked")
        names.append("by-\(mark.kind.rawValue)")
        arguments.append(.text(mark.code))
      } else {
        add(mark.kind.rawValue, .text(mark.code)) {
          """
          EXISTS (SELECT 1 FROM claim_marks m WHERE m.kind = '\(mark.kind.rawValue)' AND m.code = $\($0) \
          AND m.received_on = claims.received_on AND m.claim_intake_id = claims.claim_intake_id)
          """
        }
      }
    }
  }

  private mutating func addSubjects(_ filter: ClaimFilter) {
    if let number = filter.claimNumber { add("number", .text(number.text)) { "claim_number = $\($0)" } }
    if let member = filter.memberID { add("member", .text(member.text)) { "member_id = $\($0)" } }
    if let provider = filter.provider { add("provider", .text(provider.text)) { "provider = $\($0)" } }
    if let payer = filter.payerID { add("payer", .text(payer.text)) { "payer_id = $\($0)" } }
  }

  /// The index by status leaves out paid claims. For the others, the statement repeats the condition of that index,
  /// because SQLite uses it only then.
  private mutating func addStatus(_ status: ClaimStatus?) {
    guard let status else { return }
    if status == .paid {
      add("paid", .text(status.rawValue)) { "status = $\($0)" }
    } else {
      add("status", .text(status.rawValue)) { "status <> 'paid' AND status = $\($0)" }
    }
  }

  /// The cursor and the last day of receipt both end the same range, and only the nearer end counts. With both as
  /// conditions, SQLite would read every page from the beginning of the range.
  private mutating func addDaysOfReceipt(_ filter: ClaimFilter, after cursor: ClaimCursor?) {
    if let first = filter.receivedFrom { add("from", .text(first.description)) { [place] in "\(place.day) >= $\($0)" } }
    if let cursor, filter.receivedThrough.map({ cursor.receivedOn <= $0 }) ?? true {
      add("after", .text(cursor.receivedOn.description), .text(cursor.id.text)) {
        [place] in "(\(place.day), \(place.id)) < ($\($0), $\($0 + 1))"
      }
    } else if let last = filter.receivedThrough {
      add("through", .text(last.description)) { [place] in "\(place.day) <= $\($0)" }
    }
  }

  /// An open end is given its extreme value, as in `addCharge`, so that fewer statements differ.
  private mutating func addDaysOfCare(_ filter: ClaimFilter) {
    guard filter.serviceFrom != nil || filter.serviceThrough != nil else { return }
    let first = filter.serviceFrom?.description ?? ""
    let last = (filter.serviceThrough ?? .openEnd).description
    add("care", .text(first), .text(last)) { "last_service >= $\($0) AND first_service <= $\($0 + 1)" }
  }

  private mutating func addCharge(_ filter: ClaimFilter) {
    guard filter.chargeAtLeast != nil || filter.chargeAtMost != nil else { return }
    let (least, most) = (filter.chargeAtLeast?.cents ?? 0, filter.chargeAtMost?.cents ?? .max)
    add("charge", .integer(least), .integer(most)) { "charge_cents BETWEEN $\($0) AND $\($0 + 1)" }
  }

  /// - Parameter condition: returns the text of a condition, given the number of its first argument.
  private mutating func add(_ name: String, _ values: SQLValue..., condition: (Int) -> String) {
    names.append(name)
    conditions.append(condition(arguments.count + 1))
    arguments += values
  }
}
