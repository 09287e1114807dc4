import BankProtocol
import ClaimStore
import ClaimsDomain
import DurableExecution

/// A decided claim, with the payment due for it.
struct DuePayment: Sendable {
  let claim: Placed<AdjudicatedClaim>
  var request: PaymentRequest

  var call: ActivityCall<PaymentRequest> { ActivityCall(request, below: claim.value.lineage) }
}

/// The payments for a batch of claims, by what is to be done about each. They are worked out under locks, so that what the
/// transaction then commits to is still right.
struct DuePayments {
  /// Claims that were suspended before any amount was due.
  private(set) var suspended: [Placed<AdjudicatedClaim>] = []
  /// Payments that the bank has made, or has made and given back.
  private(set) var made: [(item: DuePayment, found: FoundPayment)] = []
  /// Payments to payees on hold.
  private(set) var onHold: [DuePayment] = []
  /// Payments to order from the bank.
  private(set) var due: [DuePayment] = []
  /// Claims to close without money.
  private(set) var nothingDue: [DuePayment] = []

  init(for claims: [Placed<AdjudicatedClaim>], in transaction: some PayingRecords) throws {
    var decided: [DuePayment] = []
    for claim in claims {
      if let request = PaymentRequest(for: claim.value) {
        decided.append(DuePayment(claim: claim, request: request))
      } else {
        suspended.append(claim)
      }
    }
    guard !decided.isEmpty else { return }
    let requests = decided.map(\.request)
    transaction.expect(requests.map(\.key.text))
    let payees = Set(requests.filter { $0.decision.planPaid > .zero }.map(\.payee.reference))
    let look = try transaction.lookBeforePaying(requests.map(\.claim.id), to: payees.sorted())
    let found = try FoundPayment.of(look.found, in: transaction)
    try Self.renew(&decided, after: found, in: transaction)
    onHold = try Self.takeHeld(from: &decided, look.onHold, found, in: transaction)
    var terms = try PaymentTerms(
      for: decided.map { ($0.request, $0.claim.value.isReplay) }, owed: look.owed, in: transaction)
    for index in decided.indices { decided[index].request = try terms.settle(decided[index].request) }
    try Self.correct(&decided, in: transaction)
    sort(decided, found)
  }

  private mutating func sort(_ decided: [DuePayment], _ found: [ClaimIntakeID: FoundPayment]) {
    for item in decided {
      if let found = found[item.request.claim.id], found.forbids(item.request.key.text) {
        made.append((item, found))
      } else if item.request.amount > .zero {
        due.append(item)
      } else {
        nothingDue.append(item)
      }
    }
  }

  /// Takes out the payments to payees on hold: those that would be begun now. A payment that was begun before goes on,
  /// since the bank may have made it.
  private static func takeHeld(
    from due: inout [DuePayment], _ payees: Set<String>, _ found: [ClaimIntakeID: FoundPayment],
    in transaction: some PayingRecords
  ) throws -> [DuePayment] {
    guard !payees.isEmpty else { return [] }
    let concerned = due.filter { item in
      payees.contains(item.request.payee.reference) && item.request.decision.planPaid > .zero
        && found[item.request.claim.id]?.forbids(item.request.key.text) != true
    }
    let payments = try transaction.payments(concerned.map { PaymentRequest.paymentID(under: $0.request.key.text) })
    let held = concerned.filter { item in
      payments[PaymentRequest.paymentID(under: item.request.key.text)].map { $0.state == .refused } ?? true
    }
    let places = Set(held.map(\.claim.place))
    due.removeAll { places.contains($0.claim.place) }
    return held
  }

  /// Gives new keys to payments that were returned and are due again.
  private static func renew(
    _ due: inout [DuePayment], after found: [ClaimIntakeID: FoundPayment], in transaction: some PayingRecords
  ) throws {
    guard !found.isEmpty else { return }
    let payments = try transaction.payments(of: Array(found.keys))
    // A payment that counts in this store keeps its key, whatever the bank has done since.
    let standing = Set(payments.filter { $0.state != .refused }.map(\.effectKey))
    for index in due.indices {
      guard let found = found[due[index].request.claim.id] else { continue }
      while found.gaveBack(due[index].request.key.text), !standing.contains(due[index].request.key.text) {
        due[index].request = due[index].request.anew
      }
    }
  }

  /// Sets the payment that each payment corrects: that of the nearest predecessor that the bank has paid.
  private static func correct(_ due: inout [DuePayment], in transaction: some PayingRecords) throws {
    // A claim may stand in a batch more than once.
    let priors = Dictionary(
      due.map(\.request).filter { !$0.priorClaims.isEmpty }.map { ($0.claim.id, $0.priorClaims) },
      uniquingKeysWith: { first, _ in first })
    guard !priors.isEmpty else { return }
    let chains = try ClaimChain.of(priors, in: transaction)
    let before = Array(Set(chains.values.flatMap(\.before)))
    let payments = Dictionary(grouping: try transaction.payments(of: before), by: \.claimID)
    let returned = FoundPayment.returned(among: try transaction.foundTransfers(for: before))
    for index in due.indices {
      guard let chain = chains[due[index].request.claim.id] else { continue }
      let paid = chain.before.lazy.compactMap { id in
        payments[id]?.last { payment in
          payment.transferID != nil && (payment.state == .paid || payment.state == .reversed)
            && payment.trackingID.map { !returned.contains($0) } ?? false
        }?.trackingID
      }
      due[index].request = due[index].request.correcting(paid.first, of: chain.origin)
    }
  }
}

extension PaymentRequest {
  /// The payment due for a decided claim; nil for one that was suspended.
  init?(for claim: AdjudicatedClaim) {
    guard case .decided(let decision) = claim.response.verdict else { return nil }
    let provider = claim.received.submitted.billingProvider
    self.init(
      claim: claim.row, payee: Payee(reference: provider.reference, name: provider.name),
      decision: DecidedAmounts(
        allowed: decision.allowed, memberResponsibility: decision.memberResponsibility, planPaid: decision.paid),
      outcome: decision.isDenied ? .denied : .paid, promptPay: claim.response.promptPay,
      priorClaims: claim.received.submitted.priorClaims)
  }
}
