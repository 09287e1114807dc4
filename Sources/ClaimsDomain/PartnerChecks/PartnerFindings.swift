extension SubmittedClaim {
  /// The checks that this claim fails, each reported once, at the first place.
  package var partnerFindings: [PartnerFinding] { PartialClaim(self).partnerFindings.firstOfEachCheck }
}

extension PartialClaim {
  /// The checks that what could be read of the claim fails, in every place.
  package var partnerFindings: [PartnerFinding] {
    PartnerCheck.allCases.flatMap { check in
      switch check {
      case .npi: npiFindings
      case .diagnosis: diagnosisFindings
      case .place: placeFindings
      case .procedure: procedureFindings
      }
    }
  }

  private var npiFindings: [PartnerFinding] {
    [("NM1*85", "billing", billingProvider), ("NM1*82", "rendering", renderingProvider)].compactMap {
      element, role, provider in
      guard let npi = provider?.npi, !NPICheckDigit.holds(in: npi) else { return nil }
      return PartnerFinding(
        check: .npi, element: element, reason: "the NPI of the \(role) provider (NM109) fails its check digit")
    }
  }

  /// 45 CFR 162.1002(c). Codes for care before this day have other forms.
  private static let firstDayOfICD10 = CalendarDate(parsing: "2015-10-01")

  private var diagnosisFindings: [PartnerFinding] {
    guard let day = lastDateOfService, let first = Self.firstDayOfICD10, day >= first else { return [] }
    return diagnoses.indices.filter { !diagnoses[$0].isDiagnosisForm }.map { index in
      // Institutional claims have an HI segment for each kind of code, so the position in the claim does not give the
      // element.
      let element = kind == .professional && index < 12 ? "HI\(index < 9 ? "0" : "")\(index + 1)-2" : "HI"
      return PartnerFinding(
        check: .diagnosis, element: element, reason: "diagnosis \(index + 1) is not written as ICD-10-CM codes are")
    }
  }

  private var placeFindings: [PartnerFinding] {
    guard let kind else { return [] }
    if let facilityCode, !facilityCode.isTwoDigits {
      let name = kind == .professional ? "the place of service" : "the facility type"
      return [PartnerFinding(check: .place, element: "CLM05", reason: "\(name) must be two digits")]
    }
    return lines.indices.filter { lines[$0].placeOfService?.isTwoDigits == false }.map { line in
      PartnerFinding(
        check: .place, element: "SV105",
        reason: "the place of service of line \(number(ofLine: line)) must be two digits")
    }
  }

  private var procedureFindings: [PartnerFinding] {
    lines.indices.filter { lines[$0].procedure?.isProcedureForm == false }.map { line in
      PartnerFinding(
        check: .procedure, element: kind == .professional ? "SV101-2" : "SV202-2",
        reason: "the procedure of line \(number(ofLine: line)) is not written as HCPCS codes are")
    }
  }

  /// The line's number, else its position from 1.
  private func number(ofLine index: Int) -> Int { lines[index].number ?? index + 1 }

  private var lastDateOfService: CalendarDate? {
    [lines.compactMap(\.serviceDates?.last).max(), statementDates?.last].compactMap(\.self).max()
  }
}

extension [PartnerFinding] {
  /// Each check once, at the first place.
  var firstOfEachCheck: [PartnerFinding] {
    indices.filter { index in !self[..<index].contains { $0.check == self[index].check } }.map { self[$0] }
  }
}

extension ProcedureCode {
  /// Whether the code has the form of HCPCS. Code sets other than HCPCS (HC) have forms of their own and are not
  /// checked.
  fileprivate var isProcedureForm: Bool {
    guard qualifier == "HC" else { return true }
    let signs = Array(code.utf8)
    guard signs.count == 5, signs[1...3].allSatisfy(\.isDigit) else { return false }
    // Level I: five digits, or four and a letter. Level II: a letter and four digits.
    return signs[0].isDigit ? signs[4].isDigit || signs[4].isCapital : signs[0].isCapital && signs[4].isDigit
  }
}

extension String {
  fileprivate var isTwoDigits: Bool { utf8.count == 2 && utf8.allSatisfy(\.isDigit) }

  /// Whether the text is a letter, a digit, and one to five of either (ICD-10-CM Official Guidelines, I.A.2: three to
  /// seven characters).
  fileprivate var isDiagnosisForm: Bool {
    let signs = Array(utf8)
    return (3...7).contains(signs.count) && signs[0].isCapital && signs[1].isDigit
      && signs[2...].allSatisfy { $0.isDigit || $0.isCapital }
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
  fileprivate var isCapital: Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }
}

/// The last digit of a National Provider Identifier: the Luhn check digit for 80840 followed by the other nine digits
/// (45 CFR 162.406; CMS, "Requirements for National Provider Identifier and NPI Check Digit"). 80840 is the prefix of a
/// United States health card; it adds 24 to the sum.
package enum NPICheckDigit {
  /// Whether the text is ten digits and the last is the correct check digit.
  package static func holds(in npi: String) -> Bool {
    let digits = npi.utf8.map { Int($0) - Int(UInt8(ascii: "0")) }
    guard digits.count == 10, digits.allSatisfy((0...9).contains) else { return false }
    var sum = 24
    for (place, digit) in digits.enumerated() {
      let doubled = digit * 2
      sum += place.isMultiple(of: 2) ? doubled / 10 + doubled % 10 : digit
    }
    return sum.isMultiple(of: 10)
  }
}
