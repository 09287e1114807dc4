package import BankProtocol
package import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// The bank's payments for a claim that has no payment in this store, because the store was restored from a backup or
/// the same bank has paid for another store.
package struct FoundPayment: Hashable, Sendable {
  /// The outgoing transfers that were not returned, oldest first.
  private let standing: [BankTransfer]
  /// The transfers that were returned.
  private let cameBack: [BankTransfer]
  /// The bank's payments whose return is in progress.
  private let leaving: Set<TrackingID>

  /// - Parameters:
  ///   - transfers: all transfers found for one claim.
  ///   - leaving: the bank's payments whose return is in progress.
  init(_ transfers: [BankTransfer], leaving: Set<TrackingID> = []) {
    self.leaving = leaving
    let returned = Self.returned(among: transfers).union(leaving)
    standing = transfers.filter { !$0.amount.isNegative && !returned.contains($0.trackingID) }
    cameBack = transfers.filter { returned.contains($0.trackingID) }
  }

  /// Whether no payment may be ordered under a key, because the bank has already paid the claim or has made and
  /// returned the payment of this key. The bank would answer a new order with the receipt of the first.
  func forbids(_ key: KeyText) -> Bool {
    !standing.isEmpty || cameBack.contains { $0.trackingID == TrackingID(of: key) }
  }

  /// Whether the bank has made the payment of a key and all of the money was returned.
  func gaveBack(_ key: KeyText) -> Bool {
    let id = TrackingID(of: key)
    return standing.isEmpty && leaving.isEmpty && cameBack.contains { $0.trackingID == id && !$0.amount.isNegative }
  }

  /// The payments whose money was returned.
  package static func returned(among transfers: [BankTransfer]) -> Set<TrackingID> {
    Set(transfers.filter(\.amount.isNegative).map(\.trackingID))
  }

  /// The one transfer that pays a request, with the exact amount, payee, and payer; nil if the bank has paid anything
  /// else.
  func transfer(paying request: PaymentRequest) -> BankTransfer? {
    guard standing.count == 1, let transfer = standing.first, transfer.amount == request.amount,
      transfer.payee == request.payee.reference, transfer.payer == request.claim.payerID
    else { return nil }
    return transfer
  }

  /// The transfers as text for people: `transfer-7 of 95.00`.
  var shown: String {
    guard standing.isEmpty else { return standing.map { "\($0.id) of \($0.amount)" }.joined(separator: ", ") }
    return cameBack.filter { !$0.amount.isNegative }.map { "\($0.id) of \($0.amount), which came back" }
      .joined(separator: ", ")
  }

  /// The bank's payments for claims that are about to be paid, by claim.
  ///
  /// A transfer whose return is in progress no longer pays anything; the bank determines when another payment is
  /// possible.
  ///
  /// - Parameter found: the transfers found for these claims, locked.
  static func of(
    _ found: [BankTransfer], in transaction: some PayingRecords
  ) throws -> [ClaimIntakeID: FoundPayment] {
    guard !found.isEmpty else { return [:] }
    let returns = try transaction.records(for: found.map { ReturnKey(trackingID: $0.trackingID).text })
    let leaving = found.map(\.trackingID).filter { id in
      let status = returns[ReturnKey(trackingID: id).text]?.status
      return status == .pending
        || (status == .completed && !FoundPayment.returned(among: found).contains(id))
    }
    return Dictionary(
      uniqueKeysWithValues: Dictionary(grouping: found, by: \.reference).map { reference, transfers in
        (ClaimIntakeID(reference), FoundPayment(transfers, leaving: Set(leaving)))
      })
  }
}

/// Adopts a payment that the bank has already made: no order is sent, and the claim is closed with the existing
/// transfer. If the bank has paid something else, nothing is done and a person reviews the claim.
package struct AdoptionActivity<Transaction: PayingRecords>: LocalActivity {
  package typealias Key = PaymentKey
  package var agent = PaymentActivity<Transaction>.agentVersion
  package let eventType = "claim-paid"

  package struct Request: Encodable, Sendable {
    let payment: PaymentRequest
    let found: FoundPayment

    /// Encodes the payment alone: who pays it, and when, is not part of the request's identity.
    package func encode(to encoder: any Encoder) throws { try payment.encode(to: encoder) }
  }

  package func key(for request: Request) -> PaymentKey { request.payment.key }

  package func stream(for request: Request, key: KeyText) -> String { request.payment.claim.id.text }

  package func facts(of response: PaymentResponse) -> [String: String] {
    var facts = response.facts
    if let receipt = response.receipt { facts["adopted"] = receipt.transferID }
    return facts
  }

  package func perform(
    _ calls: [OwnedCall<Request>], in transaction: Transaction
  ) throws -> Answers<KeyText, Result<PaymentResponse, ActivityFailure>> {
    if let day = try transaction.cashBookClosedThrough(), try transaction.now.day <= day {
      return calls.answers { _ in .failure(.cashBookClosed(through: day)) }
    }
    let payments = calls.map { Self.payment($0) }
    try write(payments, of: calls, in: transaction)
    let paid = payments.filter { $0.state == .paid }
    try transaction.post(paid.flatMap { PaymentPostings($0).all })
    try transaction.update(
      calls.map { call in
        let isPaid = call.request.found.transfer(paying: call.request.payment) != nil
        return call.request.payment.closed(as: isPaid ? .paid : .suspended, under: call.effectKey)
      })
    return calls.answers { call in
      guard let transfer = call.request.found.transfer(paying: call.request.payment) else {
        return .failure(.paidOtherwise(call.request.found))
      }
      let receipt = BankReceipt(
        trackingID: transfer.trackingID, transferID: transfer.id, amount: transfer.amount)
      return .success(PaymentResponse(status: .paid, of: Self.payment(call), receipt: receipt))
    }
  }

  /// Writes payments and their sagas, replacing those of an earlier attempt.
  private func write(
    _ payments: [PaymentRow], of calls: [OwnedCall<Request>], in transaction: Transaction
  ) throws {
    let known = try transaction.payments(payments.map(\.id))
    let fresh = payments.filter { known[$0.id] == nil }
    try transaction.recover(fresh.map(PayeeBalance.init(recoveredBy:)).summed())
    try transaction.insert(fresh)
    try transaction.update(payments.filter { known[$0.id] != nil })
    let sagas = try transaction.sagas(payments.map { PaymentSaga.id(of: $0.effectKey) })
    try transaction.save(
      payments.map { payment in
        let id = PaymentSaga.id(of: payment.effectKey)
        let before = sagas[id]
        let begun = before.map(PaymentSaga.definition.restarted) ?? PaymentSaga.definition.begun(id: id)
        return SagaChange(
          payment.state == .paid
            ? PaymentSaga.definition.advanced(PaymentSaga.definition.advanced(begun))
            : PaymentSaga.definition.refused(begun),
          over: before)
      })
  }

  private static func payment(_ call: OwnedCall<Request>) -> PaymentRow {
    let request = call.request.payment
    guard let transfer = call.request.found.transfer(paying: request) else {
      return request.payment(under: call.effectKey, trackingID: call.record.trackingID, state: .refused)
    }
    var payment = request.payment(under: call.effectKey, trackingID: transfer.trackingID, state: .paid)
    payment.transferID = transfer.id
    return payment
  }
}

/// A claim and its predecessors: each claim replaces the one before it. A payment for the last claim corrects the
/// payments for its predecessors.
struct ClaimChain {
  /// The predecessors, nearest first.
  let before: [ClaimIntakeID]
  /// The first claim of the chain. A claim that replaces no other is its own origin.
  let origin: ClaimIntakeID

  /// Reads the chains of claims.
  ///
  /// - Parameter claims: the claims that each claim replaces.
  /// - Throws: `StoreFailure`.
  static func of(
    _ claims: [ClaimIntakeID: [ClaimIntakeID]], in transaction: some PayingRecords
  ) throws -> [ClaimIntakeID: ClaimChain] {
    var parents = claims
    var next = Array(Set(claims.values.joined()))
    while !next.isEmpty {
      let rows = try transaction.claims(next.filter { parents[$0] == nil })
      for (id, row) in rows { parents[id] = [row.revises].compactMap(\.self) }
      next = Array(Set(rows.values.compactMap(\.revises).filter { parents[$0] == nil }))
    }
    return Dictionary(uniqueKeysWithValues: claims.keys.map { ($0, ClaimChain(of: $0, parents)) })
  }

  private init(of claim: ClaimIntakeID, _ parents: [ClaimIntakeID: [ClaimIntakeID]]) {
    var before: [ClaimIntakeID] = []
    var seen: Set = [claim]
    var next = parents[claim] ?? []
    while !next.isEmpty {
      let fresh = next.filter { seen.insert($0).inserted }
      before += fresh
      next = fresh.flatMap { parents[$0] ?? [] }
    }
    var origin = claim
    var passed: Set = [claim]
    while let parent = parents[origin]?.first, passed.insert(parent).inserted { origin = parent }
    self.before = before
    self.origin = origin
  }
}

/// The key for returning a transfer that was found at the bank and is not due here: `idemp:return:{tracking_id}`.
package struct ReturnKey: EffectKey {
  package typealias Response = ReturnResponse
  package static let effect = EffectName.return
  package static let retention = Retention.financial

  package let trackingID: TrackingID

  package init(trackingID: TrackingID) {
    self.trackingID = trackingID
  }

  package var segments: [String] { [trackingID.text] }
}

/// The response for a found transfer that was returned.
package struct ReturnResponse: Hashable, Sendable, Codable {
  /// The outgoing transfer.
  package var transferID: String
  package var amount: Money
  package var receipt: VoidReceipt

  package init(transferID: String, amount: Money, receipt: VoidReceipt) {
    self.transferID = transferID
    self.amount = amount
    self.receipt = receipt
  }

  enum CodingKeys: String, CodingKey {
    case amount, receipt
    case transferID = "transfer_id"
  }
}
