import Testing

/// Damage to one of the sample claims, and the program's message about it.
struct BrokenClaim: Sendable, CustomTestStringConvertible {
  let name: String
  let claim: String
  let part: String
  let replacement: String
  let place: String
  let said: String

  var testDescription: String { name }

  static let all = [
    BrokenClaim(
      name: "a negative amount", claim: "DEMO-001", part: "CLM*DEMO-001*180*", replacement: "CLM*DEMO-001*-180*",
      place: "segment 20, CLM02", said: "the amount is negative"),
    BrokenClaim(
      name: "an amount past all sense", claim: "DEMO-001", part: "CLM*DEMO-001*180*",
      replacement: "CLM*DEMO-001*99999999999999999999*", place: "segment 20, CLM02", said: "the amount is too large"),
    BrokenClaim(
      name: "an amount past what a claim may be", claim: "DEMO-001", part: "CLM*DEMO-001*180*",
      replacement: "CLM*DEMO-001*100000000.00*", place: "segment 20, CLM02", said: "the amount is over 99999999.99"),
    BrokenClaim(
      name: "no amount", claim: "DEMO-001", part: "CLM*DEMO-001*180*", replacement: "CLM*DEMO-001*lots*",
      place: "segment 20, CLM02", said: "an amount must look like 125, 125.5 or 125.50"),
    BrokenClaim(
      name: "a day that does not exist", claim: "DEMO-002", part: "DTP*472*D8*20260303",
      replacement: "DTP*472*D8*20260230",
      place: "segment", said: "the date does not exist"),
    BrokenClaim(
      name: "bytes that are not text", claim: "DEMO-001", part: "MARCHBANK*DELPHINE****MI*PO2001",
      replacement: "MARCH\u{FF}BANK*DELPHINE****MI*PO2001",
      place: "segment 15", said: "the segment holds bytes that are not"),
    BrokenClaim(
      name: "lines that do not add up", claim: "DEMO-001", part: "CLM*DEMO-001*180*", replacement: "CLM*DEMO-001*181*",
      place: "segment 20", said: "the claim's charge is 181.00"),
  ]

  /// The damaged sample file in Latin-1, where each character is one byte.
  func file() throws -> [UInt8] {
    try SampleClaims.replacing((part, replacement)).unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
  }
}
