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

  /// The fee in force on `day` for one unit: the exact modifiers first, then none. Nil when the code is not listed.
  /// A line that names only a revenue code is looked up by it (a per diem); the two kinds of code never look alike.
  package func fee(for line: ServiceLine, on day: CalendarDate) -> Money? {
    if let modifiers = line.procedure?.modifiers, !modifiers.isEmpty,
      let exact = amount(for: Entry(code: line.code, modifiers: modifiers), on: day)
    {
      return exact
    }
    return amount(for: Entry(code: line.code), on: day)
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
