import ClaimsDomain

/// A published file read as the table it is: checked row by row, counted, and put into the form in which it is kept.
struct TableReader {
  private let source: any ClaimBytes
  private let name: String

  init(_ source: any ClaimBytes, name: String) {
    self.source = source
    self.name = name
  }

  struct Table {
    let rows: Int
    /// Nil where it is kept as it was published.
    var packed: [UInt8]?
  }

  /// - Parameter day: The first it is for.
  /// - Throws: `PlanFileError` for the first row that is wrong.
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

  /// What a list is a list of.
  var listed: CodeListFile.Kind {
    switch self {
    case .placesOfService: .placeOfService
    case .reasonCodes: .adjustmentReason
    case .remarkCodes: .remark
    default: .diagnosis
    }
  }
}
