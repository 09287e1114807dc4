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
}
