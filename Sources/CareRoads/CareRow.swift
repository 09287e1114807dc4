/// One way in which care comes twice, or seems to, and what has to become of it.
package struct CareRow: Sendable, CustomStringConvertible {
  package let title: String
  /// The files of each run, one run after another.
  let runs: [[CareFile]]
  /// What becomes of the claims of the last run, in order: a status with what explains it.
  package let outcome: [String]
  /// What the bank has paid out in the end, by its own books, in dollars.
  package let paid: String
  /// Whether the row needs the programs that read paper forms.
  package var isPaper: Bool { runs.joined().contains(where: \.isPaper) }

  package var description: String { title }

  /// The rows of care that is paid once, and then those of care that was given twice.
  package static let all = once + twice
}

/// A claim as it comes in.
enum CareFile: Sendable {
  case x12([CareClaim])
  case fhir(CareClaim)
  case form(CareClaim)
  case scan(CareClaim)

  var isPaper: Bool {
    switch self {
    case .x12, .fhir: false
    case .form, .scan: true
    }
  }
}

extension CareRow {
  private static let visit = CareClaim.Service(code: "G0463", cents: 18_000)
  private static let claim = CareClaim("ROAD-1", [visit])
  private static let again = CareClaim("OTHER-7", [visit])
  private static let duplicate = "denied OA-18"
  private static let near = "suspended near-duplicate"
  /// What the sample plan pays for the visit.
  private static let once95 = "95.00"

  private static var once: [CareRow] { roads + keyedAgain + corrected }

  private static var roads: [CareRow] {
    [
      CareRow("the same file again", [.x12([claim])], [.x12([claim])], becomes: "paid, replayed"),
      CareRow("837, then FHIR", [.x12([claim])], [.fhir(again)], becomes: duplicate),
      CareRow("837, then FHIR under the same number", [.x12([claim])], [.fhir(claim)], becomes: duplicate),
      CareRow("FHIR, then 837", [.fhir(claim)], [.x12([again])], becomes: duplicate),
      CareRow("837, then a form as PDF with text", [.x12([claim])], [.form(again)], becomes: duplicate),
      CareRow("a form as PDF, then 837", [.form(claim)], [.x12([claim])], becomes: duplicate),
      CareRow("837, then a scan, through the intake desk", [.x12([claim])], [.scan(again)], becomes: duplicate),
    ]
  }

  private static var keyedAgain: [CareRow] {
    let drug = CareClaim.Service(code: "G0444", cents: 2_500)
    let (two, turned) = (CareClaim("ROAD-1", [visit, drug]), CareClaim("OTHER-7", [drug, visit]))
    let cent = again.changed { $0.services[0].cents += 1 }
    return [
      CareRow("keyed again under a new number", [.x12([claim])], [.x12([again])], becomes: duplicate),
      CareRow("twice in one file", [.x12([claim, again])], becomes: "paid", duplicate),
      CareRow(
        "837 and FHIR in one run", [.x12([claim]), .fhir(again.changed { $0.number = "THIRD-3" })],
        becomes: "paid", duplicate),
      CareRow("its lines in another order", [.x12([two])], [.x12([turned])], becomes: duplicate, paid: "113.90"),
      CareRow("a cent more", [.x12([claim])], [.x12([cent])], becomes: near),
      CareRow(
        "a day apart", [.x12([claim])], [.x12([again.changed { $0.services[0].day = 3 }])], becomes: near),
      CareRow(
        "the provider by tax number alone", [.x12([claim])], [.x12([again.changed { $0.provider.npi = nil }])],
        becomes: near),
      CareRow(
        "the same number, by tax number alone, with another charge", [.x12([claim])],
        [.x12([claim.changed { ($0.provider.npi, $0.services[0].cents) = (nil, 30_000) }])],
        becomes: "suspended claim-number-known"),
      CareRow(
        "both with modifier 59, a cent apart", [.x12([claim.with("59")])], [.x12([cent.with("59")])], becomes: near),
    ]
  }

  private static var corrected: [CareRow] {
    let (low, right) = (claim.changed { $0.services[0].cents = 10_000 }, again.replacing)
    let (ines, inez) = (claim.changed { $0.child = "INES" }, claim.changed { $0.child = "INEZ" })
    return [
      CareRow(
        "the same number, with the patient's name corrected", [.x12([ines])], [.x12([inez])],
        becomes: "suspended claim-number-known"),
      CareRow(
        "the same number, with the member's number corrected", [.x12([claim])],
        [.x12([claim.changed { $0.member = "ROADS2" }])], becomes: "suspended claim-number-known"),
      CareRow("sent as a corrected claim (frequency 7)", [.x12([claim])], [.x12([right])], becomes: "paid"),
      CareRow("a corrected claim with another charge", [.x12([low])], [.x12([right])], becomes: "paid"),
      CareRow(
        "a correction sent as an original", [.x12([low])], [.x12([claim])], becomes: "suspended claim-number-known",
        paid: "70.00"),
      CareRow(
        "a corrected claim that names no claim", [.x12([claim])], [.x12([again.changed { $0.frequency = "7" }])],
        becomes: "suspended prior-claim-unnamed"),
    ]
  }

  private static var twice: [CareRow] {
    let (left, right) = (claim.with("LT"), again.with("RT"))
    let other = again.changed { claim in
      (claim.provider, claim.diagnosis, claim.services[0].cents) = (.clinic, "J029", 26_500)
    }
    let ward = CareClaim("ROAD-1", [CareClaim.Service(code: "G0316", cents: 300_000)]).changed { $0.place = "21" }
    let nextDay = ward.changed { ($0.number, $0.services[0].day) = ("OTHER-7", 3) }
    return [
      CareRow("two visits of a day, one with 59", [.x12([claim])], [.x12([again.with("59")])]),
      CareRow("two visits of a day, one with 76", [.x12([claim])], [.x12([again.with("76")])]),
      CareRow("the same, and the repeat comes first", [.x12([claim.with("76")])], [.x12([again])]),
      CareRow("left and right", [.x12([left])], [.x12([right])]),
      CareRow(
        "twins", [.x12([claim.changed { $0.child = "INES" }])], [.x12([again.changed { $0.child = "JONAH" }])]),
      CareRow(
        "twins under the number of one account", [.x12([claim.changed { $0.child = "INES" }])],
        [.x12([claim.changed { $0.child = "JONAH" }])], becomes: "suspended claim-number-known", paid: once95),
      CareRow("two doctors on one day", [.x12([claim])], [.x12([other])]),
      // 60 % of 3000.00 twice, less the deductible of 750.00, at 80 %.
      CareRow(
        "visits on two days in a hospital", [.x12([ward])], [.x12([nextDay])], becomes: "paid", paid: "2280.00"),
    ]
  }

  private init(_ title: String, _ runs: [CareFile]..., becomes outcome: String..., paid: String = once95) {
    (self.title, self.runs, self.outcome, self.paid) = (title, runs, outcome, paid)
  }

  private init(_ title: String, _ runs: [CareFile]...) {
    (self.title, self.runs, outcome, paid) = (title, runs, ["paid"], "190.00")
  }
}

extension CareClaim {
  fileprivate func with(_ modifier: String) -> CareClaim { changed { $0.services[0].modifiers = [modifier] } }

  /// The claim as a replacement of the claim that came before it.
  fileprivate var replacing: CareClaim { changed { ($0.frequency, $0.replaces) = ("7", CareTrial.firstClaim) } }
}
