package import DurableExecution

/// An open transaction of one database, in terms that both dialects share. A store only needs to provide this.
package protocol SQLSession {
  /// The database's clock at the start of the transaction. A session that has not queried anything yet may have to ask for
  /// it, and for the incarnation.
  var now: Timestamp { get throws }

  /// The current run of the database's server. The number changes when the server restarts or another machine takes
  /// over. The next run may not know of everything that the previous one has committed.
  var incarnation: Int64 { get throws }

  /// Runs a statement once for each row of arguments.
  ///
  /// The result may be known only later, when something is queried or the transaction commits, since a session may send
  /// many statements at once. A failure never goes unnoticed.
  ///
  /// - Parameter failure: if present, each row of arguments must change exactly one row of the table. It returns the
  ///   failure for the index of one that does not.
  /// - Throws: `StoreFailure`; the transaction is then over.
  func run(_ statement: Statement, _ rows: [[SQLValue]], orFail failure: ((Int) -> StoreFailure)?) throws

  /// Runs queries, in one round trip if the database has round trips. Each query sees at least what the one before it
  /// saw.
  ///
  /// - Parameter read: receives each row of the answers, with the position of its question among those of all queries.
  /// - Throws: `StoreFailure`, and any error from `read`.
  func ask(_ queries: [SQLQuery], _ read: (_ question: Int, _ row: inout Columns) throws -> Void) throws

  /// Locks these names, in the order given, until the transaction ends. A database that runs one writer at a time has
  /// nothing to do.
  func lock(_ names: [String], _ mode: LockMode) throws

  /// Notifies workers of new work if the transaction commits. It is a hint, sent once no matter how often it is
  /// requested; without it, workers find the work when they next look.
  func announceWork() throws
}

/// A query, to be run once for each row of arguments.
package struct SQLQuery {
  /// The name of the statement, also where `statement` is a form of it for these arguments.
  package let name: String
  package let statement: Statement
  package let questions: [[SQLValue]]

  package init(_ statement: Statement, _ questions: [[SQLValue]]) {
    name = statement.name
    guard questions.count == 1 else {
      (self.statement, self.questions) = (statement, questions)
      return
    }
    let (statement, arguments) = statement.withoutLists(questions[0])
    (self.statement, self.questions) = (statement, [arguments])
  }
}

/// A query with its arguments, and a closure that reads a row of the answer.
package struct Question<Value> {
  let query: SQLQuery
  let value: (inout Columns) throws -> Value

  package init(
    _ statement: Statement, _ arguments: [SQLValue] = [], _ value: @escaping (inout Columns) throws -> Value
  ) {
    query = SQLQuery(statement, [arguments])
    self.value = value
  }
}

/// How a lock by name is shared.
public enum LockMode: Sendable {
  /// Shared with other holders in the same mode.
  case shared
  case exclusive
}

/// A row of an answer, by column number from 0.
public protocol SQLRow {
  func isNull(_ column: Int) -> Bool
  /// Each of these throws `StoreFailure.corrupt` if the column holds another type.
  func text(_ column: Int) throws -> String
  func integer(_ column: Int) throws -> Int64
  func bytes(_ column: Int) throws -> [UInt8]
}
