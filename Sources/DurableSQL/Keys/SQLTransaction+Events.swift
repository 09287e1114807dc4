package import DurableExecution

private enum SQL {
  static let append = Statement(
    "events.append", insertInto: "events",
    "effect_key, epoch, stream, type, agent, agent_version, lamport, at, facts")
  static let effects = Statement(
    "events.effects", "SELECT effect_key FROM events WHERE stream = $1 AND type = $2 ORDER BY stream, sequence")
}

extension SQLTransaction {
  package func append(_ events: [EffectEvent]) throws {
    try run(
      SQL.append,
      events.map {
        [
          .text($0.key.text), .integer($0.epoch.number), .text($0.stream), .text($0.type), .text($0.agent.name),
          .text($0.agent.version), .integer($0.lamport.count), .integer($0.at.microseconds), .bytes($0.facts),
        ]
      })
  }

  package func effects(in stream: String, ofType type: String) throws -> [KeyText] {
    try ask(SQL.effects, [.text(stream), .text(type)]) { KeyText(try $0.text()) }
  }
}

private enum FlowsSQL {
  static let keep = Statement(
    "flows.keep", "INSERT INTO flows (key, name, input) VALUES ($1, $2, $3) ON CONFLICT (key) DO NOTHING")
  static let unfinished = Statement(
    "flows.unfinished",
    """
    SELECT f.key, f.name, f.input FROM flows f JOIN effect_keys k ON k.key = f.key \
    WHERE f.name = $1 AND k.status = 'PENDING' AND f.key > $3 \
    AND (k.lease_expires <= $2 OR k.lease_expires > $2 + 2 * k.lease_length) ORDER BY f.key LIMIT $4
    """)
}

extension SQLTransaction {
  package func keep(_ flows: [FlowRecord]) throws {
    try run(FlowsSQL.keep, flows.map { [.text($0.key.text), .text($0.name), .bytes($0.input)] })
  }

  package func unfinishedFlows(named name: String, after key: KeyText?, limit: Int) throws -> [FlowRecord] {
    try ask(FlowsSQL.unfinished, [.text(name), .integer(now.microseconds), .text(key?.text ?? ""), .count(limit)]) {
      FlowRecord(key: KeyText(try $0.text()), name: try $0.text(), input: try $0.bytes())
    }
  }
}

private enum SagasSQL {
  static let select = Statement("sagas.select", "SELECT id, name, state, step, version FROM sagas WHERE id \(oneOf: 1)")
  static let insert = Statement(
    "sagas.insert", insertInto: "sagas", "id, name, state, step, version")
  static let update = Statement(
    "sagas.update", update: "sagas", set: "state = $1, step = $2, version = $3", where: "id = $4 AND version = $5")
}

extension SQLTransaction {
  package func sagas(_ ids: [String]) throws -> [String: SagaRecord] {
    let sagas = try ask(SagasSQL.select, for: ids) { columns in
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
      SagasSQL.insert,
      sagas.filter { $0.over == nil }.map(\.to).map {
        [.text($0.id), .text($0.name), .text($0.state.rawValue), .text($0.step), .count($0.version)]
      })
    try run(
      SagasSQL.update, sagas.filter { $0.over != nil },
      {
        [
          .text($0.to.state.rawValue), .text($0.to.step), .count($0.to.version), .text($0.to.id),
          .count(optional: $0.over?.version),
        ]
      }, orFail: { _ in .stale("a saga") })
  }
}
