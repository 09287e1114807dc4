package import DurableExecution

private enum SQL {
  static let keep = Statement(
    "flows.keep", "INSERT INTO flows (key, name, input) VALUES ($1, $2, $3) ON CONFLICT (key) DO NOTHING")
  static let unfinished = Statement(
    "flows.unfinished",
    """
    SELECT f.key, f.name, f.input FROM flows f JOIN effect_keys k ON k.key = f.key \
    WHERE f.name = $1 AND k.status = 'PENDING' AND k.lease_expires <= $2 ORDER BY k.created_at, f.key LIMIT $3
    """)
}

extension SQLTransaction {
  package func keep(_ flows: [FlowRecord]) throws {
    try run(SQL.keep, flows.map { [.text($0.key.text), .text($0.name), .bytes($0.input)] })
  }

  package func unfinishedFlows(named name: String, limit: Int) throws -> [FlowRecord] {
    try ask(SQL.unfinished, [.text(name), .integer(now.microseconds), .count(limit)]) {
      FlowRecord(key: KeyText(try $0.text()), name: try $0.text(), input: try $0.bytes())
    }
  }
}
