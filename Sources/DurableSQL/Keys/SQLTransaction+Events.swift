package import DurableExecution

private enum SQL {
  static let append = Statement(
    "events.append",
    """
    INSERT INTO events (effect_key, epoch, stream, type, agent, agent_version, lamport, at, facts)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    """)
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
}
