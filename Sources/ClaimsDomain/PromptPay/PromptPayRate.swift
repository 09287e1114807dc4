/// A rate of interest and the day from which it holds, until a later one does.
package struct PromptPayRate: Hashable, Sendable {
  package var from: CalendarDate
  package var percent: AnnualRate

  package init(from: CalendarDate, percent: AnnualRate) {
    self.from = from
    self.percent = percent
  }
}

extension PromptPayRate: Codable {
  enum CodingKeys: String, CodingKey { case from, percent }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let text = try container.decode(String.self, forKey: .percent)
    guard let percent = AnnualRate(parsing: text) else {
      throw DecodingError.dataCorruptedError(
        forKey: .percent, in: container, debugDescription: "not a rate with three decimals at most")
    }
    self.init(from: try container.decode(CalendarDate.self, forKey: .from), percent: percent)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(from, forKey: .from)
    try container.encode(percent.description, forKey: .percent)
  }
}
