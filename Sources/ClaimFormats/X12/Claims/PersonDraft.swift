import ClaimsDomain

/// A subscriber or patient: NM1, N3, N4, DMG, REF.
struct PersonDraft {
  let name: PersonName
  private(set) var birthDate: CalendarDate?
  private var number: String?
  private var secondaryNumber: String?
  private var addressDraft = AddressDraft()

  init(nm1: X12Segment) {
    name = PersonName(nm1: nm1)
    number = nm1.text(9)
  }

  mutating func take(_ segment: X12Segment) throws(ClaimProblem) {
    switch segment.name {
    case "N3", "N4":
      addressDraft.take(segment)
    case "DMG":
      birthDate = try segment.date(2)
    case "REF":
      switch segment.code(1) {
      case "1W", "IG", "SY", "Y4": secondaryNumber = secondaryNumber ?? segment.text(2)
      default: break
      }
    default: break
    }
  }

  /// NM109 regardless of its qualifier, or else the number that identifies the person in casualty and workers'
  /// compensation claims (REF*1W, IG, SY, Y4).
  var memberID: MemberID? { (number ?? secondaryNumber).map { MemberID($0) } }

  var address: Address? { addressDraft.address }
}

/// N3 and N4 as they are read.
struct AddressDraft {
  private var lines: [String] = []
  private var city = ""
  private var state = ""
  private var postalCode = ""

  mutating func take(_ segment: X12Segment) {
    if segment.name == "N3" {
      guard lines.count < X12Limits.addressLines else { return }
      lines += [segment.text(1), segment.text(2)].compactMap(\.self)
    } else {
      city = segment.text(1) ?? ""
      state = segment.text(2) ?? ""
      postalCode = segment.text(3) ?? ""
    }
  }

  var address: Address? {
    guard !lines.isEmpty || !city.isEmpty || !postalCode.isEmpty else { return nil }
    return Address(lines: lines, city: city, state: state, postalCode: postalCode)
  }
}

extension PersonName {
  /// Reads a name from NM1. An organization's name is entirely in NM103.
  init(nm1: X12Segment) {
    self.init(last: nm1.text(3) ?? "", first: nm1.text(4) ?? "", middle: nm1.text(5))
  }
}
