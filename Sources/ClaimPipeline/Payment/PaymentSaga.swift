package import DurableExecution

/// Pay, then post to the ledger. A payment whose posting is refused is voided.
package enum PaymentSaga {
  static let pay = "pay"
  static let post = "post"
  static let void = "void"

  static let definition = Saga("payment", steps: [.init(pay, undoneBy: void), .init(post)])

  /// The id of a payment's saga: the payment's key, so that there is one for each payment whatever the claim goes through.
  package static func id(of key: KeyText) -> String { key.text }
}
