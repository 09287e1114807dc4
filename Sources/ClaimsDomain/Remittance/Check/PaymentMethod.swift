/// BPR04, how the money goes.
package enum PaymentMethod: Hashable, Sendable {
  /// CHK.
  case check
  /// ACH in the format CCP: the remittance goes apart from the money, and is joined to it by its trace number.
  case transfer(FundsTransfer)
  /// NON: nothing is paid.
  case none
}
