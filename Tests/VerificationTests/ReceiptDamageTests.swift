import BankSimulator
import ClaimStore
import TestSupport
import Testing
import Verification

@Suite("Every receipt on record is the bank's, and states what its payment says", .postgres, .temporaryFolder)
struct ReceiptDamageTests {
  private static let damages = [
    "UPDATE payments SET receipt = substr(receipt, 1, length(receipt) - 1) WHERE receipt IS NOT NULL",
    "UPDATE payments SET receipt = replace(receipt, '.e', '.f') WHERE receipt IS NOT NULL",
    // The receipt of another payment.
    "UPDATE payments SET receipt = (SELECT min(receipt) FROM payments) WHERE state = 'paid'",
    "UPDATE payments SET receipt = return_receipt WHERE return_receipt IS NOT NULL",
    "UPDATE payments SET return_receipt = receipt WHERE state = 'voided'",
    "UPDATE bank_link SET bank_key = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo'",
    "UPDATE bank_link SET bank_key = NULL",
  ]

  @Test("damage to a receipt, or to the key it is verified by, is named", arguments: damages, StoreKind.allCases)
  func damaged(_ sql: String, on kind: StoreKind) async throws {
    let payer = try await MadeUpPayer.withEveryKindOfClaim(on: kind)
    let link = BankLink(bank: payer.bank.id, address: .file("bank.db"), key: payer.bank.key)
    try await payer.store.transaction { try $0.link(to: link) }
    let before = try await payer.verify()
    #expect(before.brokenBesidesTables.isEmpty, "\(before.findings.map(\.description))")
    try await payer.damage(sql)
    let report = try await payer.verify()
    #expect(report.brokenBesidesTables == [.receiptsHold], "\(report.findings.map(\.description))")
  }

  @Test("a payment without a receipt breaks nothing", arguments: StoreKind.allCases)
  func missing(on kind: StoreKind) async throws {
    let payer = try await MadeUpPayer.withEveryKindOfClaim(on: kind)
    let link = BankLink(bank: payer.bank.id, address: .file("bank.db"), key: payer.bank.key)
    try await payer.store.transaction { try $0.link(to: link) }
    try await payer.damage("UPDATE payments SET receipt = NULL, return_receipt = NULL")
    #expect(try await payer.verify().brokenBesidesTables.isEmpty)
  }
}
