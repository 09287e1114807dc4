import BankProtocol
import ClaimPipeline
import DurableExecution
import GRDB
import TestSupport
import Testing

@testable import BankSimulator

/// If one order of a batch is invalid, the other orders are answered as if that order were absent.
@Suite(.temporaryFolder) struct OneBadOrderTests {
  private static let bad = 76

  @Test(arguments: BankUnderTest.allCases)
  func `an order the books do not take is refused alone, and leaves nothing behind`(_ way: BankUnderTest) async throws {
    try await way.open(in: BankFolder()) { client, bank in
      let orders = (0..<200).map { PaymentOrder.sample($0) }
      try await refuse("payments", when: "NEW.reference = '\(orders[Self.bad].reference)'", in: bank)
      let prepared = await client.prepare(orders).to(orders)
      #expect(prepared.count { $0?.value != nil } == 199)
      #expect(prepared[Self.bad]?.refusal == "malformed-request")
      let fences = try await bank.books.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM fences") }
      #expect(fences == 199, "no fence of the refused order is left")
      let committed = await client.commit(orders).to(orders)
      #expect(committed.count { $0?.value != nil } == 199 && committed[Self.bad]?.value == nil)
      #expect(try await bank.totals().paymentsMade == 199)
    }
  }

  @Test(arguments: BankUnderTest.allCases)
  func `a commit the books do not take is unclear alone, and can be made later`(_ way: BankUnderTest) async throws {
    try await way.open(in: BankFolder()) { client, bank in
      let orders = (0..<200).map { PaymentOrder.sample($0) }
      _ = await client.prepare(orders)
      try await refuse("transfers", when: "NEW.reference = '\(orders[Self.bad].reference)'", in: bank)
      let committed = await client.commit(orders).to(orders)
      #expect(committed.count { $0?.value != nil } == 199 && committed[Self.bad]?.unclear == "gateway-error")
      #expect(try only(await client.standing(of: [orders[Self.bad]])) == .prepared)
      try await bank.books.write { try $0.execute(sql: "DROP TRIGGER refuses") }
      #expect(try only(await client.commit([orders[Self.bad]])).value != nil)
      #expect(try await bank.totals().paymentsMade == 200)
    }
  }

  private func refuse(_ table: String, when condition: String, in bank: Bank) async throws {
    try await bank.books.write {
      try $0.execute(
        sql: """
          CREATE TRIGGER refuses BEFORE INSERT ON \(table) WHEN \(condition)
          BEGIN SELECT RAISE(ABORT, 'refused'); END
          """)
    }
  }
}
