import ClaimsDomain
import Testing

/// Two claims of one member and the truth about them, made up from a seed: the same care keyed again with slips, or
/// distinct care that looks alike. What a pair is made of says whether both are one care; no rule is asked.
struct LabelledPair {
  let first: SubmittedClaim
  let second: SubmittedClaim
  let kind: Kind

  enum Kind: Hashable {
    case sameCare(Set<Slip>)
    case distinct(Distinction)

    var isSameCare: Bool { if case .sameCare = self { true } else { false } }
  }

  /// What somebody mistypes, leaves out, or says otherwise.
  enum Slip: String, CaseIterable { case number, modifier, units, charge, provider, identifier, day }

  /// How care differs from care that looks alike.
  enum Distinction: String, CaseIterable {
    case distinctModifier, repeated, side, component, otherDoctor, dailyVisit, nextComplaint, laterVisit
    case secondVisitUnmarked, therapyNextDay, dailyVisitOfTheSame
  }
}

/// Makes labelled pairs. The same seed makes the same pairs.
struct LabelledPairs {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// Returns pairs of each kind: the same care with no to three slips, and each distinction.
  static func make(seed: UInt64, each count: Int) throws -> [LabelledPair] {
    var maker = LabelledPairs(seed: seed)
    var pairs: [LabelledPair] = []
    for _ in 0..<count {
      for slips in 0...3 { pairs.append(try maker.sameCare(slips: slips)) }
      for distinction in LabelledPair.Distinction.allCases { pairs.append(try maker.distinct(distinction)) }
    }
    return pairs
  }

  private mutating func number() -> String { "\(Int.random(in: 1_000_000...9_999_999, using: &random))" }

  private mutating func cents() -> Int64 { Int64.random(in: 40...600, using: &random) * 100 }

  private mutating func pick<Element>(_ all: [Element]) -> Element {
    all[Int.random(in: all.indices, using: &random)]
  }

  private mutating func claim() throws -> SubmittedClaim {
    let day = Int.random(in: 3...27, using: &random)
    var line = try Sample.line(
      1, pick(["G0463", "G0439", "T1015", "E0607"]), charge: Money(cents: cents()).description,
      modifiers: pick([[], [], ["25"], ["GT"]]), units: Units(pick([1, 1, 2, 4])),
      place: pick(["11", "11", "22", "12"]), on: "2026-03-\(day < 10 ? "0" : "")\(day)")
    line.renderingProvider = Provider(name: "Doctor", npi: "1\(number())\(pick([11, 24, 37]))")
    var claim = try Sample.claim([line], number: number())
    claim.billingProvider = Provider(name: "Clinic", npi: "1\(number())48", taxID: "36\(number())")
    claim.diagnoses = [pick(["I10", "E119", "J029", "M545"])]
    return claim
  }

  // MARK: The same care

  private mutating func sameCare(slips count: Int) throws -> LabelledPair {
    let first = try claim()
    var second = first
    second.claimNumber = ClaimNumber(number())
    let slips = Set(LabelledPair.Slip.allCases.shuffled(using: &random).prefix(count))
    for slip in slips.sorted(by: { $0.rawValue < $1.rawValue }) { try make(slip, in: &second, of: first) }
    return LabelledPair(first: first, second: second, kind: .sameCare(slips))
  }

  private mutating func make(
    _ slip: LabelledPair.Slip, in claim: inout SubmittedClaim, of first: SubmittedClaim
  ) throws {
    switch slip {
    case .number: claim.claimNumber = ClaimNumber(exchanged(first.claimNumber.text))
    case .modifier:
      let isBare = claim.lines[0].procedure?.modifiers.isEmpty ?? true
      claim.lines[0].procedure?.modifiers = isBare ? ["25"] : []
    case .units: claim.lines[0].units = Units(claim.lines[0].units == Units(1) ? 11 : 1)
    case .charge: claim.lines[0].charge = try Sample.money(replaced(claim.lines[0].charge.description))
    case .provider:
      let npi = claim.lines[0].renderingProvider?.npi ?? ""
      claim.lines[0].renderingProvider?.npi = pick([exchanged(npi), replaced(npi)])
    case .identifier: claim.lines[0].renderingProvider = nil
    case .day:
      let day = try #require(claim.lines[0].serviceDates?.first)
      let shift = pick([-1, 1])
      claim.lines[0].serviceDates = CalendarDate(dayNumber: day.dayNumber + shift).map { DateRange($0) }
    }
  }

  /// The text with two neighbors exchanged that are not the same.
  private mutating func exchanged(_ text: String) -> String {
    var bytes = Array(text.utf8)
    let places = bytes.indices.dropLast().filter { bytes[$0] != bytes[$0 + 1] }
    guard !places.isEmpty else { return text }
    let place = pick(places)
    bytes.swapAt(place, place + 1)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The text with one digit replaced by another.
  private mutating func replaced(_ text: String) -> String {
    var bytes = Array(text.utf8)
    let place = pick(bytes.indices.filter { (48...57).contains(bytes[$0]) })
    bytes[place] = 48 + (bytes[place] - 48 + UInt8.random(in: 1...9, using: &random)) % 10
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension LabelledPairs {
  // MARK: Distinct care

  private mutating func distinct(_ distinction: LabelledPair.Distinction) throws -> LabelledPair {
    var first = try claim()
    var second = first
    second.claimNumber = ClaimNumber(number())
    switch distinction {
    case .distinctModifier: second.lines[0].procedure?.modifiers.append(pick(["59", "XE", "XS", "XU"]))
    case .repeated: second.lines[0].procedure?.modifiers.append(pick(["76", "77", "91"]))
    case .side:
      first.lines[0].procedure?.modifiers.append("LT")
      second.lines[0].procedure?.modifiers.append("RT")
    case .component:
      first.lines[0].procedure?.modifiers = ["26"]
      second.lines[0].procedure?.modifiers = ["TC"]
    case .otherDoctor:
      second = try otherDoctor(than: first)
    case .dailyVisit, .dailyVisitOfTheSame:
      for place in ["21"] { (first.lines[0].placeOfService, second.lines[0].placeOfService) = (place, place) }
      shift(&second, by: 1)
      if distinction == .dailyVisit { second.lines[0].charge = Money(cents: cents()) }
    case .therapyNextDay:
      first.lines[0].procedure?.modifiers = ["GP"]
      second.lines[0].procedure?.modifiers = ["GP"]
      shift(&second, by: 1)
    case .nextComplaint:
      shift(&second, by: 1)
      second.diagnoses = first.diagnoses == ["N390"] ? ["I10"] : ["N390"]
      second.lines[0].charge = Money(cents: cents())
    case .laterVisit: shift(&second, by: Int.random(in: 2...5, using: &random))
    case .secondVisitUnmarked: second.lines[0].charge = Money(cents: cents())
    }
    return LabelledPair(first: first, second: second, kind: .distinct(distinction))
  }

  private mutating func otherDoctor(than first: SubmittedClaim) throws -> SubmittedClaim {
    var second = try claim()
    second.lines[0].procedure = first.lines[0].procedure
    second.lines[0].serviceDates = first.lines[0].serviceDates
    second.diagnoses = [first.diagnoses == ["R05"] ? "I10" : "R05"]
    return second
  }

  private func shift(_ claim: inout SubmittedClaim, by days: Int) {
    guard let day = claim.lines[0].serviceDates?.first else { return }
    claim.lines[0].serviceDates = CalendarDate(dayNumber: day.dayNumber + days).map { DateRange($0) }
  }
}
