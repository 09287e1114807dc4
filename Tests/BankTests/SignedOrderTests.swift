import AsyncHTTPClient
import BankClient
import BankProtocol
import ClaimsDomain
import DurableExecution
import Foundation
import GRDB
import NIOCore
import NIOHTTP1
import Signatures
import TestSupport
import Testing

@testable import BankSimulator

@Suite("A bank that asks for signatures acts for known issuers only", .temporaryFolder)
struct SignedOrderTests {
  private static let mine = OrderSigner(.of(1))
  private static let theirs = OrderSigner(.of(2))
  private static let stranger = OrderSigner(.of(3))
  private static let issuers = mine.keys.union(theirs.keys)

  /// Serves a bank that knows two issuers.
  private func withBank(_ body: (Bank, BankURL, (OrderSigner?) -> HTTPPaymentBank) async throws -> Void) async throws {
    let bank = try BankFolder().open()
    try await withBankServer(bank, issuers: Self.issuers) { url in
      try await body(bank, url) { signer in
        HTTPPaymentBank(url, trusting: BankTrust(bank: bank.id, key: bank.key, signer: signer), timeout: .patience)
      }
    }
  }

  @Test func `a signed order is paid, and the receipt names its issuer`() async throws {
    try await withBank { bank, _, client in
      let paying = client(Self.mine)
      #expect(try only(await paying.prepare([.sample()])).value != nil)
      let receipt = try #require(try only(await paying.commit([.sample()])).value)
      let stated = try TransferReceipt(verifying: try #require(receipt.signed), with: bank.keys)
      #expect(stated.issuer == Self.mine.issuer.text && stated.amountCents == 125_50 && stated.status == .paid)
      #expect(stated.transferID == receipt.transferID && stated.idempotencyKey == PaymentOrder.sample().idempotencyKey)
      #expect(try await bank.totals().net.cents == 125_50)
    }
  }

  @Test(arguments: [false, true])
  func `an unsigned or a stranger's order leaves nothing behind, and its outcome is unknown`(
    isSigned: Bool
  ) async throws {
    try await withBank { bank, _, client in
      let other = client(isSigned ? Self.stranger : nil)
      #expect(try only(await other.prepare([.sample()])).unclear == "signature-refused")
      #expect(try only(await other.commit([.sample()])).unclear == "signature-refused")
      #expect(try only(await other.void([.sample()])).unclear == "signature-refused")
      guard case .unknown(let failure) = try only(await other.standing(of: [.sample()])) else {
        Issue.record("the bank said what became of the order")
        return
      }
      #expect(failure.code == "signature-refused")
      await #expect(throws: ActivityFailure.self) { try await other.statement() }
      await #expect(throws: ActivityFailure.self) { try await other.transfers(after: 0, limit: 1) }
      await #expect(throws: ActivityFailure.self) { try await other.transfers(references: ["claim-1"]) }
      let rows = try await bank.books.read { db in
        try ["payments", "fences", "responses"].map { try Int.fetchOne(db, sql: "SELECT count(*) FROM \($0)") }
      }
      #expect(rows == [0, 0, 0])
    }
  }

  @Test func `the same key of two issuers is two orders, and neither sees the other's`() async throws {
    try await withBank { bank, _, client in
      let (first, second) = (client(Self.mine), client(Self.theirs))
      for bank in [first, second] { #expect(try only(await bank.prepare([.sample()])).value != nil) }
      let mine = try #require(try only(await first.commit([.sample()])).value)
      guard case .prepared = try only(await second.standing(of: [.sample()])) else {
        Issue.record("the payment of one issuer is not prepared for the other")
        return
      }
      #expect(try await second.transfers(after: 0, limit: 10).isEmpty)
      #expect(try await second.transfers(references: ["claim-1"]).isEmpty)
      #expect(try await second.statement().newestTransfer == 0)
      let theirs = try #require(try only(await second.commit([.sample()])).value)
      #expect(mine.transferID != theirs.transferID)
      #expect(try await first.transfers(after: 0, limit: 10).map(\.id) == [mine.transferID])
      #expect(try only(await second.void([.sample()])).value != nil)
      #expect(try await bank.totals().net.cents == 125_50, "one has taken its own back, and not the other's")
    }
  }

  @Test func `one issuer can neither commit nor void what another has prepared`() async throws {
    try await withBank { bank, _, client in
      #expect(try only(await client(Self.mine).prepare([.sample()])).value != nil)
      #expect(try only(await client(Self.theirs).commit([.sample()])).refusal == "unknown-payment")
      #expect(try only(await client(Self.theirs).void([.sample()])).refusal == "unknown-payment")
      guard case .neverHeardOf = try only(await client(Self.theirs).standing(of: [.sample()])) else {
        Issue.record("one issuer sees the other's payment")
        return
      }
      #expect(try only(await client(Self.mine).commit([.sample()])).value != nil)
      #expect(try await bank.transfers().count == 1)
    }
  }

  /// A request that carries the signature of another request.
  enum Reuse: CaseIterable {
    case body, key, epoch, payment, operation, bank, twice
  }

  @Test(arguments: Reuse.allCases)
  func `a signature is good for one request only`(_ reuse: Reuse) async throws {
    try await withBank { bank, url, client in
      let order = PaymentOrder.sample()
      #expect(try only(await client(Self.mine).prepare([order])).value != nil)
      let body = Array(#"{"reason":"adjusted"}"#.utf8)
      var signed = SignedParts(
        .void, idempotencyKey: "void-1", trackingID: order.trackingID, epoch: .first, body: body)
      var audience = bank.id
      switch reuse {
      case .body: signed.body = Array(#"{"reason":"another"}"#.utf8)
      case .key: signed.idempotencyKey = "void-2"
      case .epoch: signed.epoch = Epoch(2)
      case .payment: signed.trackingID = TrackingID("trk-2")
      case .operation: signed.operation = .commit
      case .bank: audience = BankID("bank-other")
      case .twice: break
      }
      let signature = try Self.mine.signature(of: signed, for: audience)
      var request = HTTPClientRequest(url: "\(url)/payments/\(order.trackingID)/void")
      request.method = .POST
      request.headers.add(name: BankHeader.idempotencyKey, value: "void-1")
      request.headers.add(name: BankHeader.fencingEpoch, value: "1")
      request.headers.add(name: BankHeader.signature, value: signature)
      if reuse == .twice { request.headers.add(name: BankHeader.signature, value: signature) }
      request.body = .bytes(body)
      let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
      let problem = String(buffer: try await response.body.collect(upTo: 1 << 16))
      #expect(response.status == .forbidden && problem.contains("\"code\":\"signature-invalid\""), "\(problem)")
      #expect(problem.contains("must be sent once") == (reuse == .twice), "\(problem)")
      #expect(try only(await client(Self.mine).commit([order])).value != nil, "the payment was not voided")
    }
  }

  @Test func `books of signed orders are not opened without their issuers, nor the other way round`() async throws {
    let (signed, unsigned) = (try BankFolder().open(), try BankFolder().open())
    _ = try await signed.prepare([.sample()], from: Self.mine.issuer)
    _ = try await unsigned.prepare([.sample()])
    try await signed.refuseOtherOrders(takingSigned: true)
    try await unsigned.refuseOtherOrders(takingSigned: false)
    await #expect(throws: BankError.otherOrders(areSigned: true)) {
      try await signed.refuseOtherOrders(takingSigned: false)
    }
    await #expect(throws: BankError.otherOrders(areSigned: false)) {
      try await unsigned.refuseOtherOrders(takingSigned: true)
    }
  }
}

extension SigningKey {
  /// A key for tests: the same number makes the same key.
  static func of(_ number: UInt8) -> SigningKey {
    guard let key = try? SigningKey(seed: Array(repeating: number, count: 32)) else {
      preconditionFailure("32 bytes make a key")
    }
    return key
  }
}
