import AsyncHTTPClient
import BankSimulator
import Foundation
import GRDB
import NIOCore
import TestSupport
import Testing

@Suite("Orders are signed, transfers have receipts, and whoever has the published keys can verify both")
struct ReceiptTests {
  private static let paid = 5
  private static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(
    path: "../Support/verify_receipt.py"
  ).standardizedFileURL.path

  /// Makes a store, and writes the key that it signs with to a file.
  private func makeStore(_ store: [String], keyIn file: String, in office: Office) async throws {
    #expect(try await office.claims(["migrate"] + store).way == .exited(0))
    let keys = try await office.claims(["keys", "issuer"] + store)
    #expect(keys.way == .exited(0), "\(keys.errors)")
    #expect(try await office.claims(["keys", "issuer"] + store).output == keys.output)
    try office.write(keys.output, to: file)
  }

  private func download(_ url: String) async throws -> [UInt8] {
    let response = try await HTTPClient.shared.execute(HTTPClientRequest(url: url), timeout: .seconds(60))
    return Array((try await response.body.collect(upTo: 1 << 16)).readableBytesView)
  }

  /// The receipts in the bank's books.
  private func bankReceipts(_ office: Office, _ name: String) throws -> [String] {
    try DatabaseQueue(shared: office.path(name)).read { db in
      try String.fetchAll(db, sql: "SELECT signed FROM receipts ORDER BY signed")
    }
  }

  @Test("signed orders are paid, and their receipts are kept and verify", arguments: StoreKind.allCases)
  func signed(kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    try office.write(SampleClaims.text, to: "in.837")
    try await makeStore(store.option, keyIn: "issuers/payer.json", in: office)
    _ = try await Gateway.open(in: office, database: "bank.db", issuers: "issuers") { gateway in
      let run = try await office.process(["in.837", "--gateway", gateway.url] + store.option)
      #expect(run.way == .exited(65), "\(run.errors)")
      let verification = try await office.claims(["verify", "--gateway", gateway.url] + store.option)
      #expect(verification.way == .exited(0), "\(verification.text)\(verification.errors)")
      try office.write(try await download("\(gateway.url)/.well-known/jwks.json"), to: "bank.jwks")
    }
    try await office.bankPaid(Self.paid, in: "bank.db")
    let published = try await office.claims(["gateway", "--db", "bank.db", "--print-keys"])
    #expect(published.text == "\(try office.text(of: "bank.jwks"))\n")
    let receipts = try await store.sql("SELECT receipt FROM payments WHERE state = 'paid' AND amount_cents > 0")
    #expect(receipts.sorted() == (try bankReceipts(office, "bank.db")) && receipts.count == Self.paid)
    let id = try #require(
      try await store.sql("SELECT payment_id FROM payments WHERE state = 'paid' AND amount_cents > 0").first)
    try await verifies(id, store, in: office)
  }

  /// Shows a receipt, and verifies it with our program and with OpenSSL, unchanged and changed.
  private func verifies(_ id: String, _ store: StoreInUse, in office: Office) async throws {
    let shown = try await office.claims(["receipt", "show", id] + store.option)
    #expect(shown.way == .exited(0), "\(shown.errors)")
    try office.write(shown.output, to: "receipt.jws")
    let valid = try await office.claims(["receipt", "verify", "receipt.jws", "--keys", "bank.jwks"])
    #expect(valid.way == .exited(0) && valid.text.hasPrefix("valid: bank-"), "\(valid.text)\(valid.errors)")
    let pinned = try await office.claims(
      ["receipt", "verify", "-", "--output", "json"] + store.option, input: shown.output)
    #expect(pinned.way == .exited(0) && pinned.text.contains("\"valid\":true"), "\(pinned.text)\(pinned.errors)")
    let openSSL = try await Program.run(Self.script, ["receipt.jws", "bank.jwks"], in: office.folder)
    #expect(openSSL.way == .exited(0) && openSSL.text.contains("\"currency\":\"USD\""), "\(openSSL.errors)")

    var changed = shown.output
    // Another letter of base64url, so that it still looks like a receipt, whatever the letter was.
    let middle = changed.count / 2
    changed[middle] = changed[middle] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
    try office.write(changed, to: "changed.jws")
    #expect(try await Program.run(Self.script, ["changed.jws", "bank.jwks"], in: office.folder).way == .exited(1))
    let forged = try await office.claims(["receipt", "verify", "changed.jws", "--keys", "bank.jwks"])
    #expect(forged.way == .exited(1) && forged.complaints.count == 1 && forged.text.isEmpty, "\(forged.errors)")
    let stranger = try await office.claims(["receipt", "verify", "receipt.jws", "--keys", "issuers"])
    #expect(stranger.way == .exited(1) && stranger.errors.contains("none of the given keys"), "\(stranger.errors)")
    changed[middle] = UInt8(ascii: "[")
    for other in ["not a receipt\n", String(decoding: changed, as: UTF8.self)] {
      try office.write(other, to: "letter.txt")
      let letter = try await office.claims(["receipt", "verify", "letter.txt", "--keys", "bank.jwks"])
      #expect(letter.way == .exited(65) && letter.complaints.count == 1, "\(letter.errors)")
    }
  }

  @Test("an issuer that the bank does not know gets nothing done, and learns why", arguments: StoreKind.allCases)
  func stranger(kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    try office.write(SampleClaims.text, to: "in.837")
    try await makeStore(["--store", "sqlite:other.db"], keyIn: "other.jwks", in: office)
    _ = try await Gateway.open(in: office, database: "bank.db", issuers: "other.jwks") { gateway in
      let run = try await office.process(["in.837", "--gateway", gateway.url] + store.option)
      #expect(run.way == .exited(69) && run.errors.contains("does not know"), "\(run.errors)")
    }
    try await office.bankPaid(0, in: "bank.db")
    // Once the bank knows the issuer, nothing stands in the way.
    let keys = try await office.claims(["keys", "issuer"] + store.option)
    try office.write(keys.output, to: "payer.jwks")
    _ = try await Gateway.open(in: office, database: "bank.db", issuers: "payer.jwks") { gateway in
      let run = try await office.process(["in.837", "--gateway", gateway.url] + store.option)
      #expect(run.way == .exited(65), "\(run.errors)")
    }
    try await office.bankPaid(Self.paid, in: "bank.db")
    let refused = try await office.claims(["gateway", "--port", "0", "--db", "bank.db"])
    #expect(refused.way == .exited(69) && refused.errors.contains("--issuers"), "\(refused.errors)")
  }

  @Test("two issuers with the same claims are each paid once, by the same bank")
  func twoIssuers() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    let stores = ["one", "two"]
    for name in stores {
      try await makeStore(["--store", "sqlite:\(name).db"], keyIn: "issuers/\(name).json", in: office)
    }
    _ = try await Gateway.open(in: office, database: "bank.db", issuers: "issuers") { gateway in
      for name in stores + stores {
        let store = ["--store", "sqlite:\(name).db", "--gateway", gateway.url]
        let run = try await office.process(["in.837"] + store)
        #expect(run.way == .exited(65), "\(run.errors)")
        let verification = try await office.claims(["verify"] + store)
        #expect(verification.way == .exited(0), "\(verification.text)\(verification.errors)")
      }
    }
    let transfers = try await office.bank("bank.db").transfers()
    #expect(transfers.count == 2 * Self.paid && Set(transfers.map(\.reference)).count == Self.paid)
  }

  @Test("after kill -9 between the bank's commit and our record, the receipt is there", arguments: StoreKind.allCases)
  func killed(kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    try office.write(ManyClaims(count: 1, seed: 3).text, to: "one.837")
    try await makeStore(store.option, keyIn: "payer.jwks", in: office)
    let faults = "hang-after:commit:count=1"
    _ = try await Gateway.open(in: office, database: "bank.db", faults: faults, issuers: "payer.jwks") { gateway in
      let command =
        ["one.837", "--enroll", "PPO", "--gateway", gateway.url, "--lease-milliseconds", "300"] + store.option
      let run = try await Program.kill(
        Program.path(), ["process"] + command + Office.received, in: office.folder
      ) { try await !office.bank("bank.db").transfers().isEmpty }
      #expect(run.way == .killed(signal: 9))
      #expect(try await store.sql("SELECT receipt FROM payments WHERE receipt IS NOT NULL").isEmpty)
      let rest = try await office.process(command)
      #expect(rest.way == .exited(0), "\(rest.errors)")
    }
    let kept = try await store.sql("SELECT receipt FROM payments WHERE receipt IS NOT NULL")
    #expect(kept == (try bankReceipts(office, "bank.db")) && kept.count == 1)
    try await office.bankPaid(1, in: "bank.db")
  }

  @Test(
    "a bank whose key has changed since it was put on record is refused, and is sent nothing",
    arguments: StoreKind.allCases)
  func otherKey(kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    try office.write(SampleClaims.text, to: "in.837")
    try office.write(ManyClaims(count: 3, seed: 4).text, to: "more.837")
    _ = try await Gateway.open(in: office, database: "bank.db") { gateway in
      let run = try await office.process(["in.837", "--gateway", gateway.url] + store.option)
      #expect(run.way == .exited(65), "\(run.errors)")
    }
    try await DatabaseQueue(shared: office.path("bank.db")).write { db in
      try db.execute(
        sql: "DROP TRIGGER bank_secret_is_never_another; UPDATE bank_secret SET bytes = randomblob(32)")
    }
    _ = try await Gateway.open(in: office, database: "bank.db") { gateway in
      for command in [["process", "more.837", "--enroll", "PPO"], ["verify"], ["reconcile"]] {
        let refused = try await office.claims(command + ["--gateway", gateway.url] + store.option)
        #expect(refused.way == .exited(69), "\(command): \(refused.errors)")
        #expect(refused.complaints.count == 1 && refused.errors.contains("key on record"), "\(refused.errors)")
      }
    }
    try await office.bankPaid(Self.paid, in: "bank.db")
    let states = Set(try await store.sql("SELECT state FROM payments WHERE amount_cents > 0"))
    #expect(!states.contains("refused"))
  }

  @Test("the service publishes the key that the store signs with")
  func published() async throws {
    let office = try Office()
    let keys = try await Serving.open(in: office) { service in
      try await download("\(service.url)/.well-known/jwks.json")
    }
    let printed = try await office.claims(["keys", "issuer"])
    #expect(printed.output == (keys.value) + [UInt8(ascii: "\n")])
  }
}
