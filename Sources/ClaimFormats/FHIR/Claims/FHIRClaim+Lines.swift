import ClaimsDomain
import StrictText

extension FHIRClaim {
  /// - Parameter period: The days that the claim covers; lines without dates of their own take them.
  func lines(_ care: Care, _ period: DateRange?) throws(FHIRProblem) -> [ServiceLine] {
    let kind = care.kind
    let items = try root.list("item")
    guard !items.isEmpty else { throw root.problem("item", "the claim has no service line") }
    guard items.count <= kind.lineLimit else {
      throw root.problem(
        "item", "the claim has \(items.count) service lines; \(kind.rawValue) claims may have \(kind.lineLimit)")
    }
    let problems = FHIRProblemList()
    var lines: [ServiceLine] = []
    var last = 0
    for item in items {
      let number = problems.attempt { () throws(FHIRProblem) in try Self.number(of: item, after: last) }
      last = number ?? last
      let line = problems.attempt { () throws(FHIRProblem) in try self.line(item, number ?? 0, care, period) }
      if let line { lines.append(line) }
    }
    return try problems.result(lines)
  }

  private static func number(of item: FHIRElement, after last: Int) throws(FHIRProblem) -> Int {
    guard let number = try item.positive("sequence") else { throw item.problem("sequence", "is missing") }
    guard number > last else { throw item.problem("sequence", "must go up from line to line") }
    return number
  }

  /// - Throws: `FHIRProblem` for all problems of the line.
  private func line(
    _ item: FHIRElement, _ number: Int, _ care: Care, _ period: DateRange?
  ) throws(FHIRProblem) -> ServiceLine {
    let (problems, kind) = (FHIRProblemList(), care.kind)
    problems.attempt { () throws(FHIRProblem) in try FHIRShape.item.check(item) }
    problems.attempt { () throws(FHIRProblem) in try Self.refuseDetails(of: item) }
    let charge = problems.attempt { () throws(FHIRProblem) in try Self.charge(of: item) }
    let quantity = problems.attempt { () throws(FHIRProblem) in try Self.quantity(item) }
    if let charge, let quantity {
      problems.attempt { () throws(FHIRProblem) in try Self.checkPrice(item, quantity.0, charge) }
    }
    let revenue = problems.attempt { () throws(FHIRProblem) in
      kind == .institutional ? try Self.revenueCode(item) : nil
    }
    // A line whose revenue code is present but cannot be read still needs no procedure.
    let procedure = problems.attempt { () throws(FHIRProblem) in
      try Self.procedure(item, isOptional: revenue != .some(nil))
    }
    let place = problems.attempt { () throws(FHIRProblem) in
      kind == .professional ? try Self.place(item) : care.facility ?? ""
    }
    let days = problems.attempt { () throws(FHIRProblem) in try Self.serviceDates(item, else: period) }
    let pointers = problems.attempt { () throws(FHIRProblem) in try care.diagnoses?.pointers(of: item, kind) ?? [] }
    let renderer = problems.attempt { () throws(FHIRProblem) in try care.team?.provider(of: item) }
    guard let charge, let quantity, let revenue, let procedure, let place, let days, let pointers, let renderer else {
      return try problems.result(nil)
    }
    return try problems.result(
      ServiceLine(
        number: number, procedure: procedure, revenueCode: revenue, charge: charge, units: quantity.0,
        placeOfService: place, serviceDates: days, diagnosisPointers: pointers, basis: quantity.1,
        renderingProvider: renderer))
  }

  static func checkPartsOfAnyKind(_ item: FHIRElement, _ problems: FHIRProblemList) {
    problems.attempt { () throws(FHIRProblem) in try FHIRShape.item.check(item) }
    problems.attempt { () throws(FHIRProblem) in _ = try charge(of: item) }
    problems.attempt { () throws(FHIRProblem) in _ = try quantity(item) }
    problems.attempt { () throws(FHIRProblem) in _ = try serviceDates(item, else: nil) }
  }

  /// What can be checked of a line of a rejected claim.
  static func partial(
    _ item: FHIRElement, _ kind: ClaimKind?, facility: String?, _ period: DateRange?, isNumbered: Bool
  ) -> PartialClaim.Line {
    PartialClaim.Line(
      number: isNumbered ? (try? item.positive("sequence")).flatMap(\.self) : nil, charge: try? charge(of: item),
      units: (try? quantity(item))?.0, procedure: (try? procedure(item, isOptional: true)).flatMap(\.self),
      placeOfService: kind == .professional ? try? place(item) : facility,
      serviceDates: (try? serviceDates(item, else: period)).flatMap(\.self))
  }

  private static func charge(of item: FHIRElement) throws(FHIRProblem) -> Money {
    guard let charge = try item.money("net") else { throw item.problem("net", "the service line has no charge") }
    return charge
  }

  /// Details may say which drug a line is, as LIN does in X12. Anything else would be a service of its own.
  private static func refuseDetails(of item: FHIRElement) throws(FHIRProblem) {
    let drug = FHIRSystem("a drug", "http://hl7.org/fhir/sid/ndc")
    for detail in try item.list("detail") {
      guard try detail.codeIfAny("productOrService", of: drug) != nil, !detail.has("net"), !detail.has("subDetail")
      else {
        throw detail.problem("", "details of a line have no place in a claim here; send each service as an item")
      }
    }
  }

  /// The place of service of a professional claim's first line, which is also the claim's.
  func firstPlace(_ kind: ClaimKind) throws(FHIRProblem) -> String? {
    guard kind == .professional else { return nil }
    guard let first = try root.list("item").first else { throw root.problem("item", "the claim has no service line") }
    return try Self.place(first)
  }

  private static func place(_ item: FHIRElement) throws(FHIRProblem) -> String {
    try item.code("locationCodeableConcept", of: .placeOfService).capitals
  }

  private static func serviceDates(_ item: FHIRElement, else period: DateRange?) throws(FHIRProblem) -> DateRange? {
    guard let day = try item.day("servicedDate") else {
      let days = try item.days("servicedPeriod")
      return days ?? period
    }
    guard !item.has("servicedPeriod") else { throw item.problem("servicedDate", "it has both a date and a period") }
    return DateRange(day)
  }

  // MARK: Codes

  private static func revenueCode(_ item: FHIRElement) throws(FHIRProblem) -> String? {
    guard item.has("revenue") else { return nil }
    let code = try item.code("revenue", of: .revenue).capitals
    guard code.wholeMatch(of: /[0-9A-Z]{3,4}/) != nil else {
      throw item.problem("revenue", "a revenue code has three or four digits")
    }
    guard code != "0001", code != "001" else {
      throw item.problem("revenue", "revenue code 0001 is the total of a paper bill, and no service")
    }
    return code.count == 3 ? "0" + code : code
  }

  /// - Parameter isOptional: Whether the line may have no procedure, since it has a revenue code (data-absent-reason).
  private static func procedure(_ item: FHIRElement, isOptional: Bool) throws(FHIRProblem) -> ProcedureCode? {
    var modifiers: [String] = []
    for (index, concept) in try item.list("modifier").enumerated() {
      guard let modifier = try concept.codeIfAny(of: .procedure)?.code.capitals, modifier.utf8.count == 2 else {
        throw item.problem("modifier[\(index)]", "a modifier has two characters, of CPT or HCPCS")
      }
      modifiers.append(modifier)
    }
    guard modifiers.count <= 4 else { throw item.problem("modifier", "a line has four at most") }
    if isOptional, modifiers.isEmpty, try item.codeIfAny("productOrService", of: .procedure) == nil,
      try item.codeIfAny("productOrService", of: .absent) != nil
    {
      return nil
    }
    let code = try item.code("productOrService", of: .procedure).capitals
    return ProcedureCode(code: code, modifiers: modifiers)
  }

  // MARK: Quantities

  private static let services: Set = ["UN", "unit", "units", "{unit}", "{service}", "1"]

  /// Returns how many units, and what they count. Without a quantity there is one (FHIR R4, Claim.item.net).
  private static func quantity(_ item: FHIRElement) throws(FHIRProblem) -> (Units, UnitsBasis?) {
    guard let quantity = try item.child("quantity") else { return (.one, nil) }
    guard !quantity.has("comparator") else { throw quantity.problem("comparator", "a number of units is exact") }
    guard let text = try quantity.decimal("value") else {
      throw quantity.problem("value", "the number of units is missing")
    }
    guard let units = Units(parsing: text), units >= Units(0) else {
      throw quantity.problem("value", "the quantity is not a number of units such as 1 or 2.5")
    }
    let (code, word) = (try quantity.text("code"), try quantity.text("unit"))
    guard let unit = code ?? word, !services.contains(unit) else { return (units, nil) }
    guard try quantity.text("system") == FHIRSystem.units.uri, let basis = bases[unit] else {
      throw quantity.problem("code", "units of this kind are not known here (UCUM min and d, or none for services)")
    }
    return (units, basis)
  }

  /// UCUM codes.
  private static let bases: [String: UnitsBasis] = ["min": .minutes, "d": .days]

  /// Checks that a price for each unit agrees with the charge.
  private static func checkPrice(_ item: FHIRElement, _ units: Units, _ charge: Money) throws(FHIRProblem) {
    guard let price = try item.money("unitPrice") else { return }
    guard (try? units.priced(at: price)) == charge else {
      throw item.problem("net", "it is not the quantity times the unitPrice")
    }
  }
}
