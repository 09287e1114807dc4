/// How far a payment got at the bank.
package enum PaymentState: String, Hashable, Sendable, Codable {
  /// Announced; nothing has moved.
  case prepared
  /// The money went out.
  case committed
  /// The money came back, or never went out and never will.
  case voided
}
