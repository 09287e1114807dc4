package import ClaimPipeline
package import ClaimsDomain
import DurableExecution
import Foundation
import GRDB

extension SQLiteTransaction {
  private static let columns = """
    claim_intake_id, claim_number, payer_id, member_id, received_on, ruleset, charge_cents, status, intake_key, \
    eligibility_key, adjudication_key, payment_key, audit_key, adjudication_id, allowed_cents, member_cents, \
    paid_cents, version
    """
  private static let select = "SELECT \(columns) FROM claims WHERE claim_intake_id IN (SELECT value FROM json_each(?))"
  private static let selectNamed = """
    SELECT \(columns) FROM claims WHERE claim_intake_id = ? OR claim_number = ? ORDER BY claim_intake_id LIMIT 100
    """
  private static let insert = """
    INSERT INTO claims (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """
  private static let insertBody = "INSERT INTO claim_bodies (claim_intake_id, body) VALUES (?, ?)"
  private static let update = """
    UPDATE claims SET status = ?, eligibility_key = ?, adjudication_key = ?, payment_key = ?, audit_key = ?, \
    adjudication_id = ?, allowed_cents = ?, member_cents = ?, paid_cents = ?, version = ?
    WHERE claim_intake_id = ? AND version = ?
    """
  private static let selectBodies = """
    SELECT claim_intake_id, body FROM claim_bodies WHERE claim_intake_id IN (SELECT value FROM json_each(?))
    """
  private static let unfinished = """
    SELECT claim_intake_id FROM claims WHERE audit_key IS NULL AND claim_intake_id > ?
    UNION
    SELECT p.claim_intake_id FROM sagas s JOIN payments p ON p.effect_key = s.id
    WHERE s.state IN ('running', 'compensating') AND p.claim_intake_id > ?
    ORDER BY claim_intake_id LIMIT ?
    """

  package func claims(_ ids: [ClaimIntakeID]) throws -> [ClaimIntakeID: ClaimRow] {
    var claims: [ClaimIntakeID: ClaimRow] = [:]
    for row in try rows("claims.select", Self.select, in: ids.map(\.text)) {
      let claim = try ClaimRow(row: row)
      claims[claim.id] = claim
    }
    return claims
  }

  /// The claims a person may mean: by our id, or all that came under the provider's number.
  package func claims(named name: String) throws -> [ClaimRow] {
    try named("claims.named") {
      try Row.fetchAll(try database.cachedStatement(sql: Self.selectNamed), arguments: [name, name])
        .map { try ClaimRow(row: $0) }
    }
  }

  package func insert(_ claims: [StoredClaim]) throws {
    try each("claims.insert", Self.insert, claims) { $0.row.insertArguments }
    try each("claims.insertBody", Self.insertBody, claims) { [$0.row.id.text, Data($0.body)] }
  }

  package func update(_ claims: [ClaimRow]) throws {
    try eachChangingOne(
      "claims.update", Self.update, claims, { $0.updateArguments }, otherwise: { .stale("claim \($0.id)") })
  }

  package func bodies(of ids: [ClaimIntakeID]) throws -> [ClaimIntakeID: [UInt8]] {
    var bodies: [ClaimIntakeID: [UInt8]] = [:]
    for row in try rows("claims.bodies", Self.selectBodies, in: ids.map(\.text)) {
      bodies[ClaimIntakeID(row["claim_intake_id"])] = [UInt8](row["body"] as Data)
    }
    return bodies
  }

  package func unfinished(after: ClaimIntakeID?, limit: Int) throws -> [StoredClaim] {
    let start = after?.text ?? ""
    let ids = try named("claims.unfinished") {
      try String.fetchAll(try database.cachedStatement(sql: Self.unfinished), arguments: [start, start, limit])
    }.map { ClaimIntakeID($0) }
    let (rows, bodies) = (try claims(ids), try bodies(of: ids))
    return try ids.map { id in
      guard let row = rows[id], let body = bodies[id] else { throw StoreFailure.corrupt("claim \(id) has no text") }
      return StoredClaim(row: row, body: body)
    }
  }
}

extension ClaimRow {
  init(row: Row) throws {
    guard let status = ClaimStatus(rawValue: row["status"]),
      let received = CalendarDate(parsing: row["received_on"] as String)
    else { throw StoreFailure.corrupt("claim \(row["claim_intake_id"] as String) has an unknown status or day") }
    var amounts: DecidedAmounts?
    if let allowed: Int64 = row["allowed_cents"], let member: Int64 = row["member_cents"],
      let paid: Int64 = row["paid_cents"]
    {
      amounts = DecidedAmounts(
        allowed: Money(cents: allowed), memberResponsibility: Money(cents: member), planPaid: Money(cents: paid))
    }
    self.init(
      id: ClaimIntakeID(row["claim_intake_id"]), claimNumber: ClaimNumber(row["claim_number"]),
      payerID: PayerID(row["payer_id"]), memberID: MemberID(row["member_id"]), receivedOn: received,
      ruleset: RulesetID(row["ruleset"]), charge: Money(cents: row["charge_cents"]), status: status,
      keys: ClaimKeys(
        intake: KeyText(row["intake_key"]), eligibility: (row["eligibility_key"] as String?).map(KeyText.init),
        adjudication: (row["adjudication_key"] as String?).map(KeyText.init),
        payment: (row["payment_key"] as String?).map(KeyText.init),
        audit: (row["audit_key"] as String?).map(KeyText.init)),
      adjudicationID: (row["adjudication_id"] as String?).map { AdjudicationID($0) }, amounts: amounts,
      version: row["version"])
  }

  fileprivate var insertArguments: StatementArguments {
    [
      id.text, claimNumber.text, payerID.text, memberID.text, receivedOn.description, ruleset.text, charge.cents,
      status.rawValue, keys.intake.text, keys.eligibility?.text, keys.adjudication?.text, keys.payment?.text,
      keys.audit?.text, adjudicationID?.text, amounts?.allowed.cents, amounts?.memberResponsibility.cents,
      amounts?.planPaid.cents, version,
    ]
  }

  fileprivate var updateArguments: StatementArguments {
    [
      status.rawValue, keys.eligibility?.text, keys.adjudication?.text, keys.payment?.text, keys.audit?.text,
      adjudicationID?.text, amounts?.allowed.cents, amounts?.memberResponsibility.cents, amounts?.planPaid.cents,
      version, id.text, version - 1,
    ]
  }
}
