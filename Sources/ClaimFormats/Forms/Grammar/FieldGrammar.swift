internal import ClaimsDomain
internal import StrictText

/// What a box may hold, and the form in which the claim has it.
enum FieldGrammar: String, Hashable, Sendable {
  /// Any text: names of places and payers, remarks.
  case text
  /// Last name, first name, middle initial, with commas.
  case name
  case member
  /// A number that the provider or the payer gave: of the patient's account, of a claim, of an authorization.
  case number
  /// MM DD CCYY.
  case day8
  /// MM DD YY. Both forms are younger than the century.
  case day6
  case amount
  case npi
  case tax
  case zip
  case state
  /// City, state and ZIP code in one line.
  case cityLine = "place-line"
  case procedure
  /// FL44: a procedure with modifiers, or the daily rate of a room.
  case service
  case modifiers
  case diagnosis
  case pointers
  case units
  /// A place of service.
  case place
  case revenue
  case bill
  /// A code of two: condition, occurrence, value, patient status.
  case code
  /// A code of one.
  case sign
  case codes
  case icd
  case frequency
  case sex
  case relation
  case yesNo = "yes-no"
  case present
  case count
  case signature
  case mark

  /// What the grammar makes of a text.
  struct Outcome: Hashable {
    /// Nil when the text is not what the box may hold.
    var value: String?
    var correction: String?
    var doubt: FieldDoubt?

    static let malformed = Outcome(doubt: .malformed)
  }

  /// - Parameter text: The words of the box, with one blank between them.
  func outcome(of text: String) -> Outcome {
    guard !text.holdsControl, text.utf8.count <= 200 else { return .malformed }
    switch self {
    case .text: return Outcome(value: text.composed)
    case .name: return Self.name(text)
    case .member: return Self.identifier(text, longest: 30)
    case .number: return Self.identifier(text, longest: X12Limits.claimNumberLength)
    case .day8, .day6: return Self.day(text, digits: self == .day8 ? 8 : 6)
    case .amount: return Self.amount(text)
    case .npi: return Self.npi(text)
    case .signature: return Self.signature(text)
    case .modifiers: return Self.modifiers(text)
    case .service: return Self.service(text)
    case .cityLine: return Self.cityLine(text)
    case .codes: return Self.codes(text)
    case .mark: return Outcome(value: text)
    default:
      let code = self == .diagnosis ? text.plainCode.filter { $0 != "." } : text.plainCode
      return patterns.map { CharacterPattern.outcome(of: code, $0, accepts) } ?? .malformed
    }
  }

  /// Whether the box takes any words, so that nothing in it shows where it ends.
  var isText: Bool { self == .text || self == .name || self == .cityLine }

  /// Whether every text of the box has one of few forms, so that a part of it that has one is the whole.
  var isCode: Bool { self == .day6 || self == .day8 || patterns != nil }

  /// The least confidence, in percent, at which the text of an image is taken without a person. A check digit or a sum
  /// finds most misreadings; nothing finds one in a member's number or a count of units.
  var leastConfidence: Int {
    switch self {
    case .mark, .signature, .text, .name, .cityLine, .present, .sex: 40
    case .npi: 30
    case .amount, .state, .zip, .icd, .yesNo, .revenue, .bill, .place: 55
    default: 70
    }
  }
}

extension FieldGrammar {
  /// The forms of the codes whose every character is a digit, a letter, or either.
  private var patterns: [String]? {
    switch self {
    case .tax: ["999999999"]
    case .zip: ["99999", "999999999"]
    case .state, .yesNo, .sex: self == .state ? ["AA"] : ["A"]
    case .procedure: ["99999", "9999A", "A9999"]
    case .diagnosis: ["A9H", "A9HN", "A9HNY", "A9HNYY", "A9HNYYY"]
    case .pointers: (1...4).map { String(repeating: "A", count: $0) }
    case .units: ["9", "99", "999", "9999", "99999", "999999", "9999999", "9.9", "99.9", "999.9", "9.99", "99.99"]
    case .place, .relation: self == .place ? ["99"] : ["99", "A9"]
    case .revenue: ["999", "9999"]
    case .bill: ["099X", "99X"]
    case .code: ["XX"]
    case .icd, .frequency: ["9"]
    case .present, .sign: ["X"]
    case .count: ["9", "99", "999"]
    default: nil
    }
  }

  private func accepts(_ code: String) -> String? {
    switch self {
    case .state: States.codes.contains(code) ? code : nil
    case .yesNo: code == "Y" || code == "N" ? code : nil
    case .sex: ["M", "F", "U"].contains(code) ? code : nil
    case .icd: code == "0" ? code : nil
    case .pointers: code.utf8.allSatisfy { $0 <= UInt8(ascii: "L") } && Set(code).count == code.count ? code : nil
    case .units: Units(parsing: code).flatMap { $0 > Units(0) ? $0.description : nil }
    case .revenue: code.count == 3 ? "0" + code : code
    case .bill: Self.bill(code)
    case .present: ["Y", "N", "U", "W", "1"].contains(code) ? code : nil
    case .relation: ["18", "01", "19", "20", "21", "39", "40", "53", "G8"].contains(code) ? code : nil
    default: code
    }
  }

  /// A type of bill has four characters, of which the first is a zero that some programs leave out.
  private static func bill(_ code: String) -> String? {
    let bill = code.count == 3 ? "0" + code : code
    return bill.count == 4 && bill.hasPrefix("0") ? bill : nil
  }
}

extension String {
  /// A code as it is compared: in capitals, without blanks and hyphens.
  var plainCode: String { capitals.filter { $0 != " " && $0 != "-" } }
}

/// The abbreviations of states and territories of the United States Postal Service.
enum States {
  static let codes = Set(
    """
    AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA \
    RI SC SD TN TX UT VT VA WA WV WI WY AS GU MP PR VI AA AE AP
    """.split(separator: " ").map(String.init))
}
