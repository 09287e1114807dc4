/// Which 837 a claim came as (or would have).
package enum ClaimKind: String, Sendable, Codable, CaseIterable {
  /// 837P, CMS-1500: implementation 005010X222, 004010X098.
  case professional
  /// 837I, UB-04: implementation 005010X223, 004010X096.
  case institutional

  /// Service lines a claim may have: 50 and 999 (TR3 005010X222 and X223, loop 2400 repeat).
  package var lineLimit: Int {
    switch self {
    case .professional: 50
    case .institutional: 999
    }
  }
}

/// SBR01: whether we pay first. Anything but `primary` needs the other payer's answer before ours.
package enum PayerSequence: String, Sendable, Codable {
  case primary = "P"
  case secondary = "S"
  case tertiary = "T"
  case fourth = "A"
  case fifth = "B"
  case sixth = "C"
  case seventh = "D"
  case eighth = "E"
  case ninth = "F"
  case tenth = "G"
  case eleventh = "H"
  /// After some other payer, and nobody knows after which.
  case other = "U"

  /// Before whom a payer pays; nil where that is not known.
  package var turn: Int? {
    let turns: [PayerSequence] = [
      .primary, .secondary, .tertiary, .fourth, .fifth, .sixth, .seventh, .eighth, .ninth, .tenth, .eleventh,
    ]
    return turns.firstIndex(of: self)
  }
}

/// CLM05-3, the claim frequency code (NUBC). 1 is an original, 7 replaces, 8 voids; hospitals also send 2, 3 and 4
/// (interim bills) and others, kept as they are.
package struct ClaimFrequency: Hashable, Sendable, Codable {
  package let code: String

  package static let original = ClaimFrequency("1")
  package static let replacement = ClaimFrequency("7")
  package static let void = ClaimFrequency("8")

  package init(_ code: String) {
    self.code = code
  }

  package init(from decoder: any Decoder) throws {
    code = try decoder.singleValueContainer().decode(String.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(code)
  }
}

/// What a transaction of claims is sent for, other than to be paid (BHT06).
package enum ClaimPurpose: String, Hashable, Sendable, Codable, CaseIterable {
  /// RP: an encounter is reported. Its provider is paid otherwise, by capitation for instance.
  case encounter = "RP"
  /// 31: a Medicaid agency that has paid asks the payer who is liable to pay it back.
  case subrogation = "31"
}

/// The trading partner a claim came from, as the envelope round it says. Only X12 has one.
package struct ClaimSender: Hashable, Sendable, Codable {
  /// ISA06.
  package var identifier: String
  /// GS02.
  package var application: String
  /// ISA15 is P; anything else is test data.
  package var isProduction: Bool

  package init(identifier: String, application: String, isProduction: Bool) {
    self.identifier = identifier
    self.application = application
    self.isProduction = isProduction
  }

  enum CodingKeys: String, CodingKey {
    case identifier, application
    case isProduction = "is_production"
  }
}

/// What an institutional claim says of the days of a stay, beside its statement dates.
package struct FacilityStay: Hashable, Sendable, Codable {
  /// CL103, patient status: 30 is still a patient.
  package var patientStatus: String?
  /// Value code 80; QTY*CA in 4010.
  package var coveredDays: Int?
  /// Value code 81; QTY*NA in 4010.
  package var noncoveredDays: Int?
  /// Occurrence span codes 74, 76, 77 and 79: days that are not covered, or that the patient was away.
  package var hasNoncoveredSpan: Bool?
  /// Condition code 21: the provider bills to be denied.
  package var isForDenial: Bool?

  package init() {}

  enum CodingKeys: String, CodingKey {
    case patientStatus = "patient_status"
    case coveredDays = "covered_days"
    case noncoveredDays = "noncovered_days"
    case hasNoncoveredSpan = "noncovered_span"
    case isForDenial = "for_denial"
  }
}

extension SubmittedClaim {
  /// Types of bill of inpatients: hospital, swing bed, skilled nursing, religious nonmedical, intermediate care, residential.
  private static let inpatientBills: Set = ["11", "18", "21", "41", "65", "66", "86"]

  /// Whether it bills a stay.
  package var isInpatient: Bool { kind == .institutional && Self.inpatientBills.contains(facilityCode) }
}
