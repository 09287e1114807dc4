import ClaimStore
import ClaimsDomain
import DurableExecution

/// Claims of one payee that are due, with all that is told of them.
struct DueClaims {
  /// Those that can be told, each with what is told of it.
  private(set) var told: [(due: DueClaim, item: CheckItem)] = []
  private(set) var heldBack: [HeldBackClaim] = []
  /// As the first of the claims has it; nil where none of them can be told.
  private(set) var payee: Provider?

  private static var page: Int { 200 }

  /// - Throws: `StoreFailure`.
  init(
    _ due: [DueClaim], issuer: RemittanceIssuer, format: some RemittanceFormat, in transaction: some ClaimTransaction
  ) throws {
    for start in stride(from: 0, to: due.count, by: Self.page) {
      let page = Array(due[start..<min(start + Self.page, due.count)])
      try take(page, issuer: issuer, format: format, in: transaction)
    }
  }

  /// None of them can be told.
  mutating func holdBackAll(because reason: String) {
    heldBack += told.map { HeldBackClaim($0.due, reason: reason) }
    told = []
  }

  private mutating func take(
    _ page: [DueClaim], issuer: RemittanceIssuer, format: some RemittanceFormat, in transaction: some ClaimTransaction
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
      // What was moved stays moved, whatever became of the claim since.
      let moves = due.part == .settlement && (payment.state == .paid || payment.state == .reversed)
      self.told.append((due, CheckItem(told, moved: moves ? payment.amount : .zero)))
      payee = payee ?? outcome.claim.billingProvider
    } catch {
      heldBack.append(HeldBackClaim(due, reason: "\(error)"))
    }
  }
}
