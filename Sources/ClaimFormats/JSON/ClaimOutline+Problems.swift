import ClaimsDomain
import Foundation
import StrictText

extension ClaimOutline {
  private typealias Problem = ClaimDocument.Problem

  /// Returns what is wrong with the values. A value that is missing or cannot be read is not judged here.
  func problems() -> [ClaimDocument.Problem] {
    // Of a claim that does not say its kind, as much is looked at as any may have.
    let kind = kind.value.flatMap(ClaimKind.init) ?? .institutional
    var problems = headProblems() + diagnosisProblems(kind)
    guard let lines = lines.value else { return problems }
    if lines.isEmpty { problems.append(Problem(path: "lines", reason: "the claim has no service line")) }
    if lineCount > kind.lineLimit {
      let reason = "the claim has \(lineCount) service lines; \(kind.rawValue) claims may have \(kind.lineLimit)"
      return problems + [Problem(path: "lines", reason: reason)]
    }
    var previous = 0
    for (index, line) in lines.enumerated() {
      guard let line else { continue }
      let number = line.number.value ?? previous + 1
      problems += self.problems(of: line, path: "lines[\(index)]", isInOrder: (previous + 1...999_999).contains(number))
      previous = max(previous, min(number, 999_998))
    }
    return problems
  }

  private func headProblems() -> [Problem] {
    let causes = causes.value ?? []
    return [
      kind.problem("kind", "must be professional or institutional") { ClaimKind(rawValue: $0) == nil },
      claimNumber.problem("claim_number", "is empty") { $0.text.isBlank },
      claimNumber.problem("claim_number", "is longer than \(X12Limits.claimNumberLength) characters") {
        $0.text.utf8.count > X12Limits.claimNumberLength
      },
      payerID.problem("payer.id", "is empty") { $0.text.isBlank },
      sequence.problem("payer_sequence", "must be primary, secondary, tertiary or other") {
        ClaimDocument.sequences[$0] == nil
      },
      self.causes.problem(
        "related_causes", "must be of AA (automobile), EM (employment) and OA (other accident)"
      ) { _ in !causes.allSatisfy(["AA", "EM", "OA"].contains) },
      facilityCode.problem("facility_code", "is empty") { $0.isBlank },
      Self.problem(of: charge, "charge"),
      billingProvider.problem("billing_provider.npi", "is empty; leave it out if there is none") {
        $0.npi?.isBlank == true
      },
      billingProvider.problem("billing_provider.tax_id", "is empty; leave it out if there is none") {
        $0.npi == nil && $0.taxID?.isBlank == true
      },
      billingProvider.problem("billing_provider.name", "is empty") {
        $0.npi == nil && $0.taxID == nil && $0.name.isBlank
      },
      memberID.problem("subscriber.member_id", "is empty") { $0.text.isBlank },
      Self.problem(of: statementDates, "statement_dates"),
    ].compactMap(\.self)
  }

  /// A claim states why the care was given, and each professional service for which of these reasons (TR3 005010X222 and
  /// X223, HI and SV107).
  func diagnosisProblems(_ kind: ClaimKind) -> [ClaimDocument.Problem] {
    guard let codes = diagnoses.value else { return [] }
    if codes.isEmpty { return [Problem(path: "diagnoses", reason: "the claim has no diagnosis")] }
    if codes.count > kind.diagnosisLimit {
      let reason = "the claim has \(codes.count) diagnoses; \(kind.rawValue) claims may have \(kind.diagnosisLimit)"
      return [Problem(path: "diagnoses", reason: reason)]
    }
    return codes.indices.filter { codes[$0].allSatisfy { $0.isWhitespace || $0 == "." } }
      .map { Problem(path: "diagnoses[\($0)]", reason: "is empty") }
  }

  private func pointerProblem(of line: Line, _ path: String) -> Problem? {
    guard let codes = diagnoses.value, !codes.isEmpty else { return nil }
    if kind.value == ClaimKind.professional.rawValue, line.pointers.value.map(\.isEmpty) ?? !line.pointers.isThere {
      return Problem(path: path, reason: "a professional service points to at least one of the claim's diagnoses")
    }
    return line.pointers.problem(path, "a line points to four diagnoses at most") { $0.count > 4 }
      ?? line.pointers.problem(path, "must be from 1 to \(codes.count), the number of the claim's diagnoses") {
        !$0.allSatisfy((1...codes.count).contains)
      }
  }

  private func problems(of line: Line, path: String, isInOrder: Bool) -> [Problem] {
    let lacksCode = [line.code, line.revenueCode].allSatisfy { $0.isThere ? $0.value?.isBlank == true : true }
    let lacksQualifier = line.code.value?.isBlank == false && line.codeQualifier.value?.isBlank != false
    let lacksDates = !line.dates.isThere && !statementDates.isThere
    let others = [
      isInOrder ? nil : Problem(path: "\(path).number", reason: "must go up from line to line"),
      lacksCode ? Problem(path: "\(path).code", reason: "a line needs a code or a revenue_code") : nil,
      lacksQualifier && (!line.codeQualifier.isThere || line.codeQualifier.value != nil)
        ? Problem(path: "\(path).code_qualifier", reason: "is missing") : nil,
      Self.problem(of: line.charge, "\(path).charge"),
      line.units.problem("\(path).units", "is negative") { $0 < Units(0) },
      Self.problem(of: line.dates, "\(path).service_dates"),
      lacksDates
        ? Problem(path: "\(path).service_dates", reason: "is missing, and the claim has no statement_dates") : nil,
      pointerProblem(of: line, "\(path).diagnosis_pointers"),
      line.modifiers.problem("\(path).modifiers", "a line has four at most") { $0.count > 4 },
    ]
    let modifiers = (line.modifiers.value ?? []).enumerated().filter { ClaimDocument.word($1)?.utf8.count != 2 }
    return others.compactMap(\.self)
      + modifiers.map { Problem(path: "\(path).modifiers[\($0.offset)]", reason: "a modifier has two characters") }
  }

  private static func problem(of amount: Part<Money>, _ path: String) -> Problem? {
    amount.problem(path, "the amount is negative") { $0.isNegative }
      ?? amount.problem(path, "the amount is over \(Money.claimLimit)") { $0 > .claimLimit }
  }

  private static func problem(of dates: Part<DateRange>, _ path: String) -> Problem? {
    dates.problem(path, "the dates run backwards: the first is after the last") { $0.first > $0.last }
  }
}

extension ClaimOutline.Part {
  /// - Returns: nil for a value that is good, missing, or not readable.
  fileprivate func problem(_ path: String, _ reason: String, if isWrong: (Value) -> Bool) -> ClaimDocument.Problem? {
    value.map(isWrong) == true ? ClaimDocument.Problem(path: path, reason: reason) : nil
  }
}

extension String {
  fileprivate var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
