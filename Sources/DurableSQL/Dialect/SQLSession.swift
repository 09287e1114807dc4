package import DurableExecution

/// An open transaction of one database, in the terms both dialects share. All that a store has to bring.
package protocol SQLSession {
  associatedtype Row: SQLRow

  /// The database's clock as the transaction began.
  var now: Timestamp { get }

  /// Which run of the database's server this is: another number where it was restarted, or another machine took over.
  /// What one has committed, the next may not know of.
  var incarnation: Int64 { get }

  /// Runs a statement once for each row of arguments.
  ///
  /// What it comes to may be known only later, when something is asked or the transaction commits: a session may send
  /// many statements in one go. It never goes unnoticed.
  ///
  /// - Parameter failure: where it is given, each row has to change exactly one row of the table, and this says what it
  ///   means that the row at an index did not.
  /// - Throws: `StoreFailure`; the transaction is then over.
  func run(_ statement: Statement, _ rows: [[SQLValue]], orFail failure: ((Int) -> StoreFailure)?) throws

  /// Asks a statement once for each row of arguments, and gives back the answers in order.
  ///
  /// - Throws: `StoreFailure`, and what `value` throws.
  func ask<Value>(
    _ statement: Statement, _ questions: [[SQLValue]], _ value: (inout Columns<Row>) throws -> Value
  ) throws -> [[Value]]

  /// Asks one thing and then another, in one round trip where there is one to save. The second sees at least what the
  /// first saw.
  ///
  /// - Throws: as `ask`.
  func ask<First, Second>(
    _ first: Question<Row, First>, then second: Question<Row, Second>
  ) throws -> ([First], [Second])

  /// Keeps others away from what these names stand for until the transaction ends, taking them in the order given. A
  /// database whose writers take turns has nothing to do.
  func lock(_ names: [String], _ mode: LockMode) throws

  /// Lets workers know that there is something to do, if the transaction commits. A hint, sent once however often it is
  /// asked for; where there is none, workers find out when they look.
  func announceWork() throws
}

/// A statement, its arguments, and how a row of the answer is read.
package struct Question<Row: SQLRow, Value> {
  package let statement: Statement
  package let arguments: [SQLValue]
  package let value: (inout Columns<Row>) throws -> Value

  package init(
    _ statement: Statement, _ arguments: [SQLValue] = [], _ value: @escaping (inout Columns<Row>) throws -> Value
  ) {
    self.statement = statement
    self.arguments = arguments
    self.value = value
  }
}

package enum LockMode: Sendable {
  /// With others who share it.
  case shared
  case exclusive
}

/// A row of an answer, by column number from 0.
package protocol SQLRow {
  func isNull(_ column: Int) -> Bool
  /// Each of these throws `StoreFailure.corrupt` where the column holds something else.
  func text(_ column: Int) throws -> String
  func integer(_ column: Int) throws -> Int64
  func bytes(_ column: Int) throws -> [UInt8]
}
