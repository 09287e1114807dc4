package import DurableExecution

/// Pays, then posts to the ledger. A payment whose posting is refused is voided.
package enum PaymentSaga {
  static let pay = "pay"
  static let post = "post"
  static let void = "void"

  static let definition = Saga("payment", steps: [.init(pay, undoneBy: void), .init(post)])

  /// The ID of a payment's saga: the payment's key, so that each payment has one saga, whatever happens to the claim.
  package static func id(of key: KeyText) -> String { key.text }
}
