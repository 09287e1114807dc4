package import DurableExecution

/// A durable store in an SQL database.
package protocol SQLStore: DurableStore where Transaction == SQLTransaction {
  /// Ends the connections after transactions in progress. An embedded store then has no log left beside its file.
  func close() throws

  /// Returns when work may have been announced, or when the time is over. This is only a hint.
  func awaitWork(upTo duration: Duration) async

  /// Compares the store's tables with those that this program creates, without changing anything.
  ///
  /// - Returns: nil if the comparison is impossible because the program may not create anything to compare with.
  /// - Throws: `StoreFailure`.
  func shapeComparison() async throws -> ShapeComparison?
}

/// One transaction, with every statement of the durable runner, the same for every database. Each statement has a name
/// and takes a batch. An application adds its own statements.
package final class SQLTransaction: DurableTransaction {
  package let session: any SQLSession
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
  /// The keys that were announced, and what is known of them.
  var ahead = KeysAhead()

  package init(
    _ session: any SQLSession, probe: StoreProbe? = nil, archiveIndex: ArchiveIndex? = nil, hints: CacheHints? = nil
  ) {
    self.session = session
    self.probe = probe
    self.archiveIndex = archiveIndex
    self.hints = hints
  }

  package var now: Timestamp {
    get throws { try session.now }
  }

  /// Runs a statement once for each row of arguments.
  package func run(_ statement: Statement, _ rows: [[SQLValue]]) throws {
    guard !rows.isEmpty else { return }
    try probed(statement.name) { try session.run(statement, rows, orFail: nil) }
  }

  /// Runs a statement once for each item. Each run must change exactly one row of the table.
  package func run<Item>(
    _ statement: Statement, _ items: [Item], _ arguments: (Item) -> [SQLValue],
    orFail failure: @escaping (Item) -> StoreFailure
  ) throws {
    guard !items.isEmpty else { return }
    try probed(statement.name) { try session.run(statement, items.map(arguments)) { failure(items[$0]) } }
  }

  package func ask<Value>(
    _ statement: Statement, _ arguments: [SQLValue] = [], _ value: (inout Columns) throws -> Value
  ) throws -> [Value] {
    try probed(statement.name) {
      var values: [Value] = []
      try askAll([SQLQuery(statement, [arguments])]) { _, row in values.append(try value(&row)) }
      return values
    }
  }

  /// Makes one call to the probe, under the first statement's name, since both queries share one round trip.
  package func ask<First, Second>(
    _ first: Question<First>, then second: Question<Second>
  ) throws -> ([First], [Second]) {
    try probed(first.query.name) {
      var firsts: [First] = []
      var seconds: [Second] = []
      try askAll([first.query, second.query]) { question, row in
        if question == 0 { firsts.append(try first.value(&row)) } else { seconds.append(try second.value(&row)) }
      }
      return (firsts, seconds)
    }
  }

  /// Makes one call to the probe, under the first statement's name, since the queries share one round trip.
  package func ask<First, Second, Third>(
    _ first: Question<First>, then second: Question<Second>, _ third: Question<Third>
  ) throws -> ([First], [Second], [Third]) {
    try probed(first.query.name) {
      var firsts: [First] = []
      var seconds: [Second] = []
      var thirds: [Third] = []
      try askAll([first.query, second.query, third.query]) { question, row in
        switch question {
        case 0: firsts.append(try first.value(&row))
        case 1: seconds.append(try second.value(&row))
        default: thirds.append(try third.value(&row))
        }
      }
      return (firsts, seconds, thirds)
    }
  }

  /// Queries the rows that match a list of texts: `\(oneOf: 1)`.
  package func ask<Value>(
    _ statement: Statement, for texts: [String], _ value: (inout Columns) throws -> Value
  ) throws -> [Value] {
    guard !texts.isEmpty else { return [] }
    return try ask(statement, [.texts(texts)], value)
  }

  /// Runs a query once for each row of arguments, and returns the answers in the same order.
  package func ask<Value>(
    _ statement: Statement, each questions: [[SQLValue]], _ value: (inout Columns) throws -> Value
  ) throws -> [[Value]] {
    guard !questions.isEmpty else { return [] }
    return try probed(statement.name) {
      var answers = [[Value]](repeating: [], count: questions.count)
      try askAll([SQLQuery(statement, questions)]) { question, row in
        answers[question].append(try value(&row))
      }
      return answers
    }
  }

  /// Runs several queries in one round trip.
  ///
  /// - Parameters:
  ///   - name: the name under which the probe sees them.
  ///   - read: receives each row, with the position of its question among those of all queries.
  package func ask(
    _ name: String, _ queries: [SQLQuery], _ read: (Int, inout Columns) throws -> Void
  ) throws {
    guard queries.contains(where: { !$0.questions.isEmpty }) else { return }
    try probed(name) { try askAll(queries, read) }
  }

  /// Runs queries, and looks up the announced keys in the same round trip.
  private func askAll(_ queries: [SQLQuery], _ read: (Int, inout Columns) throws -> Void) throws {
    let expected = ahead.takeExpected()
    guard !expected.isEmpty else { return try session.ask(queries, read) }
    let own = queries.reduce(0) { $0 + $1.questions.count }
    var (live, last): ([KeyRecord], Int64) = ([], 0)
    try session.ask(queries + lookUpQueries(expected)) { question, row in
      switch question {
      case ..<own: try read(question, &row)
      case own: live.append(try KeyRecord(columns: &row, isArchived: false))
      default: last = try row.integer()
      }
    }
    ahead.note(expected, live: live, archivedUpTo: last)
  }

  /// Runs the work with the probe's hooks before and after it.
  private func probed<Value>(_ statement: String, _ work: () throws -> Value) throws -> Value {
    guard let probe else { return try work() }
    try probe.before(.statement(statement))
    let value = try work()
    try probe.after(.statement(statement))
    return value
  }
}

extension SQLStore {
  package func close() throws {}
}
