/// Allowed amounts by code: versioned data, read from a fee-schedule file.
package struct FeeSchedule: Hashable, Sendable {
  package let name: String
  private let fees: [Entry: [Fee]]

  /// The lookup key for a fee. A fee without modifiers applies to every line with the code that has no more specific
  /// fee.
  package struct Entry: Hashable, Sendable {
    package var code: String
    package var modifiers: [String]

    package init(code: String, modifiers: [String] = []) {
      self.code = code
      self.modifiers = modifiers.sorted()
    }
  }

  package struct Fee: Hashable, Sendable {
    /// The amount for one unit.
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

  /// A fee that applies to a line, and the modifiers it is for; empty for the fee of the code alone.
  package struct Row: Hashable, Sendable {
    package let modifiers: [String]
    package let amount: Money
  }

  /// The fee in force on `day` for one unit, from the row that matches the most of the line's modifiers and has no
  /// others. Nil when the code is not listed. A line that names only a revenue code is looked up by that code (a per
  /// diem); the two kinds of code never look alike.
  package func row(for line: ServiceLine, on day: CalendarDate) -> Row? {
    let modifiers = line.procedure?.modifiers ?? []
    // A line has at most four modifiers, so at most sixteen sets of them.
    let sets = (0..<(1 << min(modifiers.count, 4))).map { bits in
      modifiers.indices.filter { bits & (1 << $0) != 0 }.map { modifiers[$0] }.sorted()
    }.sorted { ($1.count, $0.joined(separator: " ")) < ($0.count, $1.joined(separator: " ")) }
    for set in sets {
      if let amount = amount(for: Entry(code: line.code, modifiers: set), on: day) {
        return Row(modifiers: set, amount: amount)
      }
    }
    return nil
  }

  /// Whether the schedule lists the code with any modifiers.
  func lists(_ code: String, on day: CalendarDate) -> Bool {
    fees.contains { $0.key.code == code && $0.value.contains { $0.effective.contains(day) } }
  }

  func fee(of code: String, on day: CalendarDate) -> Money? { amount(for: Entry(code: code), on: day) }

  private func amount(for entry: Entry, on day: CalendarDate) -> Money? {
    fees[entry]?.first { $0.effective.contains(day) }?.amount
  }
}

/// What a plan has agreed to pay a facility for lines with certain revenue codes or types of bill (837I).
package struct FacilityContract: Hashable, Sendable, Codable {
  /// Names the terms in explanations, such as `medical-surgical`.
  package var id: String
  package var revenueCodes: [CodePattern]
  /// Patterns for the first two digits of the type of bill (facility and care): `11` is hospital inpatient, `13`
  /// hospital outpatient.
  package var billTypes: [CodePattern]
  package var rate: Rate

  package enum Rate: Hashable, Sendable, Codable {
    /// An amount for each covered day.
    case perDiem(Money)
    case percentOfCharge(BasisPoints)
    /// Included in the per diem of another line of the claim (CO-97).
    case includedInPerDiem
  }

  package init(id: String, revenueCodes: [String] = [], billTypes: [String] = [], rate: Rate) {
    self.id = id
    self.revenueCodes = revenueCodes.map(CodePattern.init)
    self.billTypes = billTypes.map(CodePattern.init)
    self.rate = rate
  }

  /// Whether the contract applies to a line. An empty list matches all lines. A professional claim has neither revenue
  /// codes nor a type of bill.
  package func matches(_ line: ServiceLine, of claim: SubmittedClaim) -> Bool {
    guard claim.kind == .institutional else { return false }
    return (revenueCodes.isEmpty || revenueCodes.contains { $0.matches(line.revenueCode ?? "") })
      && (billTypes.isEmpty || billTypes.contains { $0.matches(claim.facilityCode) })
  }
}
