import BankProtocol
import ClaimPipeline
import ClaimsDomain
import DurableExecution
import Foundation
import GRDB
import TestSupport
import Testing

@testable import BankSimulator

/// A bank that cannot use its file reports the reason in one clear line, and moves no money.
@Suite(.temporaryFolder) struct BrokenBooksTests {
  @Test(
    arguments: [
      ("PRAGMA query_only = 1", "read-only"), ("PRAGMA max_page_count = 1", "disk is full"),
    ])
  func `a file that cannot be written leaves the outcome unclear`(_ pragma: String, _ word: String) async throws {
    let bank = try BankFolder().open()
    try await bank.books.writeWithoutTransaction { try $0.execute(sql: pragma) }
    // Enough orders to need another page.
    let orders = (0..<500).map { PaymentOrder.sample($0) }
    let replies = await EmbeddedBank(bank).prepare(orders).to(orders).compactMap(\.self)
    #expect(replies.count == orders.count && replies.allSatisfy { $0.unclear == "gateway-error" })
    guard case .unclear(let failure)? = replies.first else { return }
    #expect(failure.message.contains(word), "\(failure.message)")
    #expect(!failure.message.contains("\n"))
    #expect(try await bank.totals().paymentsMade == 0)
  }

  @Test func `a bank that was upgraded, or did not need to be, checks its references`() throws {
    let books = try DatabaseQueue()
    for _ in 1...2 {
      try books.inDatabase { db in
        try BankSchema.install(in: db, path: "books")
        #expect(try Int.fetchOne(db, sql: "PRAGMA foreign_keys") == 1)
      }
    }
  }

  @Test func `a file that cannot be opened is named`() throws {
    let folder = try BankFolder()
    let error = #expect(throws: BankError.self) { try Bank(path: folder.url.path) }
    #expect(error?.description.contains(folder.url.path) == true)
    let missing = folder.url.appending(path: "missing/bank.db").path
    #expect(throws: BankError.self) { try Bank(path: missing) }
  }

  @Test func `a file of something else is not touched`() throws {
    let folder = try BankFolder()
    let queue = try DatabaseQueue(path: folder.path)
    try queue.write { try $0.execute(sql: "CREATE TABLE claims (id TEXT)") }
    #expect(throws: BankError.notABank(path: folder.path)) { try folder.open() }
    #expect(try queue.read { try $0.tableExists("payments") } == false)
  }

  @Test func `a file of a later version is left alone`() throws {
    let folder = try BankFolder()
    _ = try folder.open()
    try DatabaseQueue(path: folder.path).inDatabase { try $0.execute(sql: "PRAGMA user_version = 99") }
    #expect(throws: BankError.newerSchema(path: folder.path, version: 99)) { try folder.open() }
  }

  @Test func `a file that is no database is said to be damaged`() throws {
    let folder = try BankFolder()
    try Data(repeating: 0x41, count: 4096).write(to: URL(filePath: folder.path))
    let error = #expect(throws: BankError.self) { try folder.open() }
    #expect(error?.description.contains("not a database") == true)
  }

  @Test(
    arguments: [
      "UPDATE transfers SET amount_cents = 1", "DELETE FROM transfers", "DELETE FROM responses",
      "UPDATE responses SET status = 200", "UPDATE fences SET epoch = epoch - 1",
      "UPDATE payments SET state = 'prepared'", "UPDATE payments SET amount_cents = 0",
      "UPDATE bank SET bank_id = 'another'", "DELETE FROM bank", "UPDATE bank_secret SET bytes = zeroblob(32)",
      "DELETE FROM bank_secret", "UPDATE receipts SET signed = 'x'", "DELETE FROM receipts",
      "INSERT INTO payments SELECT '', 'trk-2', 'key-2', payee_reference, payee_name, amount_cents, payer, reference, origin,"
        + " corrects, state, outgoing, returned, void_reason FROM payments",
      "INSERT INTO transfers (tracking_id, direction, amount_cents, payer, payee_reference, reference, origin)"
        + " SELECT tracking_id, 'out', amount_cents, payer, payee_reference, reference, origin FROM payments",
      "INSERT INTO transfers (tracking_id, direction, amount_cents, payer, payee_reference, reference, origin)"
        + " SELECT tracking_id, 'back', -1, payer, payee_reference, reference, origin FROM payments",
    ])
  func `the database itself refuses to change what happened`(_ sql: String) async throws {
    let bank = try BankFolder().open()
    let client = EmbeddedBank(bank)
    _ = await client.prepare([.sample(epoch: 2)])
    _ = await client.commit([.sample(epoch: 2)])
    await #expect(throws: DatabaseError.self) {
      try await bank.books.write { try $0.execute(sql: sql) }
    }
    #expect(try await bank.totals().net.cents == 125_50)
  }

  @Test func `a power cut takes nothing back: every commit is synced`() async throws {
    let bank = try BankFolder().open()
    let synchronous = try await bank.books.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
    #expect(synchronous == 2)
  }
}
