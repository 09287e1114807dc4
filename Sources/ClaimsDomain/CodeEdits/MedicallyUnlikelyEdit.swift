/// The most units of a code that are believed of one provider, one patient and one day (NCCI policy manual, chapter I,
/// section V; Claims Processing Manual, chapter 23, section 20.9.3).
package struct MedicallyUnlikelyEdit: Hashable, Sendable {
  package let code: String
  package let units: Int
  package let adjudication: Adjudication

  /// MAI, the MUE adjudication indicator.
  package enum Adjudication: Int, Hashable, Sendable, CaseIterable {
    /// Each line of the claim by itself.
    case line = 1
    /// All units of the day; by statute, regulation or anatomy no more can be right.
    case dateOfServicePolicy = 2
    /// All units of the day; more is possible, and an appeal may show it.
    case dateOfServiceClinical = 3
  }

  package init(code: String, units: Int, adjudication: Adjudication) {
    self.code = code
    self.units = units
    self.adjudication = adjudication
  }
}

/// One quarter's MUEs of one setting, by code.
package typealias MedicallyUnlikelyEdits = [String: MedicallyUnlikelyEdit]
