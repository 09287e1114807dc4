import ClaimsDomain

/// The `prompt_pay` of a plan file.
struct PromptPayTerms {
  let plan: YAMLObject

  /// Nil where late payment costs nothing.
  func promptPay() throws(PlanFileError) -> PromptPay? {
    guard let object = try plan.object("prompt_pay", keys: ["days", "year", "rates"]) else { return nil }
    let lengths = Dictionary(uniqueKeysWithValues: YearLength.allCases.map { ($0.rawValue, $0) })
    let rates = try object.objects("rates", named: "a rate", keys: ["from", "annual"]).map {
      rate throws(PlanFileError) in
      PromptPayRate(from: try rate.require("from", .date), percent: try rate.require("annual", .annualRate))
    }
    guard !rates.isEmpty else {
      throw object.error("prompt_pay has no rates", advice: "give each a day and a percentage: {from, annual}")
    }
    guard Set(rates.map(\.from)).count == rates.count else {
      throw object.error(at: "rates", "two rates of prompt_pay begin on the same day")
    }
    return PromptPay(
      days: try object.require("days", .days), yearLength: try object.value("year", .choice(lengths)) ?? .calendar,
      rates: rates)
  }
}

extension ScalarForm where Value == AnnualRate {
  fileprivate static var annualRate: Self {
    ScalarForm(expectation: "a percentage from 0% to 100% with at most three decimals, such as 4.625%") { text in
      guard text.hasSuffix("%") else { return nil }
      let digits = text.dropLast().reversed().drop { $0 == " " }.reversed()
      return AnnualRate(parsing: String(digits)).flatMap { $0.scaled <= 100_000 ? $0 : nil }
    }
  }
}
