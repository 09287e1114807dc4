import ClaimsDomain
import Foundation
import StrictText

extension ClaimOutline {
  private typealias Problem = ClaimDocument.Problem

  /// Returns what is wrong with the values. A value that is missing or cannot be read is not judged here.
  func problems() -> [ClaimDocument.Problem] {
    var problems = headProblems()
    guard let lines = lines.value else { return problems }
    let kind = kind.value.flatMap(ClaimKind.init)
    if lines.isEmpty { problems.append(Problem(path: "lines", reason: "the claim has no service line")) }
    // Of a claim that does not say its kind, as many lines are looked at as any may have.
    let limit = (kind ?? .institutional).lineLimit
    if lineCount > limit {
      let reason =
        "the claim has \(lineCount) service lines; \((kind ?? .institutional).rawValue) claims may have \(limit)"
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
      billingProvider.problem("billing_provider.name", "is empty") { $0.reference.isBlank },
      memberID.problem("subscriber.member_id", "is empty") { $0.text.isBlank },
      Self.problem(of: statementDates, "statement_dates"),
    ].compactMap(\.self)
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
      line.pointers.problem("\(path).diagnosis_pointers", "must count from 1") { !$0.allSatisfy((1...99).contains) },
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
