/// Allowed amounts by code: versioned data, read from a fee-schedule file.
package struct FeeSchedule: Hashable, Sendable {
  package let name: String
  private let fees: [Entry: [Fee]]

  /// What a fee is looked up by. A fee without modifiers serves every line of the code that has no fee of its own.
  package struct Entry: Hashable, Sendable {
    package var code: String
    package var modifiers: [String]

    package init(code: String, modifiers: [String] = []) {
      self.code = code
      self.modifiers = modifiers.sorted()
    }
  }

  package struct Fee: Hashable, Sendable {
    /// For one unit.
    package var amount: Money
    package var effective: DateRange

    package init(amount: Money, effective: DateRange) {
      self.amount = amount
      self.effective = effective
    }
  }

  package init(name: String, fees: [Entry: [Fee]]) {
    self.name = name
    self.fees = fees
  }

  /// The fee in force on `day` for one unit, by the row with the most of the line's modifiers and no others: a modifier that
  /// only informs keeps no line from its price. Nil when the code is not listed.
  /// A line that names only a revenue code is looked up by it (a per diem); the two kinds of code never look alike.
  package func fee(for line: ServiceLine, on day: CalendarDate) -> Money? { row(for: line, on: day)?.amount }

  /// Modifiers of a line that are a price of their own, and that the row of its fee has not.
  package func unpricedModifiers(of line: ServiceLine, on day: CalendarDate) -> [String] {
    guard let row = row(for: line, on: day) else { return [] }
    return (line.procedure?.modifiers ?? []).filter { Self.pricing.contains($0) && !row.modifiers.contains($0) }
  }

  /// Components (26, TC), and equipment that is new, used or rented: a fee without them is that of something else (Claims
  /// Processing Manual, chapter 20, section 30.5; chapter 12, section 20.3).
  private static let pricing: Set<String> = ["26", "TC", "NU", "UE", "RR"]

  private func row(for line: ServiceLine, on day: CalendarDate) -> (modifiers: [String], amount: Money)? {
    let modifiers = line.procedure?.modifiers ?? []
    // A line has four modifiers at most, so sixteen sets of them.
    let sets = (0..<(1 << min(modifiers.count, 4))).map { bits in
      modifiers.indices.filter { bits & (1 << $0) != 0 }.map { modifiers[$0] }.sorted()
    }.sorted { ($1.count, $0.joined(separator: " ")) < ($0.count, $1.joined(separator: " ")) }
    for set in sets {
      if let amount = amount(for: Entry(code: line.code, modifiers: set), on: day) { return (set, amount) }
    }
    return nil
  }

  /// Whether a procedure with modifiers has a fee of its own, and not that of the code alone.
  func hasFee(for procedure: ProcedureCode, on day: CalendarDate) -> Bool {
    amount(for: Entry(code: procedure.code, modifiers: procedure.modifiers), on: day) != nil
  }

  func fee(of code: String, on day: CalendarDate) -> Money? { amount(for: Entry(code: code), on: day) }

  private func amount(for entry: Entry, on day: CalendarDate) -> Money? {
    fees[entry]?.first { $0.effective.contains(day) }?.amount
  }
}
