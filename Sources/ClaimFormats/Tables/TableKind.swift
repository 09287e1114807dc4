import ClaimsDomain

/// The published tables that a ruleset can contain. The name of an edition begins with the raw value.
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

  /// The name that people see.
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

/// Determines which list the codes come from, by the shapes of all of them together.
struct CodeShapes {
  private(set) var count = 0
  /// The lists that could contain every code so far.
  private var possible: Set<TableKind> = [.placesOfService, .reasonCodes, .remarkCodes, .diagnoses]
  private var hasLetters = false
  private var hasNumbers = false
  private var firstLetters: Set<Character> = []

  /// - Returns: False once no list can contain all the codes.
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
    // 1 to 3 digits, or a letter and 1 to 3 digits: A1, B7, P14. There is no 0.
    keep(.reasonCodes, if: letters.count <= 1 && isPlain && (1...3).contains(digits.count) && code != "0")
    keep(.diagnoses, if: letters.count >= 1 && (3...7).contains(code.count) && code.dropFirst().first?.isNumber == true)
    return !possible.isEmpty
  }

  /// The list; nil when more than one is possible, or none.
  var kind: TableKind? {
    var left = possible
    // Reason codes come both with and without letters; X12's other lists do not.
    if !(hasLetters && hasNumbers) { left.remove(.reasonCodes) }
    if left.contains(.remarkCodes) || firstLetters.count < 3 { left.remove(.diagnoses) }
    return count >= 3 && left.count == 1 ? left.first : nil
  }
}
