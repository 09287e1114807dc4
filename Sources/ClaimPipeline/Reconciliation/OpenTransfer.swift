package import ClaimStore
package import BankProtocol
package import ClaimsDomain
package import DurableExecution

/// A transfer that no payment of ours accounts for, and what it means for its claim.
package struct OpenTransfer: Hashable, Sendable {
  package let transfer: BankTransfer
  package let meaning: Meaning

  package enum Meaning: Hashable, Sendable {
    /// The claim is not in this store: what was taken in after the backup is lost here, and not at the bank.
    case claimNotHere
    /// The claim is on its way, and is closed with the transfer when it gets there.
    case claimUnderWay
    /// The bank refused the claim's payment because of this transfer, which pays the same. Once the key is released, the
    /// claim is closed with the transfer.
    case refusedForIt(KeyText)
    /// Another amount is due, or the same to another payee. The payment under the key was refused for that.
    case differs(due: Money, KeyText)
    /// The claim waits for a person, is denied or replaced, and the bank has paid it.
    case notDue(ClaimStatus)
    /// Another transfer pays the claim here.
    case paidTwice
    /// It took the place of the claim's payment here, which came back.
    case paidAnew
    /// It came back, so the claim can be paid once its key is released; nil where no key needs to be.
    case cameBack(KeyText?)
    /// The money of a payment that is paid here came back by it.
    case returned
  }

  /// All there are, oldest first.
  ///
  /// - Throws: `StoreFailure`.
  package static func all(in transaction: some ClaimTransaction, pageSize: Int = 500) throws -> [OpenTransfer] {
    var all: [OpenTransfer] = []
    var last: Int64 = 0
    while case let page = try transaction.unaccountedTransfers(after: last, limit: pageSize), let end = page.last {
      let ids = Array(Set(page.map { ClaimIntakeID($0.reference) }))
      let rows = try transaction.claims(ids)
      let payments = Dictionary(grouping: try transaction.payments(of: ids), by: \.claimID)
      let returned = FoundPayment.returned(among: try transaction.foundTransfers(for: ids))
      for transfer in page {
        let id = ClaimIntakeID(transfer.reference)
        let meaning = Meaning(of: transfer, for: rows[id], payments[id] ?? [], returned: returned)
        all.append(OpenTransfer(transfer: transfer, meaning: meaning))
      }
      last = end.number
    }
    return all
  }
}

extension OpenTransfer.Meaning {
  /// - Parameters:
  ///   - row: the claim it is for, where it is here.
  ///   - payments: the claim's.
  ///   - returned: payments of the bank of which the money came back.
  init(of transfer: BankTransfer, for row: ClaimRow?, _ payments: [PaymentRow], returned: Set<TrackingID>) {
    guard !transfer.amount.isNegative else {
      self = .returned
      return
    }
    guard let row else {
      self = .claimNotHere
      return
    }
    let paid = payments.filter { $0.state == .paid || $0.state == .intended }
    if !paid.isEmpty {
      let stands = paid.contains { $0.trackingID.map { !returned.contains($0) } ?? false }
      self = stands ? .paidTwice : .paidAnew
    } else if let refused = payments.last(where: { $0.state == .refused }) {
      guard !returned.contains(transfer.trackingID) else {
        let isOwn = TrackingID(of: refused.effectKey) == transfer.trackingID
        self = .cameBack(isOwn ? nil : refused.effectKey)
        return
      }
      let isSame = refused.amount == transfer.amount && refused.payee.reference == transfer.payee
      self = isSame ? .refusedForIt(refused.effectKey) : .differs(due: refused.amount, refused.effectKey)
    } else {
      self = row.status.isTerminal ? .notDue(row.status) : .claimUnderWay
    }
  }
}
