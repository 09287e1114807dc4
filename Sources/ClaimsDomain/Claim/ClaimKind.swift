/// The type of 837 that a claim arrived as (or would have).
package enum ClaimKind: String, Sendable, Codable, CaseIterable {
  /// 837P, CMS-1500: implementation 005010X222, 004010X098.
  case professional
  /// 837I, UB-04: implementation 005010X223, 004010X096.
  case institutional

  /// The maximum number of service lines on a claim: 50 and 999 (TR3 005010X222 and X223, loop 2400 repeat).
  package var lineLimit: Int {
    switch self {
    case .professional: 50
    case .institutional: 999
    }
  }

  /// The maximum number of diagnoses on a claim: 12, and 25 with the principal one (TR3 005010X222 and X223, loop 2300 HI).
  package var diagnosisLimit: Int {
    switch self {
    case .professional: 12
    case .institutional: 25
    }
  }
}

/// SBR01: the position in which we pay. Anything other than `primary` requires another payer's decision before ours.
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
  /// We pay after some other payer, but the position is unknown.
  case other = "U"

  /// The payer's position in the order of payment, starting at 0; nil when it is unknown.
  package var turn: Int? {
    let turns: [PayerSequence] = [
      .primary, .secondary, .tertiary, .fourth, .fifth, .sixth, .seventh, .eighth, .ninth, .tenth, .eleventh,
    ]
    return turns.firstIndex(of: self)
  }
}

/// CLM05-3, the claim frequency code (NUBC). 1 is an original, 7 replaces, and 8 voids. Hospitals also send 2, 3, and 4
/// (interim bills) and others, which are kept unchanged.
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

/// The purpose of a claim transaction when it is not to request payment (BHT06).
package enum ClaimPurpose: String, Hashable, Sendable, Codable, CaseIterable {
  /// RP: The claim reports an encounter. Its provider is paid in another way, such as by capitation.
  case encounter = "RP"
  /// 31: A Medicaid agency that has paid asks the liable payer for reimbursement.
  case subrogation = "31"
}

/// The trading partner that sent a claim, according to its envelope. Only X12 has one.
package struct ClaimSender: Hashable, Sendable, Codable {
  /// ISA06.
  package var identifier: String
  /// GS02.
  package var application: String
  /// Whether ISA15 is P; any other value means test data.
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

/// What an institutional claim says about the days of a stay, in addition to its statement dates.
package struct FacilityStay: Hashable, Sendable, Codable {
  /// CL103, patient status; 30 means still a patient.
  package var patientStatus: String?
  /// Value code 80; QTY*CA in 4010.
  package var coveredDays: Int?
  /// Value code 81; QTY*NA in 4010.
  package var noncoveredDays: Int?
  /// Occurrence span codes 74, 76, 77, and 79: days that are not covered, or when the patient was away.
  package var hasNoncoveredSpan: Bool?
  /// Condition code 21: the provider bills in order to receive a denial.
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
  /// Inpatient types of bill: hospital, swing bed, skilled nursing, religious nonmedical, intermediate care,
  /// residential.
  private static let inpatientBills: Set = ["11", "18", "21", "41", "65", "66", "86"]

  /// Whether the claim bills a stay.
  package var isInpatient: Bool { kind == .institutional && Self.inpatientBills.contains(facilityCode) }
}
