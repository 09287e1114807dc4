internal import ClaimsDomain

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

  /// NM109 whatever its qualifier; else the number by which casualty and workers' compensation claims name the person
  /// (REF*1W, IG, SY, Y4).
  var memberID: MemberID? { (number ?? secondaryNumber).map { MemberID($0) } }

  var address: Address? { addressDraft.address }
}
