import ClaimsDomain

/// The words of the letter that are not everyday English, in plain words. Only those that this letter uses.
struct Glossary {
  let title = "What the words mean"
  let terms: [Term]

  struct Term {
    let word: String
    let meaning: String
  }

  /// - Parameters:
  ///   - whole: The charge of the whole claim, which decides which columns the letter has.
  ///   - hasYear: Whether the letter shows the year's limits.
  init(_ whole: ChargeBreakdown, hasYear: Bool) {
    let optional: [Term?] = [
      Term("Allowed", "The most that your plan counts for a service. Its payment and your share are parts of it."),
      Term("Billed", "What your provider charged."),
      Term("Coinsurance", "Your share of the allowed amount, as a percentage."),
      Term("Copay", "A fixed amount that you pay for a kind of service, such as a visit."),
      Term("Deductible", "What you pay in a year before your plan begins to pay."),
      Term("Not covered", "An amount that your plan does not pay. The notes say who bears it."),
      whole[.otherInsurance] == .zero ? nil : Term("Other insurance", "What another plan of yours has taken care of."),
      hasYear
        ? Term("Out-of-pocket maximum", "The most that you pay for covered care in a year. Past it your plan pays all.")
        : nil,
      Term("Plan discount", "What your provider has agreed not to charge members of your plan."),
      Term("Your share", "What you may owe your provider for a service."),
    ]
    terms = optional.compactMap(\.self)
  }
}

extension Glossary.Term {
  fileprivate init(_ word: String, _ meaning: String) {
    self.init(word: word, meaning: meaning)
  }
}
