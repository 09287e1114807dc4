/// Compares a service with one that another claim of the same member was allowed.
struct CareComparison {
  private let (claim, other): (SubmittedClaim, SubmittedClaim)
  private let (line, otherLine): (ServiceLine, ServiceLine)
  private let (dates, otherDates): (DateRange, DateRange)

  /// Returns nil for services that are never taken for one another: with another code, or more than a day apart.
  init?(_ line: ServiceLine, of claim: SubmittedClaim, with otherLine: ServiceLine, of other: SubmittedClaim) {
    guard let dates = claim.serviceDates(of: line), let otherDates = other.serviceDates(of: otherLine),
      Self.isOneCode(line, of: claim, otherLine, of: other)
    else { return nil }
    (self.claim, self.other, self.line, self.otherLine) = (claim, other, line, otherLine)
    (self.dates, self.otherDates) = (dates, otherDates)
    guard overlaps || isDayApart else { return nil }
  }

  /// Stays are one service, whatever the rooms. Elsewhere, a revenue code counts only without a procedure.
  private static func isOneCode(
    _ line: ServiceLine, of claim: SubmittedClaim, _ otherLine: ServiceLine, of other: SubmittedClaim
  ) -> Bool {
    guard line.procedure == nil, otherLine.procedure == nil else {
      return line.procedure?.code == otherLine.procedure?.code
    }
    return claim.isInpatient == other.isInpatient
      && (claim.isInpatient || line.revenueCode == otherLine.revenueCode)
  }

  /// What the services have apart, in the order in which an examiner reads it.
  var traits: [Resemblance.Trait] {
    let provider = provider
    var traits = [day, provider].compactMap(\.self)
    if !isStay {
      traits += [charge, units].compactMap(\.self) + modifiers(provider)
      if line.placeOfService != otherLine.placeOfService { traits.append(.placeDiffers) }
      if line.procedure != nil, line.revenueCode != otherLine.revenueCode { traits.append(.revenueDiffers) }
      if diagnosesDiffer { traits.append(.diagnosesDiffer) }
    }
    if provider != .otherProvider, Slip.isCopy(claim.claimNumber.text, other.claimNumber.text) {
      traits.append(.numberMistyped)
    }
    return traits
  }

  private var isStay: Bool { line.procedure == nil && claim.isInpatient }

  // MARK: Days

  private var overlaps: Bool { dates.first <= otherDates.last && otherDates.first <= dates.last }

  /// Whether all days are shifted by one, as when a date is mistyped.
  private var isDayApart: Bool {
    let shift = dates.first.days(since: otherDates.first)
    return abs(shift) == 1 && dates.last.days(since: otherDates.last) == shift
  }

  private var day: Resemblance.Trait? {
    if dates == otherDates { return nil }
    if isDayApart { return isDaily ? .dayApartInDailyCare : .dayApart }
    return .daysOverlap
  }

  /// Whether the same care on the next day is usual: visits to a patient in a hospital, a nursing facility, a hospice
  /// or a rehabilitation facility (places 21, 31, 32, 34, 51 and 61), and therapy under a plan of care (GN, GO, GP;
  /// Claims Processing Manual, chapter 5, section 20.1).
  private var isDaily: Bool {
    ["21", "31", "32", "34", "51", "61"].contains(line.placeOfService)
      || (claim.isInpatient && line.procedure != nil)
      || !Set(["GN", "GO", "GP"]).isDisjoint(with: line.procedure?.modifiers ?? [])
  }

  // MARK: Provider

  private var provider: Resemblance.Trait? {
    let (one, two) = (claim.treatingProvider(of: line), other.treatingProvider(of: otherLine))
    if let npi = one.npi, let otherNPI = two.npi {
      if npi == otherNPI { return nil }
      if Slip.isSlip(npi, otherNPI) { return .providerMistyped }
    } else if one.isSame(as: two) {
      return one.reference == two.reference ? nil : .otherIdentifier
    }
    return claim.billingProvider.isSame(as: other.billingProvider) ? .colleague : .otherProvider
  }

  // MARK: Charge, units, diagnoses

  private var charge: Resemblance.Trait? {
    let (one, two) = (line.charge.cents, otherLine.charge.cents)
    guard one != two, !isInProportion else { return nil }
    return Slip.isSlip("\(one)", "\(two)") || Slip.isDecimalSlip(one, two) ? .chargeMistyped : .chargeDiffers
  }

  /// Whether each unit has the same charge, so that the charges say nothing beyond the units.
  private var isInProportion: Bool {
    line.charge.cents.multipliedFullWidth(by: otherLine.units.thousandths)
      == otherLine.charge.cents.multipliedFullWidth(by: line.units.thousandths)
  }

  private var units: Resemblance.Trait? {
    line.units == otherLine.units && line.basis == otherLine.basis ? nil : .unitsDiffer
  }

  private var diagnosesDiffer: Bool {
    !claim.diagnoses.isEmpty && !other.diagnoses.isEmpty && Set(claim.diagnoses).isDisjoint(with: other.diagnoses)
  }

  // MARK: Modifiers

  private func modifiers(_ provider: Resemblance.Trait?) -> [Resemblance.Trait] {
    let (one, two) = (Set(line.procedure?.modifiers ?? []), Set(otherLine.procedure?.modifiers ?? []))
    var traits: [Resemblance.Trait] = []
    if ServiceSite.differ(one, two) { traits.append(.otherSite) }
    if (one.contains("26") && two.contains("TC")) || (one.contains("TC") && two.contains("26")) {
      traits.append(.otherComponent)
    }
    if isOtherSurgeon(one, two, provider) { traits.append(.otherSurgeon) }
    let repeats = ExactDuplicate.repeatModifiers
    if one.intersection(repeats) != two.intersection(repeats) { traits.append(.repeatedService) }
    return traits.isEmpty && one != two ? [.modifiersDiffer] : traits
  }

  /// A surgeon and an assistant, or two co-surgeons, are different people.
  private func isOtherSurgeon(_ one: Set<String>, _ two: Set<String>, _ provider: Resemblance.Trait?) -> Bool {
    guard provider == .colleague || provider == .otherProvider else { return false }
    let (role, otherRole) = (SurgeonRole(one), SurgeonRole(two))
    return role != otherRole || role == .coSurgeon || role == .team
  }
}

extension Resemblance {
  /// Returns the closest resemblance of a service to those of another claim; nil when it resembles none.
  package static func closest(
    of line: ServiceLine, in claim: SubmittedClaim, to other: SubmittedClaim, as id: ClaimIntakeID
  ) -> Resemblance? {
    let all = other.lines.compactMap { otherLine in
      CareComparison(line, of: claim, with: otherLine, of: other).map {
        Resemblance(to: id, line: line.number, otherLine: otherLine.number, traits: $0.traits)
      }
    }
    return all.max { ($0.score, $1.otherLine ?? 0) < ($1.score, $0.otherLine ?? 0) }
  }
}
