internal import ClaimsDomain
internal import Foundation
internal import StrictText

extension ClaimDocument {
  /// A problem with a value, identified by its path. The reader adds the record's location in the file.
  struct Problem: Error, Hashable {
    let path: String
    let reason: String
  }

  static let sequences: [String: PayerSequence] = [
    "primary": .primary, "secondary": .secondary, "tertiary": .tertiary, "other": .other,
  ]

  /// Returns a code in the form used for comparison, in capitals and without surrounding blanks; nil when nothing is
  /// left.
  static func word(_ text: String?) -> String? {
    let word = text.map { $0.trimmingCharacters(in: .whitespaces).capitals }
    return word?.isEmpty == false ? word : nil
  }

  /// The claim; nil when `ClaimOutline` finds a problem in it.
  func claim(isTest: Bool, digest: String) -> SubmittedClaim? {
    guard let kind = ClaimKind(rawValue: kind), let sequence = Self.sequences[payerSequence] else { return nil }
    return SubmittedClaim(
      kind: kind, claimNumber: claimNumber, payer: payer, payerSequence: sequence, frequency: frequency,
      payerControlNumber: payerControlNumber, priorAuthorization: priorAuthorization, facilityCode: facilityCode,
      charge: charge, billingProvider: billingProvider, renderingProvider: renderingProvider, subscriber: subscriber,
      patient: patient.map { .dependent($0) } ?? .subscriber,
      diagnoses: diagnoses.map(\.withoutDots), statementDates: statementDates,
      lines: serviceLines(), isTest: isTest ? true : nil, assignsBenefits: assignsBenefits,
      relatedCauses: relatedCauses.flatMap { $0.isEmpty ? nil : $0 }, digest: digest)
  }

  private func serviceLines() -> [ServiceLine] {
    var lines: [ServiceLine] = []
    for line in self.lines { lines.append(serviceLine(line, after: lines.last?.number ?? 0)) }
    return lines
  }

  private func serviceLine(_ line: LineDocument, after previous: Int) -> ServiceLine {
    var procedure: ProcedureCode?
    if let code = Self.word(line.code), let qualifier = Self.word(line.codeQualifier) {
      let modifiers = (line.modifiers ?? []).compactMap(Self.word)
      procedure = ProcedureCode(qualifier: qualifier, code: code, modifiers: modifiers)
    }
    return ServiceLine(
      number: line.number ?? previous + 1, procedure: procedure, revenueCode: Self.word(line.revenueCode),
      charge: line.charge, units: line.units, placeOfService: Self.word(line.placeOfService) ?? facilityCode,
      serviceDates: line.serviceDates ?? statementDates, diagnosisPointers: line.diagnosisPointers ?? [])
  }
}

extension String {
  /// A diagnosis as claims of all formats hold it.
  var withoutDots: String { filter { $0 != "." } }
}
