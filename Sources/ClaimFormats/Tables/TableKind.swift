import ClaimsDomain

/// The published tables a ruleset can hold. The raw value begins the name of an edition.
package enum TableKind: String, Sendable, CaseIterable {
  case relativeValues = "mpfs"
  case practiceCosts = "gpci"
  case localities
  case baseUnits = "anesthesia-base-units"
  case practitionerPairs = "ncci-ptp-practitioner"
  case hospitalPairs = "ncci-ptp-outpatient-hospital"
  case practitionerUnits = "mue-practitioner"
  case hospitalUnits = "mue-outpatient-hospital"
  case addOns = "add-on"
  case diagnoses = "icd-10-cm"
  case placesOfService = "place-of-service"
  case reasonCodes = "carc"
  case remarkCodes = "rarc"

  /// For people.
  package var title: String {
    switch self {
    case .relativeValues: "physician fee schedule, relative values"
    case .practiceCosts: "geographic practice cost indices"
    case .localities: "localities and their counties"
    case .baseUnits: "anesthesia base units"
    case .practitionerPairs: "NCCI pairs, practitioners"
    case .hospitalPairs: "NCCI pairs, outpatient hospital"
    case .practitionerUnits: "medically unlikely edits, practitioners"
    case .hospitalUnits: "medically unlikely edits, outpatient hospital"
    case .addOns: "NCCI add-on codes"
    case .diagnoses: "ICD-10-CM codes that are billable"
    case .placesOfService: "places of service"
    case .reasonCodes: "claim adjustment reason codes"
    case .remarkCodes: "remittance advice remark codes"
    }
  }

  static func pairs(_ setting: CodeEditSetting) -> TableKind {
    setting == .practitioner ? .practitionerPairs : .hospitalPairs
  }

  static func units(_ setting: CodeEditSetting) -> TableKind {
    setting == .practitioner ? .practitionerUnits : .hospitalUnits
  }
}

extension TableKind {
  /// The first day of an edition that says so of itself; nil where it has to be told.
  func firstDay(published: PublicationDate?) -> CalendarDate? {
    switch published {
    case .day(let day): return day
    case .year(let year):
      switch self {
      case .relativeValues, .practiceCosts, .localities, .baseUnits: return CalendarDate(year: year, month: 1, day: 1)
      // A fiscal year, which begins in October of the year before.
      case .diagnoses: return CalendarDate(year: year - 1, month: 10, day: 1)
      default: return nil
      }
    case nil: return nil
    }
  }

  /// Lists that CMS and X12 keep as one, and add to: an edition without a day is for every day.
  var isUndated: Bool { self == .placesOfService || self == .reasonCodes || self == .remarkCodes }

  /// The days of service an edition is for that begins to count on `first`.
  func days(from first: CalendarDate) -> DateRange? {
    switch self {
    case .relativeValues, .practiceCosts, .localities, .baseUnits:
      return CalendarDate(year: first.year, month: 12, day: 31).flatMap { DateRange(first, through: $0) }
    case .diagnoses:
      return CalendarDate(year: first.month >= 10 ? first.year + 1 : first.year, month: 9, day: 30)
        .flatMap { DateRange(first, through: $0) }
    case .practitionerUnits, .hospitalUnits, .addOns:
      return Self.endOfQuarter(first).flatMap { DateRange(first, through: $0) }
    case .practitionerPairs, .hospitalPairs:
      // Each pair has its own days, back to the beginning of NCCI, so the newest file tells of every day before it too.
      guard let start = CalendarDate(year: 1996, month: 1, day: 1), let end = Self.endOfQuarter(first) else {
        return nil
      }
      return DateRange(start, through: end)
    case .placesOfService, .reasonCodes, .remarkCodes:
      return DateRange(first, through: .openEnd)
    }
  }

  private static func endOfQuarter(_ day: CalendarDate) -> CalendarDate? {
    let next = (day.month - 1) / 3 * 3 + 4
    let start = CalendarDate(year: next > 12 ? day.year + 1 : day.year, month: next > 12 ? 1 : next, day: 1)
    return start.flatMap { CalendarDate(dayNumber: $0.dayNumber - 1) }
  }
}

/// Which list codes are of, by how all of them look together.
struct CodeShapes {
  private(set) var count = 0
  /// Lists every code so far could be of.
  private var possible: Set<TableKind> = [.placesOfService, .reasonCodes, .remarkCodes, .diagnoses]
  private var hasLetters = false
  private var hasNumbers = false
  private var firstLetters: Set<Character> = []

  /// - Returns: false once it can be none of them.
  mutating func add(_ written: String) -> Bool {
    let code = written.replacing(".", with: "")
    count += 1
    let letters = code.prefix { $0.isASCII && $0.isUppercase }
    let digits = code.dropFirst(letters.count)
    let isPlain = digits.allSatisfy { $0.isASCII && $0.isNumber }
    hasLetters = hasLetters || !letters.isEmpty
    hasNumbers = hasNumbers || letters.isEmpty
    if let first = letters.first { firstLetters.insert(first) }
    func keep(_ kind: TableKind, if holds: Bool) { if !holds { possible.remove(kind) } }
    keep(.placesOfService, if: letters.isEmpty && isPlain && code.count == 2)
    keep(.remarkCodes, if: ["M", "MA", "N"].contains(letters) && isPlain && (1...3).contains(digits.count))
    // 1 to 3 digits, or a letter before them: A1, B7, P14. There is no 0.
    keep(.reasonCodes, if: letters.count <= 1 && isPlain && (1...3).contains(digits.count) && code != "0")
    keep(.diagnoses, if: letters.count >= 1 && (3...7).contains(code.count) && code.dropFirst().first?.isNumber == true)
    return !possible.isEmpty
  }

  /// Nil where more than one list is possible, or none.
  var kind: TableKind? {
    var left = possible
    // Reasons come with and without letters; other lists of X12 do not.
    if !(hasLetters && hasNumbers) { left.remove(.reasonCodes) }
    if left.contains(.remarkCodes) || firstLetters.count < 3 { left.remove(.diagnoses) }
    return count >= 3 && left.count == 1 ? left.first : nil
  }
}
