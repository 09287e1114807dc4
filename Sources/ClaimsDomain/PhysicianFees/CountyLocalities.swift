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
