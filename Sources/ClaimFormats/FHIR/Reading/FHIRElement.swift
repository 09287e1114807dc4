import ClaimsDomain
import StrictText

/// What is wrong in a resource, and where: a path such as `Claim.item[0].net`. Never repeats a value, since it may be
/// about a member.
struct FHIRProblem: Error, Hashable {
  let place: String
  let reason: String
  /// The other problems that were found with this one.
  fileprivate(set) var further: [FHIRProblem] = []

  init(place: String, reason: String) {
    (self.place, self.reason) = (place, reason)
  }

  /// This problem and the others, each by itself.
  var all: [FHIRProblem] { [FHIRProblem(place: place, reason: reason)] + further }
}

/// Collects the problems of a resource while it is read to its end, each once.
final class FHIRProblemList {
  private var problems: [FHIRProblem] = []

  /// More than a person corrects at a time.
  private static let limit = 100

  /// Reads a part, and notes the problem that it throws.
  ///
  /// - Returns: nil if the part has a problem.
  @discardableResult
  func attempt<Value>(_ read: () throws(FHIRProblem) -> Value) -> Value? {
    do throws(FHIRProblem) {
      return try read()
    } catch {
      for problem in error.all { note(problem) }
      return nil
    }
  }

  func note(_ problem: FHIRProblem) {
    if problems.contains(problem) || problems.count > Self.limit { return }
    problems.append(problems.count < Self.limit ? problem : FHIRProblem(place: problem.place, reason: .isCutShort))
  }

  /// Returns what was read.
  ///
  /// - Parameter value: nil only if a problem was noted.
  /// - Throws: `FHIRProblem` with all problems.
  func result<Value>(_ value: Value?) throws(FHIRProblem) -> Value {
    if var first = problems.first {
      first.further = Array(problems.dropFirst())
      throw first
    }
    guard let value else { preconditionFailure("a value is missing and no problem was noted") }
    return value
  }
}

/// A part of a resource, with its place for messages. Each function returns nil for a part that is absent, and throws when
/// the part is not what FHIR says it is.
struct FHIRElement {
  let value: FHIRValue
  let place: String
  /// The contained resources of the resource that the part belongs to, by id.
  private let contained: [String: FHIRValue]

  /// Whether a resource has a label (`meta.security` or `meta.tag`), such as HTEST for test data.
  func isMarked(_ code: String) -> Bool {
    let meta = value["meta"]
    let labels = (meta?["security"]?.elements ?? []) + (meta?["tag"]?.elements ?? [])
    return labels.contains { $0["code"]?.text == code }
  }

  /// A resource.
  init(resource value: FHIRValue) {
    let parts = (value["contained"]?.elements ?? []).compactMap { part in part["id"]?.text.map { ($0, part) } }
    self.init(
      value, FHIRResourceType.printable(value["resourceType"]?.text),
      Dictionary(parts, uniquingKeysWith: { _, _ in .null }))
  }

  private init(_ value: FHIRValue, _ place: String, _ contained: [String: FHIRValue]) {
    (self.value, self.place, self.contained) = (value, place, contained)
  }

  func problem(_ name: String = "", _ reason: String) -> FHIRProblem {
    FHIRProblem(place: name.isEmpty ? place : "\(place).\(name)", reason: reason)
  }

  func has(_ name: String) -> Bool { value[name] != nil }

  // MARK: Parts

  /// Returns a contained resource by its id; null when the id is there twice.
  func contained(_ id: String) -> FHIRElement? {
    contained[id].map { FHIRElement($0, FHIRResourceType.printable($0["resourceType"]?.text), contained) }
  }

  func child(_ name: String) throws(FHIRProblem) -> FHIRElement? {
    guard let member = value[name] else { return nil }
    guard case .object = member else { throw problem(name, "must be an object") }
    return FHIRElement(member, "\(place).\(name)", contained)
  }

  func list(_ name: String) throws(FHIRProblem) -> [FHIRElement] {
    guard let member = value[name] else { return [] }
    guard case .list(let values) = member else { throw problem(name, "must be a list") }
    var elements: [FHIRElement] = []
    for (index, value) in values.enumerated() {
      guard case .object = value else { throw problem("\(name)[\(index)]", "must be an object") }
      elements.append(FHIRElement(value, "\(place).\(name)[\(index)]", contained))
    }
    return elements
  }

  // MARK: Values

  /// Returns a text without the spaces around it; nil also when nothing is left.
  func text(_ name: String) throws(FHIRProblem) -> String? {
    guard let member = value[name] else { return nil }
    guard let text = member.text else { throw problem(name, "must be a text") }
    let trimmed = text.trimmingPrefix { $0 == " " }.reversed().trimmingPrefix { $0 == " " }.reversed()
    return trimmed.isEmpty ? nil : String(trimmed)
  }

  func texts(_ name: String) throws(FHIRProblem) -> [String] {
    guard let member = value[name] else { return [] }
    guard case .list(let values) = member else { throw problem(name, "must be a list") }
    var texts: [String] = []
    for (index, value) in values.enumerated() where value != .null {
      guard let text = value.text else { throw problem("\(name)[\(index)]", "must be a text") }
      texts.append(text)
    }
    return texts
  }

  func bool(_ name: String) throws(FHIRProblem) -> Bool? {
    guard let member = value[name] else { return nil }
    guard case .bool(let value) = member else { throw problem(name, "must be true or false") }
    return value
  }

  /// Returns a whole number from 1.
  func positive(_ name: String) throws(FHIRProblem) -> Int? {
    guard let member = value[name] else { return nil }
    guard let number = Self.positive(member) else { throw problem(name, "must be a whole number from 1 to 999999") }
    return number
  }

  func positives(_ name: String) throws(FHIRProblem) -> [Int] {
    guard let member = value[name] else { return [] }
    guard case .list(let values) = member else { throw problem(name, "must be a list") }
    var numbers: [Int] = []
    for (index, value) in values.enumerated() {
      guard let number = Self.positive(value) else {
        throw problem("\(name)[\(index)]", "must be a whole number from 1 to 999999")
      }
      numbers.append(number)
    }
    return numbers
  }

  private static func positive(_ value: FHIRValue) -> Int? {
    guard case .number(let text) = value, let number = Int(text), (1...999_999).contains(number) else { return nil }
    return number
  }

  /// Returns the text of a decimal number.
  func decimal(_ name: String) throws(FHIRProblem) -> String? {
    guard let member = value[name] else { return nil }
    guard case .number(let text) = member else { throw problem(name, "must be a number") }
    return text
  }
}

extension FHIRElement {
  /// Returns an amount of whole cents in dollars, not negative and within what an 837 may carry.
  func money(_ name: String) throws(FHIRProblem) -> Money? {
    guard let money = try child(name) else { return nil }
    guard let text = try money.decimal("value") else { throw money.problem("value", "the amount is missing") }
    guard let currency = try money.text("currency") else {
      throw money.problem("currency", "the currency is missing: amounts must say that they are in USD")
    }
    guard currency == "USD" else {
      throw money.problem("currency", "its amounts are not in United States dollars (USD)")
    }
    let amount: Money
    do throws(MoneyError) {
      amount = try Money(parsing: text)
    } catch {
      throw money.problem("value", error == .overflow ? "the amount is too large" : error.description)
    }
    guard !amount.isNegative else { throw money.problem("value", "the amount is negative") }
    guard amount <= .claimLimit else { throw money.problem("value", "the amount is over \(Money.claimLimit)") }
    return amount
  }

  /// Returns a whole day: a date, or the day of a date and time.
  func day(_ name: String) throws(FHIRProblem) -> CalendarDate? {
    guard let text = try text(name) else { return nil }
    let day = text.prefix(10)
    guard text.utf8.count == 10 || text.dropFirst(10).hasPrefix("T"), day.utf8.count == 10,
      let date = CalendarDate(parsing: day)
    else { throw problem(name, "it is not a whole day, such as 2026-03-09") }
    return date
  }

  /// Returns the days of a period that has both ends.
  func days(_ name: String) throws(FHIRProblem) -> DateRange? {
    guard let period = try child(name) else { return nil }
    guard let first = try period.day("start") else { throw period.problem("start", "the first day is missing") }
    guard let last = try period.day("end") else { throw period.problem("end", "the last day is missing") }
    guard let days = DateRange(first, through: last) else {
      throw period.problem("", "the dates run backwards: the first is after the last")
    }
    return days
  }
}

/// The names of resource types that may be printed.
enum FHIRResourceType {
  /// Returns the name of a type, or `Resource` for a text that is no such name, since it comes from outside.
  static func printable(_ text: String?) -> String {
    guard let text, (1...40).contains(text.utf8.count), text.wholeMatch(of: /[A-Z][A-Za-z]*/) != nil else {
      return "Resource"
    }
    return text
  }
}
