package import ClaimPipeline
package import DurableExecution

private enum SQL {
  static let acts = Statement(
    "operator.acts", "SELECT act, person, reason, at FROM operator_acts WHERE key \(oneOf: 1) ORDER BY id")
  static let act = Statement(
    "operator.act", "INSERT INTO operator_acts (act, key, person, reason, at) VALUES ($1, $2, $3, $4, $5)")
}

extension StoreTransaction {
  package func release(_ record: KeyRecord, by person: String, reason: String) throws {
    // A person may come to it after its retention. Who tries again finds it among the live ones.
    if record.isArchived { try unarchive([record.key.text]) }
    try replace([RecordChange(from: record, to: record.released(by: WorkerID("released by \(person)"), at: now))])
    try write(act: record.status == .pending ? "end-lease" : "release", of: record.key, by: person, reason: reason)
  }

  package func acts(on keys: [KeyText]) throws -> [OperatorAct] {
    try ask(SQL.acts, for: keys.map(\.text)) { columns in
      OperatorAct(
        act: try columns.text(), person: try columns.text(), reason: try columns.text(),
        at: Timestamp(microseconds: try columns.integer()))
    }
  }

  package func write(act: String, of key: KeyText, by person: String, reason: String) throws {
    try run(SQL.act, [[.text(act), .text(key.text), .text(person), .text(reason), .integer(now.microseconds)]])
  }
}
