package import DurableExecution
import GRDB

extension SQLiteTransaction {
  private static let select = """
    SELECT id, name, state, step, version FROM sagas WHERE id IN (SELECT value FROM json_each(?))
    """
  private static let insert = "INSERT INTO sagas (id, name, state, step, version) VALUES (?, ?, ?, ?, ?)"
  private static let update = "UPDATE sagas SET state = ?, step = ?, version = ? WHERE id = ? AND version = ?"

  package func sagas(_ ids: [String]) throws -> [String: SagaRecord] {
    var sagas: [String: SagaRecord] = [:]
    for row in try rows("sagas.select", Self.select, in: ids) {
      guard let state = SagaRecord.State(rawValue: row["state"]) else {
        throw StoreFailure.corrupt("a saga is in an unknown state")
      }
      sagas[row["id"]] = SagaRecord(
        id: row["id"], name: row["name"], state: state, step: row["step"], version: row["version"])
    }
    return sagas
  }

  package func save(_ sagas: [SagaChange]) throws {
    try each("sagas.insert", Self.insert, sagas.filter { $0.over == nil }.map(\.to)) {
      [$0.id, $0.name, $0.state.rawValue, $0.step, $0.version]
    }
    try eachChangingOne(
      "sagas.update", Self.update, sagas.filter { $0.over != nil },
      { [$0.to.state.rawValue, $0.to.step, $0.to.version, $0.to.id, $0.over?.version] },
      otherwise: { _ in .stale("a saga") })
  }
}
