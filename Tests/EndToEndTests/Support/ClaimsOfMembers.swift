/// One claim for each of many made-up members, in JSON, one to a line. Other claims with the same members are of the same
/// people.
struct ClaimsOfMembers {
  /// What the claims' numbers begin with.
  let number: String
  let members: Int
  /// The day of March 2026 on which the care was given.
  let day: String
  let charge: String

  init(_ number: String, members: Int, day: String, charge: String) {
    (self.number, self.members, self.day, self.charge) = (number, members, day, charge)
  }

  var text: String {
    (1...members).map { member in
      """
      {"kind": "professional", "claim_number": "\(number)-\(member)", \
      "payer": {"id": "SAMPLE01", "name": "SAMPLE HEALTH PLAN"}, "payer_sequence": "primary", "frequency": "1", \
      "assigns_benefits": true, "facility_code": "22", "charge": "\(charge)", \
      "billing_provider": {"name": "CEDAR GROVE CLINIC", "npi": "1234567893", "tax_id": "361234567"}, \
      "subscriber": {"member_id": "ZZ\(member)", "name": {"last": "MARLOWE", "first": "IRIS"}, \
      "birth_date": "1981-05-14"}, "diagnoses": ["I10"], \
      "lines": [{"code": "C1776", "code_qualifier": "HC", "charge": "\(charge)", "units": "1", \
      "service_dates": {"first": "2026-03-\(day)", "last": "2026-03-\(day)"}, \
      "diagnosis_pointers": [1]}]}
      """
    }.joined(separator: "\n") + "\n"
  }
}
