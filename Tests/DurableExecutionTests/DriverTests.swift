import DurableDriver
import DurableExecution
import DurableSQL
import DurableTesting
import Foundation
import GRDB
import PostgresDriver
import TestSupport
import Testing

@Suite("A store over a driver of the library's user", .postgres)
struct DriverTests {
  @Test("keeps every promise, in SQLite and in PostgreSQL", arguments: StoreConformance.checks, StoreKind.allCases)
  func promise(_ check: StoreConformance.Check, on kind: StoreKind) async throws {
    let folder = try TemporaryFolder()
    defer { withExtendedLifetime(folder) {} }
    switch kind {
    case .sqlite: try await check.run(on: .driver(try FileDriver(path: folder.file("own.db"))))
    case .postgres:
      let server = try PrivatePostgres.shared()
      let schema = server.newSchema()
      try await server.run("CREATE SCHEMA \(schema)", in: "public")
      try await check.run(on: .driver(ServerDriver(address: server.address, schema: schema)))
    }
  }
}

@Suite("The checks of a store")
struct BrokenDriverTests {
  @Test("find a driver that breaks a promise", arguments: DriverFault.allCases)
  private func broken(_ fault: DriverFault) async throws {
    var failed: [String] = []
    for check in StoreConformance.checks where failed.isEmpty {
      let folder = try TemporaryFolder()
      do {
        try await check.run(on: .driver(try FileDriver(path: folder.file("own.db"), fault: fault)))
      } catch {
        failed.append("\(check): \(error)")
      }
    }
    #expect(!failed.isEmpty)
  }
}

/// A promise that a driver can break.
private enum DriverFault: CaseIterable, Sendable {
  case commitsAfterAnError
  case ignoresRefusedRows
  case endsQueriesSilently
  case normalizesTexts
  case trimsTexts
  case countsInDoubles
}

/// A driver over GRDB, as a program that already uses GRDB would write it.
private struct FileDriver: SQLDriver {
  let queue: DatabaseQueue
  /// The promise that the driver breaks; nil for a driver that keeps all.
  private let fault: DriverFault?
  var dialect: SQLDialect { .sqlite }

  init(path: String, fault: DriverFault? = nil) throws {
    self.fault = fault
    var configuration = Configuration()
    configuration.busyMode = .timeout(30)
    queue = try DatabaseQueue(path: path, configuration: configuration)
  }

  func transaction(_ body: @escaping @Sendable (any SQLConnection) throws -> Void) async throws {
    do {
      let failure = try await queue.write { [fault] database -> (any Error)? in
        do {
          try body(Connection(database: database, fault: fault))
          return nil
        } catch  where fault == .commitsAfterAnError {
          return error
        }
      }
      if let failure { throw failure }
    } catch let error as DatabaseError {
      let message = error.message ?? ""
      throw error.resultCode == .SQLITE_CONSTRAINT ? StoreFailure.constraint(message) : .failed(message)
    }
  }

  private struct Connection: SQLConnection {
    let database: Database
    let fault: DriverFault?

    func execute(_ sql: String, _ arguments: [SQLArgument]) throws -> Int {
      do {
        try database.execute(sql: sql, arguments: StatementArguments(arguments.map(value)))
      } catch  where fault == .ignoresRefusedRows {
        return 1
      }
      return database.changesCount
    }

    func query(_ sql: String, _ arguments: [SQLArgument], _ read: (any SQLRow) throws -> Void) throws {
      do {
        let rows = try Row.fetchCursor(database, sql: sql, arguments: StatementArguments(arguments.map(value)))
        while let row = try rows.next() { try read(FileRow(row: row, fault: fault)) }
      } catch is DatabaseError where fault == .endsQueriesSilently {
      }
    }

    func run(script: String) throws { try database.execute(sql: script) }

    func lock(_ names: [String], _ mode: LockMode) {}

    private func value(_ argument: SQLArgument) -> DatabaseValue {
      switch argument {
      case .null: .null
      case .text(let text) where fault == .normalizesTexts: text.precomposedStringWithCanonicalMapping.databaseValue
      case .text(let text) where fault == .trimsTexts: text.trimmingCharacters(in: .whitespaces).databaseValue
      case .text(let text): text.databaseValue
      case .integer(let integer): integer.databaseValue
      case .bytes(let bytes): Data(bytes).databaseValue
      case .texts: .null
      }
    }
  }

  private struct FileRow: SQLRow {
    let row: Row
    let fault: DriverFault?

    func isNull(_ column: Int) -> Bool { row.hasNull(atIndex: column) }
    func text(_ column: Int) throws -> String { try row.decode(String.self, atIndex: column) }
    func integer(_ column: Int) throws -> Int64 {
      let integer = try row.decode(Int64.self, atIndex: column)
      return fault == .countsInDoubles ? Int64(exactly: Double(integer)) ?? 0 : integer
    }
    func bytes(_ column: Int) throws -> [UInt8] { [UInt8](try row.decode(Data.self, atIndex: column)) }
  }
}

/// A driver over libpq. One transaction runs at a time, so there are no conflicts and nothing to lock by name.
private struct ServerDriver: SQLDriver {
  private let pool: PostgresPool
  private let schema: String
  var dialect: SQLDialect { .postgres }

  init(address: PostgresAddress, schema: String) {
    pool = PostgresPool(address, limit: 4)
    self.schema = schema
  }

  func transaction(_ body: @escaping @Sendable (any SQLConnection) throws -> Void) async throws {
    let schema = schema
    do {
      try await pool.use { wire in
        try wire.execute(script: "BEGIN; SELECT pg_advisory_xact_lock(hashtext('\(schema)'))")
        do {
          try wire.execute(script: "SET LOCAL search_path = \(schema)")
          try body(Connection(wire: wire))
        } catch {
          try wire.execute(script: "ROLLBACK")
          throw error
        }
        try wire.execute(script: "COMMIT")
      }
    } catch let error as PostgresError {
      let isRefusal = error.state?.errorClass == .integrityConstraintViolation
      throw isRefusal ? StoreFailure.constraint("\(error)") : .failed("\(error)")
    }
  }

  private struct Connection: SQLConnection {
    let wire: PostgresWire

    func execute(_ sql: String, _ arguments: [SQLArgument]) throws -> Int {
      try answer(sql, arguments).changedRows
    }

    func query(_ sql: String, _ arguments: [SQLArgument], _ read: (any SQLRow) throws -> Void) throws {
      let result = try answer(sql, arguments)
      for index in 0..<result.rowCount { try read(ServerRow(row: result.row(index))) }
    }

    func run(script: String) throws { try wire.execute(script: script) }

    func lock(_ names: [String], _ mode: LockMode) {}

    private func answer(_ sql: String, _ arguments: [SQLArgument]) throws -> PostgresResult {
      var values = PostgresArguments()
      for argument in arguments {
        switch argument {
        case .null: values.appendNull()
        case .text(let text): values.append(text: text)
        case .integer(let integer): values.append(integer: integer)
        case .bytes(let bytes): values.append(bytes: bytes)
        case .texts(let texts): values.append(texts: texts)
        }
      }
      try wire.send("own.\(ContentDigest.sha256(sql.utf8).prefix(32))", sql, values)
      guard let result = try wire.answers().last else { throw StoreFailure.failed("no answer") }
      return result
    }
  }

  private struct ServerRow: SQLRow {
    let row: PostgresRow

    func isNull(_ column: Int) -> Bool { row.isNull(column) }
    func text(_ column: Int) throws -> String { try row.text(column) }
    func integer(_ column: Int) throws -> Int64 { try row.integer(column) }
    func bytes(_ column: Int) throws -> [UInt8] { try row.bytes(column) }
  }
}
