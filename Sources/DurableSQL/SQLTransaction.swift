package import DurableExecution

/// One transaction: every statement of the durable runner, the same for every database. Each has a name and takes a batch.
/// An application adds statements of its own to it.
package final class SQLTransaction<Session: SQLSession>: DurableTransaction {
  package let session: Session
  private let probe: StoreProbe?
  /// Nil where only the archive itself is to be believed.
  let archiveIndex: ArchiveIndex?
  /// From then on the archive has numbers here that are not committed.
  var hasMovedKeys = false
  /// One page a transaction, so that a long archive makes no transaction long.
  var hasReadArchive = false
  /// Nil where there is no cache before the store.
  let hints: CacheHints?

  package init(
    _ session: Session, probe: StoreProbe? = nil, archiveIndex: ArchiveIndex? = nil, hints: CacheHints? = nil
  ) {
    self.session = session
    self.probe = probe
    self.archiveIndex = archiveIndex
    self.hints = hints
  }

  package var now: Timestamp { session.now }

  /// Runs a statement once for each row of arguments.
  package func run(_ statement: Statement, _ rows: [[SQLValue]]) throws {
    guard !rows.isEmpty else { return }
    try probed(statement) { try session.run(statement, rows, orFail: nil) }
  }

  /// Runs a statement once for each item, each of which has to change exactly one row of the table.
  package func run<Item>(
    _ statement: Statement, _ items: [Item], _ arguments: (Item) -> [SQLValue],
    orFail failure: @escaping (Item) -> StoreFailure
  ) throws {
    guard !items.isEmpty else { return }
    try probed(statement) { try session.run(statement, items.map(arguments)) { failure(items[$0]) } }
  }

  package func ask<Value>(
    _ statement: Statement, _ arguments: [SQLValue] = [], _ value: (inout Columns<Session.Row>) throws -> Value
  ) throws -> [Value] {
    try probed(statement) { try session.ask(statement, [arguments], value).first ?? [] }
  }

  /// One call to a probe, by the first one's name: it is one round trip, which arrives or does not.
  package func ask<First, Second>(
    _ first: Question<Session.Row, First>, then second: Question<Session.Row, Second>
  ) throws -> ([First], [Second]) {
    try probed(first.statement) { try session.ask(first, then: second) }
  }

  /// Asks for the rows that belong to a list of texts: `\(oneOf: 1)`.
  package func ask<Value>(
    _ statement: Statement, for texts: [String], _ value: (inout Columns<Session.Row>) throws -> Value
  ) throws -> [Value] {
    guard !texts.isEmpty else { return [] }
    return try ask(statement, [.texts(texts)], value)
  }

  /// Asks once for each row of arguments.
  package func ask<Value>(
    _ statement: Statement, each questions: [[SQLValue]], _ value: (inout Columns<Session.Row>) throws -> Value
  ) throws -> [[Value]] {
    guard !questions.isEmpty else { return [] }
    return try probed(statement) { try session.ask(statement, questions, value) }
  }

  /// Where a probe can see it.
  private func probed<Value>(_ statement: Statement, _ work: () throws -> Value) throws -> Value {
    guard let probe else { return try work() }
    try probe.before(.statement(statement.name))
    let value = try work()
    try probe.after(.statement(statement.name))
    return value
  }
}
