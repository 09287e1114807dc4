internal import ClaimsDomain

extension FormReading {
  /// The boxes that cannot be right beside what others say.
  var contradictions: [String] {
    let values = readings.compactMapValues(\.value)
    let otherPages = fields.map(\.field).filter { name in
      guard let plain = name.split(separator: "@").first, plain.count < name.count else { return false }
      return values[name] != values[String(plain)]
    }
    return otherPages + (kind == .cms1500 ? professional(values) : institutional(values))
  }

  private func professional(_ values: [String: String]) -> [String] {
    var found: [String] = []
    if values["6"] == "18" {
      if let insured = values["4"], let patient = values["2"], !Self.areOne(insured, patient) { found.append("4") }
      if let born = values["11a"], born != values["3"] { found.append("11a") }
    }
    let saysOther = ["9", "9a", "9d"].contains { values[$0] != nil }
    if values["11d"] == "NO", saysOther { found.append("11d") }
    let diagnoses = Set("ABCDEFGHIJKL".filter { values["21\($0)"] != nil })
    for service in services {
      let pointers = values["24E.\(service)"] ?? ""
      if !pointers.allSatisfy(diagnoses.contains) { found.append("24E.\(service)") }
      if Self.isBefore(values["24A.\(service).to"], values["24A.\(service)"]) { found.append("24A.\(service).to") }
    }
    return found
  }

  private func institutional(_ values: [String: String]) -> [String] {
    var found: [String] = []
    if values["FL59A"] == "18", let insured = values["FL58A"], let patient = values["FL8b"],
      !Self.areOne(insured, patient)
    {
      found.append("FL58A")
    }
    if Self.isBefore(values["FL6.through"], values["FL6.from"]) { found.append("FL6.through") }
    if Self.isBefore(values["FL6.through"], values["FL12"]) { found.append("FL12") }
    for service in services {
      if let part = Self.money(values["FL48.\(service)"]), let charge = Self.money(values["FL47.\(service)"]),
        part > charge
      {
        found.append("FL48.\(service)")
      }
    }
    // When every payer has paid already, nobody is left to be asked.
    let payers = ["A", "B", "C"].filter { values["FL50\($0)"] != nil }
    if !payers.isEmpty, payers.allSatisfy({ Self.money(values["FL54\($0)"]) ?? .zero > .zero }) {
      found += payers.map { "FL54\($0)" }
    }
    return found
  }

  private static func areOne(_ name: String, _ other: String) -> Bool {
    let (name, other) = (PersonName(form: name), PersonName(form: other))
    return name.last == other.last && name.first == other.first
  }

  private static func isBefore(_ day: String?, _ other: String?) -> Bool {
    guard let day, let other else { return false }
    return day < other
  }

  private static func money(_ text: String?) -> Money? { text.flatMap { try? Money(parsing: $0) } }
}

extension PersonName {
  /// - Parameter text: Last name, first name, and middle initial, with commas.
  init(form text: String) {
    let parts = text.split(separator: ",").map(\.trimmingBlanks)
    self.init(
      last: parts.first ?? "", first: parts.count > 1 ? parts[1] : "", middle: parts.count > 2 ? parts[2] : nil)
  }
}
