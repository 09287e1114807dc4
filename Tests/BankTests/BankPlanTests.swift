import BankProtocol
import GRDB
import GRDBSQLite
import TestSupport
import Testing

@testable import BankSimulator

@Suite("An order costs the same however many there were before it", .temporaryFolder)
struct BankPlanTests {
  @Test("no statement of an operation steps through a whole table or a whole index")
  func noScan() async throws {
    let bank = try BankFolder().open()
    let client = EmbeddedBank(bank)
    let orders = (1...50).map { PaymentOrder.sample($0) }
    let corrections = (1...5).map {
      PaymentOrder.sample($0, key: "correction-\($0)", trackingID: "trk-correction-\($0)", corrects: "trk-\($0)")
    }
    for batch in [orders, corrections] {
      _ = await client.prepare(batch)
      _ = await client.commit(batch)
    }
    _ = await client.void([.sample(50)])
    #expect(try await bank.totals().paymentsMade == 55)

    let scanned = try await bank.books.write { books in
      try Mirror(reflecting: BankStatements(books)).children.compactMap { $0.value as? Statement }
        .filter { sqlite3_stmt_status($0.sqliteStatement, SQLITE_STMTSTATUS_FULLSCAN_STEP, 0) > 0 }.map(\.sql)
    }
    #expect(scanned.isEmpty)
  }

  @Test("an operation takes as many steps after a thousand orders as after the first fifty")
  func steps() async throws {
    let bank = try BankFolder().open()
    let first = try await steps(of: 1...50, at: bank)
    _ = try await steps(of: 51...1_000, at: bank)
    let last = try await steps(of: 1_001...1_050, at: bank)
    #expect(!first.isEmpty)
    for (statement, count) in last { #expect(count <= first[statement, default: 0] * 11 / 10, "\(statement)") }
  }

  /// Makes payments and corrects each, and returns the steps that each statement took in SQLite's virtual machine.
  private func steps(of numbers: ClosedRange<Int>, at bank: Bank) async throws -> [String: Int32] {
    let client = EmbeddedBank(bank)
    let corrections = numbers.map {
      PaymentOrder.sample($0, key: "correction-\($0)", trackingID: "trk-correction-\($0)", corrects: "trk-\($0)")
    }
    for batch in [numbers.map { PaymentOrder.sample($0) }, corrections] {
      _ = await client.prepare(batch)
      _ = await client.commit(batch)
    }
    return try await bank.books.write { books in
      let statements = try Mirror(reflecting: BankStatements(books)).children.compactMap { $0.value as? Statement }
      return Dictionary(
        uniqueKeysWithValues: statements.map {
          ($0.sql, sqlite3_stmt_status($0.sqliteStatement, SQLITE_STMTSTATUS_VM_STEP, 1))
        })
    }
  }
}
