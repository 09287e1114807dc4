package import ClaimsDomain

/// An MUE file for one quarter: code, units, MAI (`2` or `2 Date of Service Edit: Policy`), rationale.
package struct MedicallyUnlikelyFile {
  /// The setting whose values apply, for a file with the values of several settings.
  package enum Setting: String, Sendable, CaseIterable {
    case practitioner
    case outpatientHospital = "outpatient hospital"
  }

  private let source: any ClaimBytes
  private let name: String

  package init(_ source: any ClaimBytes, name: String) {
    self.source = source
    self.name = name
  }

  /// - Throws: `PlanFileError` for the first row that is invalid or repeats a code.
  package func edits(for setting: Setting) throws(PlanFileError) -> MedicallyUnlikelyEdits {
    var reader = try DelimitedReader(source, file: name)
    let header = try ReferenceHeader(Self.columns(for: setting), of: &reader, what: "the MUE file")
    var edits: MedicallyUnlikelyEdits = [:]
    while let row = try reader.next() {
      guard row.cells.dropFirst().contains(where: { !$0.isEmpty }) else { continue }
      let edit = MedicallyUnlikelyEdit(
        code: try row.require(header["HCPCS code"], "HCPCS code", .procedure),
        units: try row.require(header["MUE value"], "MUE value", .muePerDay),
        adjudication: try row.require(header["MAI"], "MAI", .adjudication))
      guard edits.updateValue(edit, forKey: edit.code) == nil else {
        throw row.error("\(edit.code) is there twice", advice: "leave one of the two rows out")
      }
    }
    guard !edits.isEmpty else {
      throw PlanFileError(file: name, reason: "there is no code in the file", advice: "download it again from CMS")
    }
    return edits
  }

  static func columns(for setting: Setting) -> [ReferenceHeader.Column] {
    let code = ReferenceHeader.Column("HCPCS code", "hcpcscptcode", "code")
    return switch setting {
    case .practitioner:
      [
        code, .init("MUE value", "practitionerservicesmuevalues", "practitionermue"),
        .init("MAI", "mueadjudicationindicator", "practitionermai"),
      ]
    case .outpatientHospital:
      [
        code, .init("MUE value", "outpatienthospitalservicesmuevalues", "hospitalmue"),
        .init("MAI", "mueadjudicationindicator", "hospitalmai"),
      ]
    }
  }
}

extension ScalarForm where Value == Int {
  fileprivate static var muePerDay: Self {
    ScalarForm(expectation: "a whole number of units from 0 to 99999") { text in
      Int(text).flatMap { (0...99_999).contains($0) ? $0 : nil }
    }
  }
}

extension ScalarForm where Value == MedicallyUnlikelyEdit.Adjudication {
  /// The number, with or without its meaning after it.
  fileprivate static var adjudication: Self {
    ScalarForm(expectation: "1, 2 or 3") { text in
      text.split(separator: " ").first.flatMap { Int($0) }.flatMap { Value(rawValue: $0) }
    }
  }
}
