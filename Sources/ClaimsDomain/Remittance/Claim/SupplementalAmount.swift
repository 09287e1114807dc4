/// AMT: an amount that is told and takes no part in balancing.
package struct SupplementalAmount: Hashable, Sendable {
  /// AMT01. Of a claim `AU` (covered), `I` (interest), `D8`, `T` and others; of a line `B6` (allowed), `KH`, `T` and
  /// others.
  package var qualifier: String
  package var amount: Money

  package init(_ qualifier: String, _ amount: Money) {
    self.qualifier = qualifier
    self.amount = amount
  }

  /// What the payer's contract or fee schedule allows for a line.
  package static func allowed(_ amount: Money) -> SupplementalAmount { SupplementalAmount("B6", amount) }

  /// What was paid for paying a claim late. It is no part of CLP04: the check has it in PLB L6.
  package static func interest(_ amount: Money) -> SupplementalAmount { SupplementalAmount("I", amount) }

  /// What of a claim is covered.
  package static func covered(_ amount: Money) -> SupplementalAmount { SupplementalAmount("AU", amount) }
}
