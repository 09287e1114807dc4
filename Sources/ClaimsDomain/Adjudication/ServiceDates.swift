extension SubmittedClaim {
  /// When a line's service was given: its own dates, else the statement's (837I TR3 005010X223: DTP*472 is situational
  /// on institutional lines).
  package func serviceDates(of line: ServiceLine) -> DateRange? { line.serviceDates ?? statementDates }
}
