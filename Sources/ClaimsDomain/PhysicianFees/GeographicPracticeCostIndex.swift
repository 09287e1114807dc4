/// What work, practice expense and malpractice insurance cost in a Medicare locality, the nation being 1
/// (42 CFR 414.26).
package struct GeographicPracticeCostIndex: Hashable, Sendable {
  package var work: PracticeCostIndex
  package var practiceExpense: PracticeCostIndex
  package var malpractice: PracticeCostIndex

  /// The nation: what CMS publishes as the national payment amount.
  package static let national = GeographicPracticeCostIndex(
    work: PracticeCostIndex(scaled: 1_000), practiceExpense: PracticeCostIndex(scaled: 1_000),
    malpractice: PracticeCostIndex(scaled: 1_000))

  package init(work: PracticeCostIndex, practiceExpense: PracticeCostIndex, malpractice: PracticeCostIndex) {
    self.work = work
    self.practiceExpense = practiceExpense
    self.malpractice = malpractice
  }
}

/// A Medicare payment locality: the contractor's number (five digits) and the locality's within it (two). Spreadsheets
/// drop leading zeros, so numbers are filled up.
package struct MedicareLocality: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let contractor: String
  package let number: String

  /// Nil unless both are digits, and no more than five and two of them.
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

/// Which locality a county is in (CMS locality county crosswalk). States are as the file names them.
package struct CountyLocalities: Hashable, Sendable {
  private var counties: [String: [String: MedicareLocality]] = [:]
  private var elsewhere: [String: MedicareLocality] = [:]

  package init() {}

  /// How many are told of, counties and rests of states.
  package var count: Int { counties.values.map(\.count).reduce(elsewhere.count, +) }

  /// - Parameter counties: none for the rest of the state, or all of it.
  package mutating func add(_ locality: MedicareLocality, state: String, counties names: [String]) {
    let state = Self.normal(state)
    if names.isEmpty { elsewhere[state] = locality }
    for name in names { counties[state, default: [:]][Self.normal(name)] = locality }
  }

  /// The county's own locality, else that of the rest of its state. Nil when the state is not listed.
  package func locality(state: String, county: String) -> MedicareLocality? {
    let state = Self.normal(state)
    return counties[state]?[Self.normal(county)] ?? elsewhere[state]
  }

  private static func normal(_ name: String) -> String {
    name.uppercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
