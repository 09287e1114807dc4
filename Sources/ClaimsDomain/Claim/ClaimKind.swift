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
