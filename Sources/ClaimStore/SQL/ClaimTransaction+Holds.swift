import ClaimsDomain
package import DurableExecution
import DurableSQL

private enum SQL {
  static let columns: DialectText = "payee, number, held_at, held_by, held_for, under_way"
  static let current = Statement(
    "holds.current", "SELECT \(columns) FROM payee_holds WHERE payee = $1 AND lifted_at IS NULL")
  static let page = Statement(
    "holds.page", "SELECT \(columns) FROM payee_holds WHERE lifted_at IS NULL AND payee > $1 ORDER BY payee LIMIT $2")
  static let onHold = Statement(
    "holds.among", "SELECT payee FROM payee_holds WHERE lifted_at IS NULL AND payee \(oneOf: 1)")
  static let last = Statement("holds.last", "SELECT COALESCE(max(number), 0) FROM payee_holds WHERE payee = $1")
  /// A payment whose outcome is open has a running saga.
  static let underWay = Statement(
    "holds.under-way",
    """
    SELECT count(*) FROM sagas s JOIN payments p ON p.effect_key = s.id
    WHERE s.state IN ('running', 'compensating') AND p.payee = $1 AND p.state = 'intended'
    """)
  static let insert = Statement("holds.insert", insertInto: "payee_holds", columns)
  static let lift = Statement(
    "holds.lift",
    """
    UPDATE payee_holds SET lifted_at = $1, lifted_by = $2, lifted_for = $3
    WHERE payee = $4 AND number = $5 AND lifted_at IS NULL
    """)
}

extension Question where Value == String {
  /// The payees among these that are on hold. Ask it under the shared lock.
  static func onHold(among payees: [String]) -> Question {
    Question(SQL.onHold, [.texts(payees)]) { try $0.text() }
  }
}

extension ClaimTransaction {
  package func hold(on payee: String) throws -> PayeeHold? {
    try besideClaims.ask(SQL.current, [.text(payee)]) { try PayeeHold(columns: &$0) }.first
  }

  package func payeesOnHold(after payee: String?, limit: Int) throws -> [PayeeHold] {
    try besideClaims.ask(SQL.page, [.text(payee ?? ""), .count(limit)]) { try PayeeHold(columns: &$0) }
  }

  package func hold(_ payee: String, by signOff: SignOff) throws -> (hold: PayeeHold, isNew: Bool) {
    try besideClaims.session.lock([LockName.payeeHolds], .exclusive)
    if let hold = try hold(on: payee) { return (hold, false) }
    let last = try besideClaims.ask(SQL.last, [.text(payee)]) { try $0.count() }.first ?? 0
    let underWay = try besideClaims.ask(SQL.underWay, [.text(payee)]) { try $0.count() }.first ?? 0
    let hold = PayeeHold(
      payee: payee, number: last + 1, since: try now, person: signOff.person, reason: signOff.reason,
      underWay: underWay)
    try besideClaims.run(
      SQL.insert,
      [
        [
          .text(payee), .count(hold.number), .integer(hold.since.microseconds), .text(hold.person),
          .text(hold.reason), .count(underWay),
        ]
      ])
    try write(act: OperatorAct.hold, of: .acts(onPayee: payee), by: signOff, waiving: [])
    return (hold, true)
  }

  package func liftHold(on payee: String, by signOff: SignOff) throws -> PayeeHold? {
    try besideClaims.session.lock([LockName.payeeHolds], .exclusive)
    guard let hold = try hold(on: payee) else { return nil }
    let now = try now
    try besideClaims.run(
      SQL.lift, [hold],
      {
        [
          .integer(now.microseconds), .text(signOff.person), .text(signOff.reason), .text($0.payee), .count($0.number),
        ]
      }, orFail: { _ in .stale("the hold on a payee") })
    try write(act: OperatorAct.liftHold, of: .acts(onPayee: payee), by: signOff, waiving: [])
    return hold
  }
}

extension PayeeHold {
  fileprivate init(columns: inout Columns) throws {
    self.init(
      payee: try columns.text(), number: try columns.count(), since: Timestamp(microseconds: try columns.integer()),
      person: try columns.text(), reason: try columns.text(), underWay: try columns.count())
  }
}
