package import ClaimStore
import ClaimPipeline
package import DurableExecution
package import DurablePostgres
package import DurableSQLite
package import DurableSQL

/// A store whose transactions run on an SQL session, so that a wrapper can be placed between the two.
package protocol SQLBackedStore: ClaimStore where Transaction == SQLTransaction<Session> {
  associatedtype Session: SQLSession
}

extension SQLiteStore: SQLBackedStore {
  package typealias Session = SQLiteSession
}

extension PostgresStore: SQLBackedStore {
  package typealias Session = PostgresSession
}

/// A store that does not recognize the work of an earlier life, as is true of most retry code: every life records its
/// work under names of its own.
///
/// All lives share claims, members, money, and the unique index on standing payments. They also share intake keys: a
/// service that has lost its memory still finds the row of a claim it has received.
package struct ForgetfulStore<Base: SQLBackedStore>: ClaimStore {
  package typealias Transaction = SQLTransaction<ForgetfulSession<Base.Session>>

  private let base: Base
  private let names: LifeNames

  /// - Parameter life: a text of letters and digits that is different for each life.
  package init(_ base: Base, life: String) {
    self.base = base
    names = LifeNames(life: life)
  }

  package func transaction<Value: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> Value
  ) async throws -> Value {
    try await base.transaction { [names] in try body(Transaction(ForgetfulSession($0.session, names))) }
  }

  package func read<Value: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> Value
  ) async throws -> Value {
    try await base.read { [names] in try body(Transaction(ForgetfulSession($0.session, names))) }
  }

  package func awaitWork(upTo duration: Duration) async { await base.awaitWork(upTo: duration) }

  package func shapeComparison() async throws -> ShapeComparison? { try await base.shapeComparison() }
}

/// Marks names derived from effect keys with the life that writes them. One life then never finds the records of
/// another, whether by key or by payment, decision, or audit ID.
struct LifeNames: Sendable {
  private static let separator = "~life-"
  private static let derived = ["idemp:", "PAY-", "EOB-", "ADJ-", "AUD-"]
  private static let shared = "idemp:intake:"

  private let mark: String

  init(life: String) {
    mark = Self.separator + life
  }

  func marked(_ value: SQLValue) -> SQLValue {
    switch value {
    case .text(let text): .text(marked(text))
    case .texts(let texts): .texts(texts.map(marked))
    case .null, .integer, .bytes, .flag: value
    }
  }

  private func marked(_ text: String) -> String {
    guard Self.derived.contains(where: text.hasPrefix), !text.hasPrefix(Self.shared), !text.contains(Self.separator)
    else { return text }
    return text + mark
  }

  func unmarked(_ text: String) -> String {
    text.hasSuffix(mark) ? String(text.dropLast(mark.count)) : text
  }

  func isKeyOfAnotherLife(_ text: String) -> Bool {
    text.hasPrefix("idemp:") && text.contains(Self.separator) && !text.hasSuffix(mark)
  }
}

/// The session of a forgetful store. It marks the values that go into a statement and removes the mark from the values
/// that come out.
package struct ForgetfulSession<Base: SQLSession>: SQLSession {
  package typealias Row = ForgetfulRow<Base.Row>

  private let base: Base
  private let names: LifeNames

  init(_ base: Base, _ names: LifeNames) {
    self.base = base
    self.names = names
  }

  package var now: Timestamp { base.now }
  package var incarnation: Int64 { base.incarnation }

  package func run(_ statement: Statement, _ rows: [[SQLValue]], orFail failure: ((Int) -> StoreFailure)?) throws {
    try base.run(statement, rows.map { $0.map(names.marked) }, orFail: failure)
  }

  package func ask<Value>(
    _ statement: Statement, _ questions: [[SQLValue]], _ value: (inout Columns<Row>) throws -> Value
  ) throws -> [[Value]] {
    try base.ask(statement, questions.map { $0.map(names.marked) }) { columns in
      var own = Columns(ForgetfulRow(base: columns.row, names: names))
      return try value(&own)
    }
  }

  package func ask<First, Second>(
    _ first: Question<Row, First>, then second: Question<Row, Second>
  ) throws -> ([First], [Second]) {
    let firsts = try ask(first.statement, [first.arguments], first.value)
    let seconds = try ask(second.statement, [second.arguments], second.value)
    return (firsts.flatMap(\.self), seconds.flatMap(\.self))
  }

  package func lock(_ names: [String], _ mode: LockMode) throws { try base.lock(names, mode) }

  package func announceWork() throws { try base.announceWork() }
}

/// A row in which the effect keys of another life read as missing.
package struct ForgetfulRow<Base: SQLRow>: SQLRow {
  let base: Base
  let names: LifeNames

  package func isNull(_ column: Int) -> Bool {
    guard !base.isNull(column) else { return true }
    guard let text = try? base.text(column) else { return false }
    return names.isKeyOfAnotherLife(text)
  }

  package func text(_ column: Int) throws -> String { names.unmarked(try base.text(column)) }

  package func integer(_ column: Int) throws -> Int64 { try base.integer(column) }

  package func bytes(_ column: Int) throws -> [UInt8] { try base.bytes(column) }
}
