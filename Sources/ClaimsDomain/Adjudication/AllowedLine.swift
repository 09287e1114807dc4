/// A line with what the plan allows for it; the rest of the charge is written off.
struct AllowedLine {
  let covered: CoveredLine
  let ledger: LineLedger
  let allowed: Money
}
