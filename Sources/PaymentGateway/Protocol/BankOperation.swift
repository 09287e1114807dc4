/// What the bank can be asked to do.
package enum BankOperation: String, CaseIterable, Sendable {
  case prepare
  case commit
  case standing
  case void
}
