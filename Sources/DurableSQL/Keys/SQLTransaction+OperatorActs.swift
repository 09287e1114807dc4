package import DurableExecution

private enum SQL {
  static let acts = Statement(
    "operator.acts", "SELECT act, person, reason, waived, at FROM operator_acts WHERE key \(oneOf: 1) ORDER BY id")
  static let latest = Statement(
    "operator.latest",
    "SELECT act, person, reason, waived, at FROM operator_acts WHERE act = $1 ORDER BY id DESC LIMIT $2")
  static let act = Statement(
    "operator.act", "INSERT INTO operator_acts (act, key, person, reason, waived, at) VALUES ($1, $2, $3, $4, $5, $6)")
}

extension SQLTransaction {
  package func release(_ record: KeyRecord, by signOff: SignOff) throws {
    // A person may act after the key's retention. A retry looks for the record in the live table.
    if record.isArchived { try unarchive([record.key.text]) }
    try replace([
      RecordChange(from: record, to: record.released(by: WorkerID("released by \(signOff.person)"), at: now))
    ])
    try write(act: record.status == .pending ? "end-lease" : "release", of: record.key, by: signOff, waiving: [])
  }

  package func acts(on keys: [KeyText]) throws -> [OperatorAct] {
    try ask(SQL.acts, for: keys.map(\.text)) { try OperatorAct(columns: &$0) }
  }

  package func latest(act: String, limit: Int) throws -> [OperatorAct] {
    try ask(SQL.latest, [.text(act), .count(limit)]) { try OperatorAct(columns: &$0) }
  }

  package func write(act: String, of key: KeyText, by signOff: SignOff, waiving waived: [String]) throws {
    // The names contain no spaces.
    let list = waived.joined(separator: " ")
    try run(
      SQL.act,
      [
        [
          .text(act), .text(key.text), .text(signOff.person), .text(signOff.reason), .text(list),
          .integer(try now.microseconds),
        ]
      ])
  }
}

extension OperatorAct {
  fileprivate init(columns: inout Columns) throws {
    self.init(
      act: try columns.text(), person: try columns.text(), reason: try columns.text(),
      waived: try columns.text().split(separator: " ").map(String.init),
      at: Timestamp(microseconds: try columns.integer()))
  }
}
