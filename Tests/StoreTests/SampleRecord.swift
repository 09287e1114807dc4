import BankProtocol
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution

/// Rows for tests that do not depend on their content.
enum SampleRecord {
  static func completed(
    _ key: String, epoch: Int64 = 1, bytes: [UInt8] = Array("{}".utf8), createdAt: Int64 = 1
  ) -> KeyRecord {
    let response = StoredResponse(bytes: bytes, contentType: "application/json", status: 200)
    return record(key, epoch, .completed(response, at: Timestamp(microseconds: createdAt + 1)), createdAt: createdAt)
  }

  static func pending(_ key: String, epoch: Int64) -> KeyRecord {
    record(
      key, epoch,
      .pending(.init(owner: WorkerID("worker"), expiresAt: Timestamp(microseconds: 5), length: .microseconds(4))))
  }

  private static func record(_ key: String, _ epoch: Int64, _ state: KeyRecord.State, createdAt: Int64 = 1) -> KeyRecord
  {
    KeyRecord(
      key: KeyText(key), state: state, fingerprint: Fingerprint(hex: String(repeating: "a", count: 64)),
      agent: AgentVersion("TestAgent", "1.0.0"), epoch: Epoch(epoch), attempts: 1, root: KeyText(key), parent: nil,
      childKey: nil, lamport: LamportTime(1), retention: .workflow, createdAt: Timestamp(microseconds: createdAt),
      expiresAt: Timestamp(microseconds: 100))
  }

  static func claim(_ id: String) -> StoredClaim {
    let row = ClaimRow(
      id: ClaimIntakeID(id), claimNumber: ClaimNumber("A-1"), payerID: PayerID("99999"), memberID: MemberID("M1"),
      receivedOn: .openEnd, ruleset: RulesetID("r"), charge: Money(cents: 10_000), status: .received,
      keys: ClaimKeys(intake: KeyText("idemp:intake:\(id)")))
    return StoredClaim(row: row, care: ClaimCare(provider: nil, days: nil), body: Array("{}".utf8))
  }

  static func payment(_ id: String, of claim: StoredClaim, _ state: PaymentRow.State) -> PaymentRow {
    PaymentRow(
      id: PaymentID(id), claimID: claim.row.id, eobID: EOBID("EOB-\(id)"), effectKey: KeyText("idemp:pay:\(id)"),
      trackingID: TrackingID(id), payee: Payee(reference: "1234567893", name: "Juniper"),
      amount: state == .nothingDue ? .zero : Money(cents: 5_000), state: state, transferID: "T-\(id)")
  }
}
