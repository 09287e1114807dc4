/// What CMS and others publish and a ruleset holds: fees, edits and lists of codes, each in editions.
package struct ReferenceTables: Sendable {
  package var relativeValues = Editions<PhysicianFeeSchedule>([])
  package var practiceCosts = Editions<PracticeCostIndices>([])
  package var localities = Editions<CountyLocalities>([])
  package var baseUnits = Editions<AnesthesiaBaseUnits>([])
  package var pairs: [CodeEditSetting: Editions<ProcedureToProcedureEdits>] = [:]
  package var units: [CodeEditSetting: Editions<MedicallyUnlikelyEdits>] = [:]
  package var addOns = Editions<AddOnCodeEdits>([])
  package var diagnoses = Editions<CodeList>([])
  package var placesOfService = Editions<CodeList>([])
  /// CARC in use. Nil where none were imported.
  package var reasonCodes: CodeList?
  /// RARC in use. Nil where none were imported.
  package var remarkCodes: CodeList?
  /// What each edition is called, and the digest of its content.
  package let content: [String: String]

  package static let none = ReferenceTables(content: [:])

  package init(content: [String: String]) {
    self.content = content
  }

  /// Whether a plan may ask for an edit: without one table of it, it would never strike.
  package func have(_ edit: CodeEdit) -> Bool {
    switch edit {
    case .diagnosis: !diagnoses.isEmpty
    case .placeOfService: !placesOfService.isEmpty
    case .procedureToProcedure: !pairs.isEmpty
    case .addOn: !addOns.isEmpty
    case .medicallyUnlikely: !units.isEmpty
    }
  }
}

/// By what the editions hold: the digests stand for it.
extension ReferenceTables: Hashable {
  package static func == (left: Self, right: Self) -> Bool { left.content == right.content }

  package func hash(into hasher: inout Hasher) { hasher.combine(content) }
}
