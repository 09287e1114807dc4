import ClaimPipeline
package import ClaimStore
package import ClaimsDomain
import DurableExecution

/// Claims of one payee that are due, with everything reported about them.
struct DueClaims {
  /// The claims that can be reported, each with its item for the check.
  private(set) var told: [(due: DueClaim, item: CheckItem)] = []
  private(set) var heldBack: [HeldBackClaim] = []
  /// The payee as it appears in the first of the claims; nil when none of them can be reported.
  private(set) var payee: Provider?

  private static var page: Int { 200 }

  /// - Throws: `StoreFailure`.
  init(
    _ due: [DueClaim], issuer: RemittanceIssuer, format: some RemittanceFormat, in transaction: some RemittingRecords
  ) throws {
    for start in stride(from: 0, to: due.count, by: Self.page) {
      let page = Array(due[start..<min(start + Self.page, due.count)])
      try take(page, issuer: issuer, format: format, in: transaction)
    }
  }

  /// Holds back all claims, because none of them can be reported.
  mutating func holdBackAll(because reason: String) {
    heldBack += told.map { HeldBackClaim($0.due, reason: reason) }
    told = []
  }

  private mutating func take(
    _ page: [DueClaim], issuer: RemittanceIssuer, format: some RemittanceFormat, in transaction: some RemittingRecords
  ) throws {
    let ids = Array(Set(page.map(\.claimID)))
    let (rows, bodies) = (try transaction.claims(ids), try transaction.bodies(of: ids))
    // A claim that was suspended was never remitted, so an 835 does not refer to it.
    let corrected = try transaction.claims(rows.values.compactMap(\.revises)).filter { $0.value.amounts != nil }
    let payments = try transaction.payments(page.map(\.paymentID))
    let keys = try transaction.keyRows(rows.values.compactMap(\.keys.adjudication))
    let answers = Dictionary(keys.map { ($0.key, $0) }) { first, _ in first }
    for due in page {
      guard let row = rows[due.claimID], let body = bodies[due.claimID], let payment = payments[due.paymentID],
        let claim = try? SubmittedClaim(body: body, of: row.id),
        let key = row.keys.adjudication, let answer = answers[key],
        answer.status == .completed, let response = answer.document(AdjudicationResponse.self),
        case .decided(let decision) = response.verdict
      else {
        heldBack.append(HeldBackClaim(due, reason: "its text or its decision does not read; run claims verify"))
        continue
      }
      let outcome = ClaimOutcome(
        id: row.id, claim: claim, decision: decision, receivedOn: row.receivedOn,
        filingIndicator: issuer.filingIndicator(of: response.planID),
        corrects: row.revises.flatMap { corrected[$0]?.id }, interest: payment.interest)
      take(due, outcome, payment, format)
    }
  }

  private mutating func take(
    _ due: DueClaim, _ outcome: ClaimOutcome, _ payment: PaymentRow, _ format: some RemittanceFormat
  ) {
    do {
      var told = try ClaimPayment(outcome)
      if due.part == .reversal { told = try told.reversed() }
      if let reason = format.refusal(of: told) {
        heldBack.append(HeldBackClaim(due, reason: reason))
        return
      }
      // A payment that was made still counts, whatever has happened to the claim since.
      let moves = due.part == .settlement && (payment.state == .paid || payment.state == .reversed)
      self.told.append((due, CheckItem(told, moved: moves ? payment.amount : .zero)))
      payee = payee ?? outcome.claim.billingProvider
    } catch {
      heldBack.append(HeldBackClaim(due, reason: "\(error)"))
    }
  }
}

/// A claim that cannot yet be reported to its provider, and waits for a run that can report it.
package struct HeldBackClaim: Hashable, Sendable {
  package let claimID: ClaimIntakeID
  /// Why the claim is held back, without naming a patient.
  package let reason: String
  let due: DueClaim

  init(_ due: DueClaim, reason: String) {
    claimID = due.claimID
    self.reason = reason
    self.due = due
  }
}

/// Remittances that were issued, and their files as they were first written.
package struct IssuedRemittances: Sendable {
  private let store: ClaimStore

  package init(_ store: ClaimStore) {
    self.store = store
  }

  /// Returns the remittances of a run, ordered by number, a page at a time.
  ///
  /// - Throws: `StoreFailure`, as do the methods below.
  package func page(of run: CheckRunRow, after number: Int, limit: Int = 500) async throws -> [RemittanceRow] {
    try await store.read { try $0.remittances(in: run, after: number, limit: limit) }
  }

  /// Returns the newest remittances, oldest first.
  ///
  /// - Parameter remittance: the one that they come before; nil for the newest of all.
  package func newest(_ limit: Int, before remittance: RemittanceRow? = nil) async throws -> [RemittanceRow] {
    try await store.read { try $0.remittances(before: remittance?.number, limit: limit) }
  }

  package func remittance(_ id: RemittanceID) async throws -> RemittanceRow? {
    try await store.read { try $0.remittance(id) }
  }

  /// - Throws: `StoreFailure.corrupt` when the bytes differ from those that were written.
  package func file(of remittance: RemittanceRow) async throws -> [UInt8] {
    let key = remittance.effectKey
    let row = try await store.read { try $0.keyRows([key]) }.first
    guard let bytes = row?.response, ContentDigest.sha256(bytes) == remittance.digest else {
      throw StoreFailure.corrupt("the file of remittance \(remittance.id) is gone or was changed")
    }
    return bytes
  }
}
