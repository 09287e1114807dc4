package import ClaimsDomain
package import DurableExecution
import DurableSQL

private enum SQL {
  static let columns = ClaimRow.columns
  static let select = Statement("claims.select", "SELECT \(columns) FROM claims WHERE claim_intake_id \(oneOf: 1)")
  static let selectNamed = Statement(
    "claims.named",
    """
    SELECT \(columns) FROM claims WHERE claim_intake_id = $1 OR claim_number = $1 ORDER BY claim_intake_id LIMIT 100
    """)
  static let decidedUnderNumber = Statement(
    "claims.decidedUnderNumber",
    """
    SELECT \(columns) FROM claims WHERE claim_number \(oneOf: 1)
    AND (member_id \(oneOf: 2) OR (provider \(oneOf: 3) AND first_service \(oneOf: 4)))
    AND adjudication_key IS NOT NULL AND status <> 'replaced'
    """)
  static let suspended = Statement(
    "claims.suspended",
    """
    SELECT \(columns) FROM claims WHERE status = 'suspended' AND status <> 'paid'
    AND (received_on, claim_intake_id) > ($1, $2)
    ORDER BY received_on, claim_intake_id LIMIT $3
    """)
  static let assigned = Statement(
    "claims.assigned",
    """
    SELECT \(columns) FROM claims c WHERE status = 'suspended' AND status <> 'paid'
    AND (received_on, claim_intake_id) > ($1, $2) AND \(assignee) = $4
    ORDER BY received_on, claim_intake_id LIMIT $3
    """)
  static let unassigned = Statement(
    "claims.unassigned",
    """
    SELECT \(columns) FROM claims c WHERE status = 'suspended' AND status <> 'paid'
    AND (received_on, claim_intake_id) > ($1, $2) AND \(assignee) IS NULL
    ORDER BY received_on, claim_intake_id LIMIT $3
    """)
  /// Who looks after a claim: the last assignment counts.
  private static let assignee: DialectText = """
    (SELECT a.assignee FROM claim_assignments a WHERE a.claim_intake_id = c.claim_intake_id ORDER BY a.number DESC LIMIT 1)
    """
  static let insert = Statement(
    "claims.insert", insertInto: "claims", "\(columns), \(ClaimCare.columns)")
  static let insertBody = Statement("claims.insertBody", insertInto: "claim_bodies", "claim_intake_id, body")
  static let update = Statement(
    "claims.update", update: "claims",
    set: """
      status = $1, eligibility_key = $2, adjudication_key = $3, payment_key = $4, audit_key = $5, \
      adjudication_id = $6, allowed_cents = $7, member_cents = $8, paid_cents = $9, version = $10
      """,
    where: "claim_intake_id = $11 AND version = $12")
  static let bodies = Statement(
    "claims.bodies", "SELECT claim_intake_id, body FROM claim_bodies WHERE claim_intake_id \(oneOf: 1)")
  static let closed = Statement(
    "claims.closed",
    """
    SELECT intake_key FROM claims
    WHERE intake_key \(oneOf: 1) AND audit_key IS NOT NULL AND (status <> 'suspended' OR payment_key IS NULL)
    """)
  static let unfinished = Statement(
    "claims.unfinished",
    """
    SELECT claim_intake_id FROM claims WHERE audit_key IS NULL AND claim_intake_id > $1
    UNION
    SELECT p.claim_intake_id FROM sagas s JOIN payments p ON p.effect_key = s.id
    WHERE s.state IN ('running', 'compensating') AND p.claim_intake_id > $1
    ORDER BY claim_intake_id LIMIT $2
    """)
}

extension ClaimTransaction {
  package func claims(_ ids: [ClaimIntakeID]) throws -> [ClaimIntakeID: ClaimRow] {
    var claims: [ClaimIntakeID: ClaimRow] = [:]
    var others: [String] = []
    for id in ids {
      if let row = written[id] { claims[id] = row } else { others.append(id.text) }
    }
    for row in try besideClaims.ask(SQL.select, for: others, { try ClaimRow(columns: &$0) }) { claims[row.id] = row }
    return claims
  }

  package func claims(named name: String) throws -> [ClaimRow] {
    try sql.ask(SQL.selectNamed, [.text(ClaimNumber(name).text)]) { try ClaimRow(columns: &$0) }
  }

  package func suspendedClaims(
    of assignee: AssigneeFilter = .anybody, after: ClaimRow?, limit: Int
  ) throws -> [ClaimRow] {
    let place: [SQLValue] = [.text(after?.receivedOn.description ?? ""), .text(after?.id.text ?? ""), .count(limit)]
    switch assignee {
    case .anybody: return try sql.ask(SQL.suspended, place) { try ClaimRow(columns: &$0) }
    case .nobody: return try sql.ask(SQL.unassigned, place) { try ClaimRow(columns: &$0) }
    case .assigned(let name):
      return try sql.ask(SQL.assigned, place + [.text(name)]) { try ClaimRow(columns: &$0) }
    }
  }

  package func insert(_ claims: [StoredClaim]) throws { try written.insert(claims) }

  package func update(_ claims: [ClaimRow]) throws { try written.update(claims) }

  package func bodies(of ids: [ClaimIntakeID]) throws -> [ClaimIntakeID: [UInt8]] {
    var bodies: [ClaimIntakeID: [UInt8]] = [:]
    var others: [String] = []
    for id in ids {
      if let body = written.unsentBody(of: id) { bodies[id] = body } else { others.append(id.text) }
    }
    let found = try besideClaims.ask(SQL.bodies, for: others) { (ClaimIntakeID(try $0.text()), try $0.bytes()) }
    for (id, body) in found { bodies[id] = body }
    return bodies
  }

  package func ended(among intakeKeys: [KeyText]) throws -> Set<KeyText> {
    let closed = Set(try sql.ask(SQL.closed, for: intakeKeys.map(\.text)) { KeyText(try $0.text()) })
    let sentBack = try records(for: intakeKeys.filter { !closed.contains($0) }).filter { $0.value.status == .failed }
    return closed.union(sentBack.keys)
  }

  package func unfinished(after: ClaimIntakeID?, limit: Int) throws -> [ClaimIntakeID] {
    try sql.ask(SQL.unfinished, [.text(after?.text ?? ""), .count(limit)]) { ClaimIntakeID(try $0.text()) }
  }
}

extension SQLTransaction {
  func insert(_ claims: [StoredClaim]) throws {
    try run(SQL.insert, claims.map { $0.row.insertArguments + $0.care.arguments })
    try run(SQL.insertBody, claims.map { [.text($0.row.id.text), .bytes($0.body)] })
  }

  /// - Throws: `StoreFailure.stale` if a claim in the database has another version than the one that is replaced.
  func update(_ claims: [(row: ClaimRow, over: Int)]) throws {
    try run(SQL.update, claims, { $0.row.updateArguments(over: $0.over) }, orFail: { .stale("claim \($0.row.id)") })
  }
}

extension SQLQuery {
  /// The claims with one of the numbers (`Precedents.numbered`); none without a number.
  static func claims(numberedAs sought: SoughtPrecedents) -> SQLQuery {
    guard !sought.numbers.isEmpty else { return SQLQuery(SQL.decidedUnderNumber, []) }
    return SQLQuery(
      SQL.decidedUnderNumber,
      [
        [
          .texts(sought.numbers.map(\.text)), .texts(sought.members.map(\.text)),
          .texts(sought.providers.map(\.text)), .texts(sought.days.map(\.description)),
        ]
      ])
  }
}

extension ClaimRow {
  /// The columns of a row, in the order in which they are read.
  static let columns: DialectText = """
    claim_intake_id, claim_number, payer_id, member_id, received_on, revises, ruleset, charge_cents, status, intake_key, \
    eligibility_key, adjudication_key, payment_key, audit_key, adjudication_id, allowed_cents, member_cents, \
    paid_cents, version
    """

  init(columns: inout Columns) throws {
    let id = ClaimIntakeID(try columns.text())
    let (number, payer, member) = (try columns.text(), try columns.text(), try columns.text())
    let (received, revises) = (try columns.text(), try columns.textOrNil())
    let (ruleset, charge) = (try columns.text(), try columns.cents())
    guard let status = ClaimStatus(rawValue: try columns.text()), let receivedOn = CalendarDate(parsing: received)
    else { throw StoreFailure.corrupt("claim \(id) has an unknown status or day") }
    let keys = ClaimKeys(
      intake: KeyText(try columns.text()), eligibility: try columns.textOrNil().map(KeyText.init),
      adjudication: try columns.textOrNil().map(KeyText.init), payment: try columns.textOrNil().map(KeyText.init),
      audit: try columns.textOrNil().map(KeyText.init))
    let adjudicationID = try columns.textOrNil().map { AdjudicationID($0) }
    let (allowed, owed, paid) = (try columns.centsOrNil(), try columns.centsOrNil(), try columns.centsOrNil())
    var amounts: DecidedAmounts?
    if let allowed, let owed, let paid {
      amounts = DecidedAmounts(allowed: allowed, memberResponsibility: owed, planPaid: paid)
    }
    self.init(
      id: id, claimNumber: ClaimNumber(number), payerID: PayerID(payer), memberID: MemberID(member),
      receivedOn: receivedOn, revises: revises.map { ClaimIntakeID($0) }, ruleset: RulesetID(ruleset), charge: charge,
      status: status, keys: keys,
      adjudicationID: adjudicationID, amounts: amounts, version: try columns.count())
  }

  fileprivate var insertArguments: [SQLValue] {
    [
      .text(id.text), .text(claimNumber.text), .text(payerID.text), .text(memberID.text),
      .text(receivedOn.description), .text(optional: revises?.text), .text(ruleset.text), .integer(charge.cents),
      .text(status.rawValue),
      .text(keys.intake.text),
    ] + progress + [.count(version)]
  }

  fileprivate func updateArguments(over stored: Int) -> [SQLValue] {
    [.text(status.rawValue)] + progress + [.count(version), .text(id.text), .count(stored)]
  }

  private var progress: [SQLValue] {
    [
      .text(optional: keys.eligibility?.text), .text(optional: keys.adjudication?.text),
      .text(optional: keys.payment?.text), .text(optional: keys.audit?.text), .text(optional: adjudicationID?.text),
      .integer(optional: amounts?.allowed.cents), .integer(optional: amounts?.memberResponsibility.cents),
      .integer(optional: amounts?.planPaid.cents),
    ]
  }
}

extension ClaimCare {
  static let columns: DialectText = "provider, first_service, last_service"

  init(columns: inout Columns) throws {
    let provider = try columns.textOrNil().map { ProviderReference($0) }
    let (first, last) = (try columns.textOrNil(), try columns.textOrNil())
    guard let first, let last else {
      self.init(provider: provider, days: nil)
      return
    }
    guard let first = CalendarDate(parsing: first), let last = CalendarDate(parsing: last),
      let days = DateRange(first, through: last)
    else { throw StoreFailure.corrupt("a claim has an unknown day of care") }
    self.init(provider: provider, days: days)
  }

  fileprivate var arguments: [SQLValue] {
    [
      .text(optional: provider?.text), .text(optional: days?.first.description),
      .text(optional: days?.last.description),
    ]
  }
}
