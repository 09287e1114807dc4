package import DurableExecution
import Foundation
import GRDB

extension SQLiteTransaction {
  private static let append = """
    INSERT INTO events (effect_key, epoch, stream, type, agent, agent_version, lamport, at, facts)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    """

  package func append(_ events: [EffectEvent]) throws {
    try each("events.append", Self.append, events) {
      [
        $0.key.text, $0.epoch.number, $0.stream, $0.type, $0.agent.name, $0.agent.version, $0.lamport.count,
        $0.at.microseconds, Data($0.facts),
      ]
    }
  }
}
