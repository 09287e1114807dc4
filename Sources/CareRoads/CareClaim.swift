/// A claim for care of a fictional person, to be written as an 837, as FHIR or as a typed form.
package struct CareClaim: Sendable {
  package struct Service: Sendable {
    package var code: String
    package var modifiers: [String] = []
    package var cents: Int
    /// The day in March 2026.
    package var day = 2

    var dollars: String { "\(cents / 100).\(cents % 100 < 10 ? "0" : "")\(cents % 100)" }
    var dayDigits: String { "\(day < 10 ? "0" : "")\(day)" }
  }

  package var number: String
  package var member = "ROADS1"
  /// The first name of the member's child who was treated; nil for the member.
  package var child: String?
  package var services: [Service]
  package var place = "11"
  package var provider = CareProvider.practice
  package var diagnosis = "Z0000"
  /// CLM05-3.
  package var frequency = "1"
  /// The payer's number of the claim that this one replaces.
  package var replaces: String?

  package init(_ number: String, _ services: [Service]) { (self.number, self.services) = (number, services) }

  package func changed(_ change: (inout CareClaim) -> Void) -> CareClaim {
    var claim = self
    change(&claim)
    return claim
  }

  var dollars: String { Service(code: "", cents: services.map(\.cents).reduce(0, +)).dollars }
}

package struct CareProvider: Sendable {
  package var name: String
  package var npi: String?
  package var taxID: String

  static let practice = CareProvider(name: "JUNIPER FAMILY PRACTICE", npi: "1234567893", taxID: "123456789")
  static let clinic = CareProvider(name: "LARCH CLINIC", npi: "1999999984", taxID: "987654321")
}
