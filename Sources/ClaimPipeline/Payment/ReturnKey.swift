import ClaimStore
package import BankProtocol
package import ClaimsDomain
package import DurableExecution

/// The taking back of a transfer that was found at the bank and is not due here: `idemp:return:{tracking_id}`.
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

/// A found transfer was taken back.
package struct ReturnResponse: Hashable, Sendable, Codable {
  /// The transfer that had gone out.
  package var transferID: String
  package var amount: Money
  package var receipt: VoidReceipt

  enum CodingKeys: String, CodingKey {
    case amount, receipt
    case transferID = "transfer_id"
  }
}
