package import DurableExecution

private enum SQL {
  static let select = Statement("sagas.select", "SELECT id, name, state, step, version FROM sagas WHERE id \(oneOf: 1)")
  static let insert = Statement(
    "sagas.insert", "INSERT INTO sagas (id, name, state, step, version) VALUES ($1, $2, $3, $4, $5)")
  static let update = Statement(
    "sagas.update", "UPDATE sagas SET state = $1, step = $2, version = $3 WHERE id = $4 AND version = $5")
}

extension SQLTransaction {
  package func sagas(_ ids: [String]) throws -> [String: SagaRecord] {
    let sagas = try ask(SQL.select, for: ids) { columns in
      let (id, name) = (try columns.text(), try columns.text())
      guard let state = SagaRecord.State(rawValue: try columns.text()) else {
        throw StoreFailure.corrupt("a saga is in an unknown state")
      }
      return SagaRecord(id: id, name: name, state: state, step: try columns.text(), version: try columns.count())
    }
    return Dictionary(uniqueKeysWithValues: sagas.map { ($0.id, $0) })
  }

  package func save(_ sagas: [SagaChange]) throws {
    try run(
      SQL.insert,
      sagas.filter { $0.over == nil }.map(\.to).map {
        [.text($0.id), .text($0.name), .text($0.state.rawValue), .text($0.step), .count($0.version)]
      })
    try run(
      SQL.update, sagas.filter { $0.over != nil },
      {
        [
          .text($0.to.state.rawValue), .text($0.to.step), .count($0.to.version), .text($0.to.id),
          .count(optional: $0.over?.version),
        ]
      }, orFail: { _ in .stale("a saga") })
  }
}
