package import DurableExecution
import GRDB

extension SQLiteTransaction {
  private static let act = "INSERT INTO operator_acts (act, key, person, reason, at) VALUES (?, ?, ?, ?, ?)"

  /// Lets a key that failed for good be tried again, and writes down who said so and why.
  ///
  /// - Throws: `StoreFailure.fenced` when the key is not the failed record it was.
  package func release(_ record: KeyRecord, by person: String, reason: String) throws {
    try replace([RecordChange(from: record, to: record.released(by: WorkerID("released by \(person)"), at: now))])
    try each("operator.act", Self.act, ["release"]) {
      [$0, record.key.text, person, reason, now.microseconds]
    }
  }
}
