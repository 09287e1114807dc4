/// One NCCI procedure-to-procedure edit: of two codes given together, the one in column 2 is not paid.
package struct ProcedureToProcedureEdit: Hashable, Sendable {
  package let column1: String
  package let column2: String
  /// Nil when it was deleted on the day it would have taken effect: it was never in force (NCCI policy manual,
  /// chapter I, modifier indicator 9).
  package let days: DateRange?
  package let modifierIndicator: ModifierIndicator

  package enum ModifierIndicator: Int, Hashable, Sendable, CaseIterable {
    /// No modifier gets both paid.
    case notAllowed = 0
    case allowed = 1
    /// The edit is deleted, so there is nothing to get round.
    case notApplicable = 9
  }

  /// - Parameter deletion: The last day on which it is in force; nil while it stands.
  package init(
    column1: String, column2: String, effective: CalendarDate, deletion: CalendarDate?,
    modifierIndicator: ModifierIndicator
  ) {
    self.column1 = column1
    self.column2 = column2
    self.modifierIndicator = modifierIndicator
    if let deletion {
      days = deletion > effective ? DateRange(effective, through: deletion) : nil
    } else {
      days = DateRange(effective, through: .openEnd)
    }
  }
}
