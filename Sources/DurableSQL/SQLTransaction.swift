package import DurableExecution

/// One transaction, with every statement of the durable runner, the same for every database. Each statement has a name
/// and takes a batch. An application adds its own statements.
package final class SQLTransaction<Session: SQLSession>: DurableTransaction {
  package let session: Session
  private let probe: StoreProbe?
  /// The index of the archive; nil if only the archive itself is trusted.
  let archiveIndex: ArchiveIndex?
  /// Whether this transaction has moved keys, so that the archive it sees contains uncommitted numbers.
  var hasMovedKeys = false
  /// Whether this transaction has read a page of the archive. The limit is one page, so that a long archive does not
  /// make a transaction long.
  var hasReadArchive = false
  /// The hints from the cache; nil if the store has no cache.
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

  /// Runs a statement once for each item. Each run must change exactly one row of the table.
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

  /// Makes one call to the probe, under the first statement's name, since both queries share one round trip.
  package func ask<First, Second>(
    _ first: Question<Session.Row, First>, then second: Question<Session.Row, Second>
  ) throws -> ([First], [Second]) {
    try probed(first.statement) { try session.ask(first, then: second) }
  }

  /// Queries the rows that match a list of texts: `\(oneOf: 1)`.
  package func ask<Value>(
    _ statement: Statement, for texts: [String], _ value: (inout Columns<Session.Row>) throws -> Value
  ) throws -> [Value] {
    guard !texts.isEmpty else { return [] }
    return try ask(statement, [.texts(texts)], value)
  }

  /// Runs a query once for each row of arguments.
  package func ask<Value>(
    _ statement: Statement, each questions: [[SQLValue]], _ value: (inout Columns<Session.Row>) throws -> Value
  ) throws -> [[Value]] {
    guard !questions.isEmpty else { return [] }
    return try probed(statement) { try session.ask(statement, questions, value) }
  }

  /// Runs the work with the probe's hooks before and after it.
  private func probed<Value>(_ statement: Statement, _ work: () throws -> Value) throws -> Value {
    guard let probe else { return try work() }
    try probe.before(.statement(statement.name))
    let value = try work()
    try probe.after(.statement(statement.name))
    return value
  }
}
