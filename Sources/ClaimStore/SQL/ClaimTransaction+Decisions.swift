import ClaimsDomain
import DurableExecution
import DurableSQL

private enum SQL {
  static let allowed = Statement(
    "decisions.allowed",
    """
    SELECT l.signature, l.claim_intake_id FROM decision_lines l JOIN claims c ON c.claim_intake_id = l.claim_intake_id
    WHERE NOT l.denied AND l.signature \(oneOf: 1) AND c.status <> 'replaced'
    """)
  /// Combines both lookups in one statement, so that a batch needs only one query.
  static let allowedOrNear = Statement(
    "decisions.allowedOrNear",
    """
    SELECT l.signature, l.claim_intake_id FROM decision_lines l JOIN claims c ON c.claim_intake_id = l.claim_intake_id
    WHERE NOT l.denied AND l.signature \(oneOf: 1) AND c.status <> 'replaced'
    UNION ALL
    SELECT l.near_signature, l.claim_intake_id
    FROM decision_lines l JOIN claims c ON c.claim_intake_id = l.claim_intake_id
    WHERE NOT l.denied AND l.near_signature <> '' AND l.near_signature \(oneOf: 2) AND c.status <> 'replaced'
    UNION ALL
    SELECT d.near_signature, d.claim_intake_id
    FROM further_days d JOIN claims c ON c.claim_intake_id = d.claim_intake_id
    WHERE d.near_signature <> '' AND d.near_signature \(oneOf: 2) AND c.status <> 'replaced'
    """)
  static let allowedOnDay = Statement(
    "decisions.allowedOnDay",
    """
    SELECT l.claim_intake_id AS claim, l.number AS line, l.care_day, 0 AS day
    FROM decision_lines l JOIN claims c ON c.claim_intake_id = l.claim_intake_id
    WHERE NOT l.denied AND l.care_day <> '' AND l.care_day \(oneOf: 1) AND c.status <> 'replaced'
    UNION ALL
    SELECT d.claim_intake_id AS claim, d.number AS line, d.care_day, d.day
    FROM further_days d JOIN claims c ON c.claim_intake_id = d.claim_intake_id
    WHERE d.care_day <> '' AND d.care_day \(oneOf: 1) AND c.status <> 'replaced'
    ORDER BY claim, line, day
    """)
  static let insert = Statement(
    "decisions.insert", insertInto: "decisions",
    """
    adjudication_id, claim_intake_id, effect_key, ruleset, charge_cents, allowed_cents, paid_cents, adjusted_cents, \
    member_cents
    """)
  static let insertLine = Statement(
    "decisions.insertLines", insertInto: "decision_lines",
    """
    adjudication_id, number, claim_intake_id, code, charge_cents, allowed_cents, paid_cents, adjusted_cents, \
    member_cents, denied, signature, near_signature, care_day, days
    """)
  static let insertDay = Statement(
    "decisions.insertDays", insertInto: "further_days",
    "adjudication_id, number, day, claim_intake_id, near_signature, care_day")
  static let mark = Statement(
    "claims.mark", insertInto: "claim_marks", "kind, code, received_on, claim_intake_id",
    unlessThereIs: "kind, code, received_on, claim_intake_id")
}

extension ClaimTransaction {
  package func precedents(for sought: SoughtPrecedents) throws -> Precedents {
    let transaction = try afterUpdates
    if !sought.scopes.isEmpty { try lock(sought.scopes) }
    let allowed =
      sought.near.isEmpty
      ? SQLQuery(SQL.allowed, sought.exact.isEmpty ? [] : [[.texts(sought.exact)]])
      : SQLQuery(SQL.allowedOrNear, [[.texts(sought.exact), .texts(sought.near)]])
    let queries = [
      SQLQuery.totals(of: sought.scopes), allowed, .claims(numberedAs: sought),
    ]
    let (scopeCount, withAllowed) = (sought.scopes.count, sought.scopes.count + allowed.questions.count)
    var precedents = Precedents()
    try transaction.ask(allowed.name, queries) { question, row in
      switch question {
      case ..<scopeCount: precedents.totals[sought.scopes[question]] = try row.centsOrNil()
      case ..<withAllowed: precedents.allowed[try row.text(), default: []].insert(ClaimIntakeID(try row.text()))
      default: precedents.numbered.append(try ClaimRow(columns: &row))
      }
    }
    return precedents
  }

  package func allowedLines(on careDays: [String]) throws -> [AllowedLineRow] {
    try afterUpdates.ask(SQL.allowedOnDay, [.texts(careDays)]) { columns in
      AllowedLineRow(
        claimID: ClaimIntakeID(try columns.text()), number: try columns.count(), careDay: try columns.text(),
        daysAfterFirst: try columns.count())
    }
  }

  package func insert(_ decisions: [DecisionRow]) throws {
    try afterInserts.run(
      SQL.insert,
      try decisions.map { row in
        let adjusted = try row.decision.lines.flatMap(\.adjustments).map(\.amount).total()
        return [
          .text(row.id.text), .text(row.claimID.text), .text(row.effectKey.text), .text(row.decision.ruleset.text),
          .integer(row.decision.charge.cents), .integer(row.decision.allowed.cents),
          .integer(row.decision.paid.cents), .integer(adjusted.cents),
          .integer(row.decision.memberResponsibility.cents),
        ]
      })
    try afterInserts.run(SQL.insertLine, try decisions.flatMap { row in try row.decision.lines.map(row.arguments) })
    try afterInserts.run(SQL.insertDay, decisions.flatMap { row in row.decision.lines.flatMap(row.furtherDays) })
  }

  package func mark(_ claims: [MarkedClaim]) throws {
    try afterInserts.run(
      SQL.mark,
      claims.flatMap { claim in
        claim.marks.sorted { ($0.kind.rawValue, $0.code) < ($1.kind.rawValue, $1.code) }.map { mark in
          [.text(mark.kind.rawValue), .text(mark.code), .text(claim.receivedOn.description), .text(claim.id.text)]
        }
      })
  }
}

extension DecisionRow {
  fileprivate func arguments(of line: LineDecision) throws -> [SQLValue] {
    let signature = signatures[line.number] ?? .none
    let adjusted = try line.adjustments.map(\.amount).total()
    return [
      .text(id.text), .count(line.number), .text(claimID.text), .text(line.code), .integer(line.charge.cents),
      .integer(line.allowed.cents), .integer(line.paid.cents), .integer(adjusted.cents),
      .integer(line.memberResponsibility.cents), .flag(line.isDenied), .text(signature.exact),
      .text(signature.days.first?.near ?? ""), .text(signature.days.first?.careDay ?? ""),
      .count(keptDays(of: line).count),
    ]
  }

  /// All days of an allowed line, or the first day of a denied one.
  private func keptDays(of line: LineDecision) -> ArraySlice<SignatureDigests.Day> {
    (signatures[line.number] ?? .none).keptDays(isDenied: line.isDenied)
  }

  /// The days after the first, which is in the line's own row.
  fileprivate func furtherDays(of line: LineDecision) -> [[SQLValue]] {
    keptDays(of: line).enumerated().dropFirst().map { day, digests in
      [
        .text(id.text), .count(line.number), .count(day), .text(claimID.text), .text(digests.near),
        .text(digests.careDay),
      ]
    }
  }
}
