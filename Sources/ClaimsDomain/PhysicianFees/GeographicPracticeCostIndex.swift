/// The cost of work, practice expense, and malpractice insurance in a Medicare locality, relative to 1 for the nation
/// (42 CFR 414.26).
package struct GeographicPracticeCostIndex: Hashable, Sendable {
  package var work: PracticeCostIndex
  package var practiceExpense: PracticeCostIndex
  package var malpractice: PracticeCostIndex

  /// The national index, which gives what CMS publishes as the national payment amount.
  package static let national = GeographicPracticeCostIndex(
    work: PracticeCostIndex(scaled: 1_000), practiceExpense: PracticeCostIndex(scaled: 1_000),
    malpractice: PracticeCostIndex(scaled: 1_000))

  package init(work: PracticeCostIndex, practiceExpense: PracticeCostIndex, malpractice: PracticeCostIndex) {
    self.work = work
    self.practiceExpense = practiceExpense
    self.malpractice = malpractice
  }
}

/// A Medicare payment locality: the contractor's number (five digits) and the locality's number within it (two digits).
/// Spreadsheets drop leading zeros, so numbers are padded with zeros.
package struct MedicareLocality: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let contractor: String
  package let number: String

  /// Returns nil unless both are digits, with at most five and two of them.
  package init?(contractor: some StringProtocol, number: some StringProtocol) {
    guard let contractor = Self.filled(contractor, to: 5), let number = Self.filled(number, to: 2) else { return nil }
    self.contractor = contractor
    self.number = number
  }

  package var description: String { "\(contractor)-\(number)" }

  package static func < (left: Self, right: Self) -> Bool {
    (left.contractor, left.number) < (right.contractor, right.number)
  }

  private static func filled(_ text: some StringProtocol, to width: Int) -> String? {
    let isNumber = text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard !text.isEmpty, text.utf8.count <= width, isNumber else { return nil }
    return String(repeating: "0", count: width - text.utf8.count) + text
  }
}

/// The GPCIs of a year, by locality.
package struct PracticeCostIndices: Hashable, Sendable {
  package let byLocality: [MedicareLocality: GeographicPracticeCostIndex]

  package init(byLocality: [MedicareLocality: GeographicPracticeCostIndex]) {
    self.byLocality = byLocality
  }

  package subscript(locality: MedicareLocality) -> GeographicPracticeCostIndex? { byLocality[locality] }
}

/// The locality of each county (CMS locality county crosswalk). State names are as in the file.
package struct CountyLocalities: Hashable, Sendable {
  private var counties: [String: [String: MedicareLocality]] = [:]
  private var elsewhere: [String: MedicareLocality] = [:]

  package init() {}

  /// The number of entries, both counties and rests of states.
  package var count: Int { counties.values.map(\.count).reduce(elsewhere.count, +) }

  /// - Parameter counties: The counties; empty for the rest of the state, or all of it.
  package mutating func add(_ locality: MedicareLocality, state: String, counties names: [String]) {
    let state = Self.normal(state)
    if names.isEmpty { elsewhere[state] = locality }
    for name in names { counties[state, default: [:]][Self.normal(name)] = locality }
  }

  /// The county's own locality, else that of the rest of its state; nil when the state is not listed.
  package func locality(state: String, county: String) -> MedicareLocality? {
    let state = Self.normal(state)
    return counties[state]?[Self.normal(county)] ?? elsewhere[state]
  }

  private static func normal(_ name: String) -> String {
    name.uppercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
