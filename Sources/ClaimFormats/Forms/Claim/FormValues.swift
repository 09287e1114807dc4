internal import ClaimsDomain

/// Why a form becomes no claim, and the box that shows it.
struct FormProblem: Error, Hashable {
  let field: String
  let reason: String
}

/// The boxes of a form that is not in doubt, as the values of a claim.
struct FormValues {
  let services: [Int]
  private let values: [String: String]

  init(_ reading: FormReading) {
    services = reading.services
    values = reading.values
  }

  subscript(_ field: String) -> String? { values[field] }

  /// - Throws: `FormProblem` for a box that says nothing.
  func required(_ field: String) throws(FormProblem) -> String {
    guard let value = values[field] else { throw FormProblem(field: field, reason: "box \(field) says nothing") }
    return value
  }

  func money(_ field: String) throws(FormProblem) -> Money? {
    guard let text = values[field] else { return nil }
    let amount: Money
    do throws(MoneyError) {
      amount = try Money(parsing: text)
    } catch {
      throw FormProblem(field: field, reason: error.description)
    }
    guard amount <= .claimLimit else {
      throw FormProblem(field: field, reason: "the amount is over \(Money.claimLimit)")
    }
    return amount
  }

  func requiredMoney(_ field: String) throws(FormProblem) -> Money {
    guard let amount = try money(field) else { throw FormProblem(field: field, reason: "box \(field) has no amount") }
    return amount
  }

  func day(_ field: String) -> CalendarDate? { values[field].flatMap { CalendarDate(parsing: $0) } }

  /// The days from one box to another; a single day when the second is empty.
  func days(_ first: String, through last: String) throws(FormProblem) -> DateRange? {
    guard let from = day(first) else { return nil }
    guard let range = DateRange(from, through: day(last) ?? from) else {
      throw FormProblem(field: last, reason: "the dates run backwards: the first is after the last")
    }
    return range
  }

  func name(_ field: String) throws(FormProblem) -> PersonName { PersonName(form: try required(field)) }

  /// An address in boxes of its own: street, city, state, ZIP code.
  func address(_ street: String, _ city: String, _ state: String, _ zip: String) -> Address? {
    guard values[street] != nil || values[city] != nil || values[zip] != nil else { return nil }
    return Address(
      lines: [values[street]].compactMap(\.self), city: values[city] ?? "", state: values[state] ?? "",
      postalCode: values[zip] ?? "")
  }

  /// An address whose last line has city, state and ZIP code.
  func address(lines: [String], cityLine: String?) -> Address? {
    guard let cityLine, let city = FieldGrammar.cityLine(cityLine).value else {
      return lines.isEmpty ? nil : Address(lines: lines, city: "", state: "", postalCode: "")
    }
    let words = city.split(separator: " ").map(String.init)
    return Address(
      lines: lines, city: words.dropLast(2).joined(separator: " "), state: words[words.count - 2],
      postalCode: words[words.count - 1])
  }

  func units(_ field: String) throws(FormProblem) -> Units {
    guard let units = Units(parsing: try required(field)) else {
      throw FormProblem(field: field, reason: "box \(field) is no number of units")
    }
    return units
  }
}
