import AsyncHTTPClient
import BankClient
import BankProtocol
import BankSimulator
import ClaimsDomain
import DurableExecution
import Foundation
import GRDB
import NIOCore
import Signatures
import TestSupport
import Testing

@Suite("The bank signs one receipt for each transfer, and it stays the same", .temporaryFolder)
struct BankReceiptTests {
  @Test(arguments: BankUnderTest.allCases)
  func `commit, its repeat, the status query and a restarted bank give the same receipt`(
    _ kind: BankUnderTest
  ) async throws {
    let folder = try BankFolder()
    var receipts: Set<String> = []
    for _ in 0..<2 {
      try await kind.openTrusting(folder) { client, bank in
        _ = await client.prepare([.sample()])
        for _ in 0..<2 {
          let committed = try #require(try only(await client.commit([.sample()])).value)
          receipts.insert(try #require(committed.signed))
        }
        guard case .done(let standing) = try only(await client.standing(of: [.sample()])) else {
          Issue.record("the payment was made")
          return
        }
        receipts.insert(try #require(standing.signed))
        let stated = try TransferReceipt(verifying: try #require(standing.signed), with: bank.keys)
        #expect(stated.bank == bank.id && stated.payeeDigest == TransferReceipt.digest(ofPayee: "1234567893"))
        #expect(stated.issuer == nil && stated.currency == "USD" && stated.time.hasSuffix("Z"))
      }
    }
    #expect(receipts.count == 1)
  }

  @Test(arguments: BankUnderTest.allCases)
  func `money that comes back has a receipt of its own`(_ kind: BankUnderTest) async throws {
    try await kind.openTrusting(BankFolder()) { client, bank in
      _ = await client.prepare([.sample()])
      let paid = try #require(try only(await client.commit([.sample()])).value)
      var receipts: Set<String> = []
      for _ in 0..<2 {
        receipts.insert(try #require(try only(await client.void([.sample()])).value?.signed))
      }
      let stated = try TransferReceipt(verifying: try only(Array(receipts)), with: bank.keys)
      #expect(stated.status == .returned && stated.amountCents == 125_50)
      #expect(stated.transferID != paid.transferID && stated.trackingID == paid.trackingID)
      #expect(stated.idempotencyKey == VoidOrder.sample().idempotencyKey)
      guard case .done(let standing) = try only(await client.standing(of: [.sample()])) else {
        Issue.record("the payment was made")
        return
      }
      #expect(standing.signed == paid.signed)
    }
  }

  @Test func `a void that finds no money out has no receipt`() async throws {
    try await BankUnderTest.overHTTP.openTrusting(BankFolder()) { client, _ in
      _ = await client.prepare([.sample()])
      let void = try #require(try only(await client.void([.sample()])).value)
      #expect(void.transferID.isEmpty && void.signed == nil)
    }
  }

  @Test func `that no money had gone out is not believed of a payment that is known to be made`() throws {
    var order = VoidOrder.sample()
    let body = VoidReceipt(trackingID: order.trackingID, transferID: "")
    let verifier = ReceiptVerifier(bank: BankID("bank-1"), key: SigningKey.of(4).publicKey, issuer: nil)
    for receipts in [ReceiptPolicy.ignored, .kept, .required(verifier)] {
      let answer = BankAnswer(response: try .json(200, body), place: "here", receipts: receipts)
      order.bringsBack = false
      #expect(answer.voided(order).value?.transferID == "")
      order.bringsBack = true
      #expect(answer.voided(order).unclear == "gateway-error")
    }
  }

  @Test func `a bank that signs with another key than the one on record gets no commit, and nothing it says counts`()
    async throws
  {
    let bank = try BankFolder().open()
    try await withBankServer(bank) { url in
      let trust = BankTrust(bank: bank.id, key: SigningKey.of(9).publicKey)
      let client = HTTPPaymentBank(url, trusting: trust, timeout: .patience)
      #expect(try only(await client.prepare([.sample()])).unclear == "receipt-invalid")
      #expect(try only(await client.commit([.sample()])).unclear == "receipt-invalid")
      guard case .unknown(let failure) = try only(await client.standing(of: [.sample()])) else {
        Issue.record("the word of another bank was believed")
        return
      }
      #expect(failure.code == "receipt-invalid" && !failure.isTerminal)
    }
  }

  /// A receipt that is not the one for the order.
  enum Distortion: CaseIterable {
    case missing, changed, otherKey, otherAmount, otherPayee, otherOrder, returned, otherIssuer, orderSignature
  }

  @Test(arguments: Distortion.allCases)
  func `only the bank's own receipt for this very order ends it`(_ distortion: Distortion) async throws {
    let (key, order) = (SigningKey.of(4), PaymentOrder.sample())
    let bank = BankID("bank-1")
    var receipt = TransferReceipt(
      bank: bank, issuer: Issuer("me"), idempotencyKey: order.idempotencyKey, trackingID: order.trackingID,
      transferID: "transfer-1", amount: order.amount, payee: order.payee.reference, status: .paid,
      time: "2026-04-01T12:00:00Z")
    var (signer, type) = (key, TransferReceipt.type)
    switch distortion {
    case .missing, .changed: break
    case .otherKey: signer = .of(5)
    case .otherAmount: receipt.amountCents += 1
    case .otherPayee: receipt.payeeDigest = TransferReceipt.digest(ofPayee: "another")
    case .otherOrder: receipt.idempotencyKey += "0"
    case .returned: receipt.status = .returned
    case .otherIssuer: receipt.issuer = "another"
    case .orderSignature: type = "payment-order+jwt"
    }
    var text: String? = try CompactJWS(signing: receipt, type: type, with: signer).text
    if distortion == .missing { text = nil }
    if distortion == .changed { text = text?.replacing(".", with: ".A", maxReplacements: 1) }
    let body = BankReceipt(trackingID: order.trackingID, transferID: "transfer-1", amount: order.amount)
    var response = try BankResponse.json(200, body)
    response.receipt = text
    let verifier = ReceiptVerifier(bank: bank, key: key.publicKey, issuer: Issuer("me"))
    let answer = BankAnswer(response: response, place: "here", receipts: .required(verifier))
    #expect(answer.committed(order).unclear == "receipt-invalid")
  }

  @Test func `every changed byte of a receipt is noticed`() throws {
    let key = SigningKey.of(4)
    let receipt = TransferReceipt(
      bank: BankID("bank-1"), issuer: .unsigned, idempotencyKey: "key", trackingID: TrackingID("trk"),
      transferID: "transfer-1", amount: Money(cents: 1), payee: "payee", status: .paid, time: "2026-04-01T12:00:00Z")
    let text = try CompactJWS(signing: receipt, type: TransferReceipt.type, with: key).text
    let keys = KeySet([key.publicKey])
    #expect(try TransferReceipt(verifying: text, with: keys) == receipt)
    let bytes = Array(text.utf8)
    for index in bytes.indices {
      for other in [bytes[index] ^ 1, UInt8(ascii: "A"), UInt8(ascii: "-"), UInt8(ascii: ".")]
      where other != bytes[index] {
        var changed = bytes
        changed[index] = other
        let text = String(decoding: changed, as: UTF8.self)
        #expect(throws: JWSDefect.self, "byte \(index)") { try TransferReceipt(verifying: text, with: keys) }
      }
    }
  }

  @Test func `a header cannot choose another algorithm, or demand what we do not know`() throws {
    let key = SigningKey.of(4)
    let keys = KeySet([key.publicKey])
    let id = key.publicKey.id
    for header in [
      #"{"alg":"none","kid":"\#(id)","typ":"t"}"#, #"{"alg":"HS256","kid":"\#(id)","typ":"t"}"#,
      #"{"alg":"EdDSA","kid":"\#(id)","typ":"t","crit":["exp"]}"#,
      #"{"alg":"none","alg":"EdDSA","kid":"\#(id)","typ":"t"}"#, "{}", "[]",
    ] {
      let text = Base64URL.text(of: Array(header.utf8)) + ".e30." + String(repeating: "A", count: 86)
      #expect(throws: JWSDefect.changed, "\(header)") { try TransferReceipt(verifying: text, with: keys) }
    }
  }

  @Test func `the published keys are read back, and a private key among them is refused`() throws {
    let keys = KeySet([SigningKey.of(1).publicKey, SigningKey.of(2).publicKey])
    #expect(try KeySet(parsing: keys.json) == keys)
    let x = SigningKey.of(1).publicKey.text
    for set in [
      #"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"\#(x)","d":"\#(x)"}]}"#, #"{"keys":[]}"#, "{}", "",
      #"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"short"}]}"#, #"{"keys":[{"kty":"RSA"}]}"#,
    ] {
      #expect(throws: KeyDefect.self, "\(set)") { try KeySet(parsing: Array(set.utf8)) }
    }
  }

  @Test func `the example of RFC 8037 has the thumbprint and the signature that the RFC gives`() throws {
    let seed = try #require(Base64URL.bytes(of: "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"))
    let key = try SigningKey(seed: seed)
    #expect(key.publicKey.text == "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
    #expect(key.publicKey.id == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k")
  }

  @Test func `books from before receipts keep every payment, and sign for it when asked`() async throws {
    let folder = try BankFolder()
    try OldBooks.write(to: folder.path)
    let bank = try folder.open()
    #expect(bank.id == BankID("bank-old"))
    #expect(try await bank.transfers().map(\.trackingID.text) == ["trk-1"])
    let client = EmbeddedBank(bank)
    guard case .done(let standing) = try only(await client.standing(of: [.sample()])) else {
      Issue.record("the old payment is gone")
      return
    }
    let stated = try TransferReceipt(verifying: try #require(standing.signed), with: bank.keys)
    #expect(stated.time == "2026-01-02T03:04:05Z" && stated.transferID == "transfer-1")
    #expect(try only(await client.commit([.sample()])).value?.signed == standing.signed)
    #expect(try folder.open().key == bank.key)
    #expect(try only(await client.prepare([.sample(2, reference: "claim-1")])).refusal == "paid-under-other-key")
  }
}

extension BankUnderTest {
  /// Runs the body with a client that has the bank's key on record.
  func openTrusting(
    _ folder: BankFolder, _ body: (any PaymentBank, Bank) async throws -> Void
  ) async throws {
    let bank = try folder.open()
    guard self == .overHTTP else { return try await body(EmbeddedBank(bank), bank) }
    try await withBankServer(bank) { url in
      let trust = BankTrust(bank: bank.id, key: bank.key)
      try await body(HTTPPaymentBank(url, trusting: trust, timeout: .patience), bank)
    }
  }
}

/// A bank's books as an earlier program made them, with one payment.
private enum OldBooks {
  static func write(to path: String) throws {
    let steps = ["bank_0001_ledger", "bank_0002_corrections"].map { name in
      URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Sources/BankSimulator/Migrations/\(name).sql")
    }
    let books = try DatabaseQueue(path: path)
    try books.write { db in
      for step in steps { try db.execute(sql: try String(contentsOf: step, encoding: .utf8)) }
      try db.execute(
        sql: """
          INSERT INTO bank VALUES (1, 'bank-old');
          INSERT INTO payments VALUES ('trk-1', 'idemp:pay:claim-1:125.50:0.00', '1234567893', 'Cedar Clinic', 12550,
            'SAMPLE01', 'claim-1', 'claim-1', NULL, 'prepared', NULL, NULL, NULL);
          INSERT INTO transfers VALUES (1, 'trk-1', 'out', 12550, 'SAMPLE01', '1234567893', 'claim-1', 'claim-1',
            '2026-01-02 03:04:05');
          UPDATE payments SET state = 'committed', outgoing = 1;
          INSERT INTO fences VALUES ('trk-1', 'idemp:pay:claim-1:125.50:0.00', 1);
          INSERT INTO responses VALUES ('idemp:pay:claim-1:125.50:0.00', 'commit', \(commitFingerprint), 200,
            'application/json', CAST('{"amount":"125.50","tracking_id":"trk-1","transfer_id":"transfer-1"}' AS BLOB));
          PRAGMA application_id = 1111576139;
          PRAGMA user_version = 2;
          """)
    }
  }

  /// The SHA-256 of the length and the bytes of `trk-1`.
  private static let commitFingerprint = "X'52d74ffc3235be35d7e17a1323720830422bd450c1f132244877c32ac9ec516a'"
}
