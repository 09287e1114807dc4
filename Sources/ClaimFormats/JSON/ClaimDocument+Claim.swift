internal import ClaimsDomain
internal import Foundation
internal import StrictText

extension ClaimDocument {
  /// A problem with a value, identified by its path. The reader adds the record's location in the file.
  struct Problem: Error {
    let path: String
    let reason: String
  }

  /// - Throws: `Problem` for the first value that is not valid in a claim.
  func claim(isTest: Bool, digest: String) throws(Problem) -> SubmittedClaim {
    guard let kind = ClaimKind(rawValue: kind) else {
      throw Problem(path: "kind", reason: "must be professional or institutional")
    }
    guard let sequence = Self.sequences[payerSequence] else {
      throw Problem(path: "payer_sequence", reason: "must be primary, secondary, tertiary or other")
    }
    try Self.require(claimNumber.text, "claim_number")
    guard claimNumber.text.utf8.count <= X12Limits.claimNumberLength else {
      throw Problem(path: "claim_number", reason: "is longer than \(X12Limits.claimNumberLength) characters")
    }
    try Self.require(payer.id.text, "payer.id")
    try Self.require(facilityCode, "facility_code")
    try Self.require(subscriber.memberID.text, "subscriber.member_id")
    try Self.require(billingProvider.reference, "billing_provider.name")
    guard (relatedCauses ?? []).allSatisfy(["AA", "EM", "OA"].contains) else {
      throw Problem(
        path: "related_causes", reason: "must be of AA (automobile), EM (employment) and OA (other accident)")
    }
    try Self.check(charge, "charge")
    try Self.check(statementDates, "statement_dates")
    return SubmittedClaim(
      kind: kind, claimNumber: claimNumber, payer: payer, payerSequence: sequence, frequency: frequency,
      payerControlNumber: payerControlNumber, priorAuthorization: priorAuthorization, facilityCode: facilityCode,
      charge: charge, billingProvider: billingProvider, renderingProvider: renderingProvider, subscriber: subscriber,
      patient: patient.map { .dependent($0) } ?? .subscriber,
      diagnoses: (diagnoses ?? []).map { $0.filter { $0 != "." } }, statementDates: statementDates,
      lines: try serviceLines(kind), isTest: isTest ? true : nil, assignsBenefits: assignsBenefits,
      relatedCauses: relatedCauses.flatMap { $0.isEmpty ? nil : $0 }, digest: digest)
  }

  private static let sequences: [String: PayerSequence] = [
    "primary": .primary, "secondary": .secondary, "tertiary": .tertiary, "other": .other,
  ]

  private func serviceLines(_ kind: ClaimKind) throws(Problem) -> [ServiceLine] {
    guard !lines.isEmpty else { throw Problem(path: "lines", reason: "the claim has no service line") }
    guard lines.count <= kind.lineLimit else {
      let reason = "the claim has \(lines.count) service lines; \(kind.rawValue) claims may have \(kind.lineLimit)"
      throw Problem(path: "lines", reason: reason)
    }
    var result: [ServiceLine] = []
    for (index, line) in lines.enumerated() {
      let previous = result.last?.number ?? 0
      result.append(try serviceLine(line, path: "lines[\(index)]", after: previous))
    }
    return result
  }

  private func serviceLine(_ line: LineDocument, path: String, after previous: Int) throws(Problem) -> ServiceLine {
    let number = line.number ?? previous + 1
    guard number > previous, number <= 999_999 else {
      throw Problem(path: "\(path).number", reason: "must go up from line to line")
    }
    guard Self.word(line.code) != nil || Self.word(line.revenueCode) != nil else {
      throw Problem(path: "\(path).code", reason: "a line needs a code or a revenue_code")
    }
    try Self.check(line.charge, "\(path).charge")
    try Self.check(line.serviceDates, "\(path).service_dates")
    guard line.units >= Units(0) else { throw Problem(path: "\(path).units", reason: "is negative") }
    let pointers = line.diagnosisPointers ?? []
    guard pointers.allSatisfy((1...99).contains) else {
      throw Problem(path: "\(path).diagnosis_pointers", reason: "must count from 1")
    }
    guard let dates = line.serviceDates ?? statementDates else {
      throw Problem(path: "\(path).service_dates", reason: "is missing, and the claim has no statement_dates")
    }
    var procedure: ProcedureCode?
    if let code = Self.word(line.code) {
      guard let qualifier = Self.word(line.codeQualifier) else {
        throw Problem(path: "\(path).code_qualifier", reason: "is missing")
      }
      procedure = ProcedureCode(qualifier: qualifier, code: code, modifiers: try Self.modifiers(line, path))
    }
    return ServiceLine(
      number: number, procedure: procedure, revenueCode: Self.word(line.revenueCode), charge: line.charge,
      units: line.units,
      placeOfService: Self.word(line.placeOfService) ?? facilityCode, serviceDates: dates, diagnosisPointers: pointers)
  }

  /// Returns a code in the form used for comparison, in capitals and without surrounding blanks; nil when nothing is
  /// left.
  private static func word(_ text: String?) -> String? {
    let word = text.map { $0.trimmingCharacters(in: .whitespaces).capitals }
    return word?.isEmpty == false ? word : nil
  }

  private static func modifiers(_ line: LineDocument, _ path: String) throws(Problem) -> [String] {
    var modifiers: [String] = []
    for (index, text) in (line.modifiers ?? []).enumerated() {
      guard let modifier = word(text), modifier.utf8.count == 2 else {
        throw Problem(path: "\(path).modifiers[\(index)]", reason: "a modifier has two characters")
      }
      modifiers.append(modifier)
    }
    guard modifiers.count <= 4 else { throw Problem(path: "\(path).modifiers", reason: "a line has four at most") }
    return modifiers
  }

  private static func require(_ text: String, _ path: String) throws(Problem) {
    if text.allSatisfy(\.isWhitespace) { throw Problem(path: path, reason: "is empty") }
  }

  private static func check(_ amount: Money, _ path: String) throws(Problem) {
    if amount.isNegative { throw Problem(path: path, reason: "the amount is negative") }
    if amount > .claimLimit { throw Problem(path: path, reason: "the amount is over \(Money.claimLimit)") }
  }

  private static func check(_ dates: DateRange?, _ path: String) throws(Problem) {
    guard let dates, dates.first > dates.last else { return }
    throw Problem(path: path, reason: "the dates run backwards: the first is after the last")
  }
}
