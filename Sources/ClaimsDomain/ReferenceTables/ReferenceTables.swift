/// The published tables of CMS and others in a ruleset: fees, edits, and code lists, each in editions.
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
  /// CARCs in use; nil when none were imported.
  package var reasonCodes: CodeList?
  /// RARCs in use; nil when none were imported.
  package var remarkCodes: CodeList?
  /// The name of each edition, and the digest of its content.
  package let content: [String: String]

  package static let none = ReferenceTables(content: [:])

  package init(content: [String: String]) {
    self.content = content
  }

  /// Whether a plan may require an edit. Without any table, the edit would never apply.
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

/// Compares tables by the digests of their editions, which represent the content.
extension ReferenceTables: Hashable {
  package static func == (left: Self, right: Self) -> Bool { left.content == right.content }

  package func hash(into hasher: inout Hasher) { hasher.combine(content) }
}
