import ClaimsDomain

/// Reads a published file as a table: checks it row by row, counts the rows, and converts it to its stored form.
struct TableReader {
  private let source: any ClaimBytes
  private let name: String

  init(_ source: any ClaimBytes, name: String) {
    self.source = source
    self.name = name
  }

  struct Table {
    let rows: Int
    /// The packed form; nil when the table is stored as published.
    var packed: [UInt8]?
  }

  /// - Parameter day: The first day that the table is for.
  /// - Throws: `PlanFileError` for the first invalid row.
  func read(_ kind: TableKind, on day: CalendarDate) throws(PlanFileError) -> Table {
    switch kind {
    case .relativeValues: return Table(rows: try RelativeValueFile(source, name: name).schedule().entries.count)
    case .baseUnits: return Table(rows: try AnesthesiaBaseUnitFile(source, name: name).baseUnits().count)
    case .practiceCosts: return Table(rows: try PracticeCostFile(source, name: name).indices().byLocality.count)
    case .localities: return Table(rows: try CountyLocalityFile(source, name: name).localities().count)
    case .practitionerPairs, .hospitalPairs:
      let edits = try ProcedureToProcedureFile(source, name: name).edits()
      return Table(rows: edits.count, packed: edits.packed)
    case .practitionerUnits, .hospitalUnits:
      return Table(rows: try MedicallyUnlikelyFile(source, name: name).edits(for: kind.setting).count)
    case .addOns: return Table(rows: try AddOnCodeFile(source, name: name).edits(on: day).count)
    case .diagnoses, .placesOfService, .reasonCodes, .remarkCodes:
      return Table(rows: try CodeListFile(source, name: name).codes(kind.listed).count)
    }
  }
}

extension TableKind {
  var setting: MedicallyUnlikelyFile.Setting { self == .hospitalUnits ? .outpatientHospital : .practitioner }

  /// The kind of code in a list.
  var listed: CodeListFile.Kind {
    switch self {
    case .placesOfService: .placeOfService
    case .reasonCodes: .adjustmentReason
    case .remarkCodes: .remark
    default: .diagnosis
    }
  }
}
