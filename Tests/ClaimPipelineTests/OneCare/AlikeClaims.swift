import ClaimsDomain
import DurableExecution
import TestSupport

/// Two claims of one member that look alike, and what has to become of the second.
enum AlikeClaims: String, CaseIterable {
  case rekeyed, reordered, sameNumber, oneCare76Twice, dayApart, chargeSlip, modifierLost
  case otherIdentifier, sameNumberOtherIdentifier, distinctTwice, restOfABill, visitsInHospitalNumberSlip
  case distinct, repeated, repeatedFirst, leftAndRight, components, coSurgeons, otherDoctor, visitsInHospital
  case twins

  enum Outcome { case duplicate, resembles, numberKnown, paid }

  var outcome: Outcome {
    switch self {
    case .rekeyed, .reordered, .sameNumber, .oneCare76Twice: .duplicate
    case .dayApart, .chargeSlip, .modifierLost, .otherIdentifier, .distinctTwice, .restOfABill,
      .visitsInHospitalNumberSlip:
      .resembles
    case .sameNumberOtherIdentifier: .numberKnown
    case .distinct, .repeated, .repeatedFirst, .leftAndRight, .components, .coSurgeons, .otherDoctor, .twins,
      .visitsInHospital:
      .paid
    }
  }

  var claims: (first: SubmittedClaim, second: SubmittedClaim) {
    var (first, second) = (Self.visit("A-100"), Self.visit("B-200"))
    switch self {
    case .rekeyed: break
    case .reordered:
      first = SampleClaim.make("A-100", services: [.init("G0463", 20_000), .init("E0607", 9_000)])
      second = SampleClaim.make("B-200", services: [.init("E0607", 9_000), .init("G0463", 20_000)])
    case .sameNumber: second = Self.visit("A-100")
    case .oneCare76Twice: (first, second) = (first.with("76"), second.with("76"))
    case .dayApart: second = Self.visit("B-200", day: 3)
    case .chargeSlip: second = Self.visit("B-200", cents: 20_001)
    case .modifierLost: first = first.with("25")
    case .otherIdentifier: second.billingProvider.npi = nil
    case .sameNumberOtherIdentifier:
      second = Self.visit("A-100", day: 9)
      second.billingProvider.npi = nil
    case .distinctTwice: (first, second) = (first.with("59"), Self.visit("B-200", cents: 20_001).with("59"))
    case .restOfABill: (first, second) = (Self.bill("A-100", drugs: 5_000), Self.bill("B-200", drugs: 5_001))
    case .visitsInHospital: (first, second) = (first.inHospital, Self.visit("B-200", day: 3).inHospital)
    case .visitsInHospitalNumberSlip: (first, second) = (first.inHospital, Self.visit("A-010", day: 3).inHospital)
    case .distinct: second = second.with("59")
    case .repeated: second = second.with("76")
    case .repeatedFirst: first = first.with("76")
    case .leftAndRight: (first, second) = (first.with("LT"), second.with("RT"))
    case .components: (first, second) = (first.with("26"), second.with("TC"))
    case .coSurgeons:
      (first, second) = (first.with("62"), second.with("62"))
      second.renderingProvider = Self.colleague
    case .otherDoctor:
      second = Self.visit("B-200", cents: 26_500)
      second.billingProvider = Provider(name: "Larch Clinic", npi: "1999999984", taxID: "987654321")
      second.diagnoses = ["J029"]
    case .twins: (first, second) = (first.of("Ines"), second.of("Jonah"))
    }
    second.digest = ContentDigest.sha256("second of \(self)".utf8)
    return (first, second)
  }

  private static let colleague = Provider(name: "Colleague", npi: "1111111112")

  private static func visit(_ number: String, day: Int = 2, cents: Int64 = 20_000) -> SubmittedClaim {
    SampleClaim.make(number, day: day, services: [.init("G0463", cents)])
  }

  /// An outpatient bill with a clinic visit, and drugs under a revenue code alone.
  private static func bill(_ number: String, drugs: Int64) -> SubmittedClaim {
    var claim = SampleClaim.make(number, services: [.init("G0463", 20_000), .init("", drugs)])
    (claim.kind, claim.facilityCode) = (.institutional, "13")
    (claim.lines[0].revenueCode, claim.lines[1].revenueCode) = ("0510", "0250")
    claim.lines[1].procedure = nil
    return claim
  }
}

extension SubmittedClaim {
  fileprivate func with(_ modifier: String) -> SubmittedClaim {
    var claim = self
    claim.lines[0].procedure?.modifiers = [modifier]
    return claim
  }

  fileprivate var inHospital: SubmittedClaim {
    var claim = self
    (claim.facilityCode, claim.lines[0].placeOfService) = ("21", "21")
    return claim
  }

  /// A child of the member, born on the same day as the other.
  fileprivate func of(_ first: String) -> SubmittedClaim {
    var claim = self
    claim.patient = .dependent(
      Dependent(
        relationship: "19", name: PersonName(last: "Sample", first: first),
        birthDate: CalendarDate(year: 2014, month: 2, day: 27)))
    claim.digest = ContentDigest.sha256("\(claim.digest) of \(first)".utf8)
    return claim
  }
}
