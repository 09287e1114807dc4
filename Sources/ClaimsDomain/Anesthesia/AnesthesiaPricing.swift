/// How a plan prices minutes of anesthesia: (base units + time units) x conversion factor, or a part of that under
/// medical direction (42 CFR 414.46; Claims Processing Manual, chapter 12, section 50).
package struct AnesthesiaPricing: Hashable, Sendable, Codable {
  /// Dollars per unit, in ten-thousandths, by year of service.
  package var conversionFactors: [Int: Int64]
  /// The plan's own terms for individual modifiers; modifiers not listed follow Medicare.
  package var directions: [String: MedicalDirection]

  package init(conversionFactors: [Int: Int64], directions: [String: MedicalDirection] = [:]) {
    self.conversionFactors = conversionFactors
    self.directions = directions
  }

  func conversionFactor(on day: CalendarDate) -> ConversionFactor? {
    conversionFactors[day.year].map { ConversionFactor(scaled: $0) }
  }

  /// What each modifier of a line says about who gave the anesthesia. A line that is clear has exactly one entry.
  func directions(of modifiers: [String]) -> [(modifier: String, direction: MedicalDirection)] {
    modifiers.compactMap { modifier in
      (directions[modifier] ?? MedicalDirection.medicare[modifier]).map { (modifier, $0) }
    }
  }
}

/// How an anesthesia modifier affects the price.
package struct MedicalDirection: Hashable, Sendable, Codable {
  package var rate: BasisPoints
  /// Base units that replace the code's own; nil when the code's own count.
  package var baseUnits: Int?
  package var countsTime: Bool

  package init(rate: BasisPoints, baseUnits: Int? = nil, countsTime: Bool = true) {
    self.rate = rate
    self.baseUnits = baseUnits
    self.countsTime = countsTime
  }

  /// AA: the physician alone; QZ: the nurse anesthetist alone; QK and QY: the physician who directs, and QX: the person
  /// directed, half each. AD: a physician who supervises more than four at once, three units for each and no time
  /// (Claims Processing Manual, chapter 12, sections 50.B to D and 140.3; the additional unit for being present at
  /// induction requires a record that a claim does not have).
  package static let medicare: [String: MedicalDirection] = [
    "AA": MedicalDirection(rate: .whole), "QZ": MedicalDirection(rate: .whole),
    "QK": MedicalDirection(rate: BasisPoints(50_00)), "QY": MedicalDirection(rate: BasisPoints(50_00)),
    "QX": MedicalDirection(rate: BasisPoints(50_00)),
    "AD": MedicalDirection(rate: .whole, baseUnits: 3, countsTime: false),
  ]

  enum CodingKeys: String, CodingKey {
    case rate
    case baseUnits = "base_units"
    case countsTime = "time"
  }
}

/// Time units of fifteen minutes each, rounded half up to a tenth (42 CFR 414.46(a)(3); Claims Processing Manual,
/// chapter 12, section 50.G).
struct AnesthesiaTime {
  let tenths: Int64

  static let none = AnesthesiaTime(tenths: 0)

  private init(tenths: Int64) {
    self.tenths = tenths
  }

  init(minutes: Units) {
    tenths = Rounding.halfUp.quotient(of: minutes.thousandths, by: 1_500)
  }
}

extension AnesthesiaTime: CustomStringConvertible {
  /// The time units with one decimal, such as `3.0`.
  var description: String { "\(tenths / 10).\(tenths % 10)" }
}

/// The base units of the anesthesia codes, as CMS publishes them for a year.
package typealias AnesthesiaBaseUnits = [String: Int]
