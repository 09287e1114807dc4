package import ClaimsDomain
import Foundation

extension ReferenceTables {
  /// Reads the stored editions. If several editions include a day, the one that begins later applies, or else the one
  /// that ends later.
  ///
  /// - Throws: `PlanFileError` if an edition cannot be read.
  package init(reading editions: [TableEdition]) throws(PlanFileError) {
    self.init(content: Dictionary(editions.map { ($0.name, $0.seal) }, uniquingKeysWith: { first, _ in first }))
    let sorted = editions.sorted {
      ($0.days.first, $0.days.last, $0.name) < ($1.days.first, $1.days.last, $1.name)
    }
    func each<Table>(
      _ kind: TableKind, _ read: (any ClaimBytes, TableEdition) throws(PlanFileError) -> Table
    ) throws(PlanFileError) -> Editions<Table> {
      Editions(
        try sorted.filter { $0.kind == kind }.map { edition throws(PlanFileError) in
          (edition.days, try read(DataBytes(data: edition.content), edition))
        })
    }
    relativeValues = try each(.relativeValues) { source, edition throws(PlanFileError) in
      try RelativeValueFile(source, name: edition.name).schedule()
    }
    practiceCosts = try each(.practiceCosts) { source, edition throws(PlanFileError) in
      try PracticeCostFile(source, name: edition.name).indices()
    }
    localities = try each(.localities) { source, edition throws(PlanFileError) in
      try CountyLocalityFile(source, name: edition.name).localities()
    }
    baseUnits = try each(.baseUnits) { source, edition throws(PlanFileError) in
      try AnesthesiaBaseUnitFile(source, name: edition.name).baseUnits()
    }
    addOns = try each(.addOns) { source, edition throws(PlanFileError) in
      try AddOnCodeFile(source, name: edition.name).edits(on: edition.days.first)
    }
    for setting in CodeEditSetting.allCases {
      let found = try each(.units(setting)) { source, edition throws(PlanFileError) in
        try MedicallyUnlikelyFile(source, name: edition.name).edits(for: edition.kind.setting)
      }
      if !found.isEmpty { units[setting] = found }
      let parts = sorted.filter { $0.kind == .pairs(setting) }
      if !parts.isEmpty { pairs[setting] = try Self.pairs(in: parts) }
    }
    func list(_ kind: TableKind) throws(PlanFileError) -> Editions<CodeList> {
      try each(kind) { source, edition throws(PlanFileError) in
        try CodeListFile(source, name: edition.name).codes(kind.listed)
      }
    }
    diagnoses = try list(.diagnoses)
    placesOfService = try list(.placesOfService)
    func inUse(_ kind: TableKind, _ written: Set<String>) throws(PlanFileError) -> CodeList? {
      guard let edition = sorted.last(where: { $0.kind == kind }) else { return nil }
      let codes = try CodeListFile(DataBytes(data: edition.content), name: edition.name).codes(kind.listed)
      if let missing = written.sorted().first(where: { !codes.contains($0) }) {
        throw PlanFileError(
          file: edition.name, reason: "the list lacks \(missing), which decisions are written with",
          advice: "import the whole list, or remove this one")
      }
      return codes
    }
    reasonCodes = try inUse(.reasonCodes, WrittenCodes.reasons)
    remarkCodes = try inUse(.remarkCodes, WrittenCodes.remarks)
  }

  /// Merges the parts of each quarter into one edition.
  private static func pairs(
    in parts: [TableEdition]
  ) throws(PlanFileError) -> Editions<ProcedureToProcedureEdits> {
    var quarters: [(days: DateRange, edits: [ProcedureToProcedureEdits])] = []
    for part in parts {
      guard let edits = part.content.withUnsafeBytes({ ProcedureToProcedureEdits(packed: $0) }) else {
        throw PlanFileError(
          file: part.name, reason: "the table is not whole", advice: "remove it and import the published file again")
      }
      if let index = quarters.firstIndex(where: { $0.days == part.days }) {
        quarters[index].edits.append(edits)
      } else {
        quarters.append((part.days, [edits]))
      }
    }
    return Editions(quarters.map { ($0.days, ProcedureToProcedureEdits(merging: $0.edits)) })
  }
}
