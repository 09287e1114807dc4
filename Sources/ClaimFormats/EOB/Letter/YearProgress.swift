import ClaimsDomain

/// How much of the year's deductible and out-of-pocket maximum is used.
struct YearProgress {
  let title: String
  let meters: [Meter]

  struct Meter {
    let label: String
    let used: String
    let limit: String
    let left: String
    /// The relative lengths of the bar's two segments, in cents.
    let usedWeight: Int64
    let leftWeight: Int64

    /// - Throws: `MoneyError.overflow` if an amount exceeds 64 bits.
    init(_ label: String, _ progress: BenefitYear.Progress) throws(MoneyError) {
      // If a plan lowers its limit below the used amount during the year, nothing is left and the bar is full.
      let left = max(.zero, try progress.limit - progress.used)
      self.label = label
      self.left = left.dollars
      used = progress.used.dollars
      limit = progress.limit.dollars
      usedWeight = max(.zero, progress.used).cents
      leftWeight = left.cents
    }
  }

  /// - Throws: `MoneyError.overflow` if an amount exceeds 64 bits.
  init(_ year: BenefitYear) throws(MoneyError) {
    title = "Your \(year.year) so far"
    let all = [
      ("Deductible, patient", year.deductible.member), ("Deductible, family", year.deductible.family),
      ("Out-of-pocket maximum, patient", year.outOfPocket.member),
      ("Out-of-pocket maximum, family", year.outOfPocket.family),
    ]
    var meters: [Meter] = []
    for case (let label, let progress?) in all where progress.limit != .zero {
      meters.append(try Meter(label, progress))
    }
    self.meters = meters
  }
}
