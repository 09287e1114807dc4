import DurableExecution
import DurableSQL

/// The session of a forgetful store. It marks the values that go into a statement and removes the mark from the values
/// that come out.
struct ForgetfulSession: SQLSession {
  private let base: any SQLSession
  private let names: LifeNames

  init(_ base: any SQLSession, _ names: LifeNames) {
    self.base = base
    self.names = names
  }

  var now: Timestamp {
    get throws { try base.now }
  }
  var incarnation: Int64 {
    get throws { try base.incarnation }
  }

  func run(_ statement: Statement, _ rows: [[SQLValue]], orFail failure: ((Int) -> StoreFailure)?) throws {
    try base.run(statement, rows.map { $0.map(names.marked) }, orFail: failure)
  }

  func ask(_ queries: [SQLQuery], _ read: (Int, inout Columns) throws -> Void) throws {
    let queries = queries.map { SQLQuery($0.statement, $0.questions.map { $0.map(names.marked) }) }
    try base.ask(queries) { question, row in
      var own = Columns(ForgetfulRow(base: row.row, names: names))
      try read(question, &own)
    }
  }

  func lock(_ names: [String], _ mode: LockMode) throws { try base.lock(names, mode) }

  func announceWork() throws { try base.announceWork() }
}

/// A row in which the effect keys of another life read as missing.
private struct ForgetfulRow: SQLRow {
  let base: any SQLRow
  let names: LifeNames

  func isNull(_ column: Int) -> Bool {
    guard !base.isNull(column) else { return true }
    guard let text = try? base.text(column) else { return false }
    return names.isKeyOfAnotherLife(text)
  }

  func text(_ column: Int) throws -> String { names.unmarked(try base.text(column)) }

  func integer(_ column: Int) throws -> Int64 { try base.integer(column) }

  func bytes(_ column: Int) throws -> [UInt8] { try base.bytes(column) }
}
