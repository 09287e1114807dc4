import ClaimsDomain

/// The published cases as remittances of fictional people, with the published figures.
enum PublishedRemittances {
  /// X12's Medicare-secondary example. The example uses CO-42, a code that has been retired and is never written.
  static func r1() throws -> RemittanceAdvice {
    let line = try Sample.line(
      "99213", charge: "120.00", paid: "80.00",
      [
        Sample.adjustment(.contractual, "45", "25.00"), Sample.adjustment(.patientResponsibility, "2", "15.00"),
      ], allowed: "95.00")
    return try Sample.advice(paying: "80.00", [Sample.claim(charge: "120.00", paid: "80.00", lines: [line])])
  }

  /// X12's dental COB example.
  static func r2() throws -> RemittanceAdvice {
    let line = try Sample.line(
      "D3320", charge: "200.00", paid: "150.00", [Sample.adjustment(.patientResponsibility, "1", "50.00")],
      qualifier: "AD")
    return try Sample.advice(paying: "150.00", [Sample.claim(charge: "200.00", paid: "150.00", lines: [line])])
  }

  /// X12's managed-care example: adjustments on the claim and on its line.
  static func r3() throws -> RemittanceAdvice {
    let first = try Sample.claim(
      "R3-1", charge: "800.00", paid: "450.00", [Sample.adjustment(.contractual, "45", "50.00")],
      lines: [
        Sample.line(
          "99211", charge: "800.00", paid: "500.00", [Sample.adjustment(.patientResponsibility, "1", "300.00")])
      ])
    let second = try Sample.claim(
      "R3-2", charge: "1200.00", paid: "495.00", [Sample.adjustment(.contractual, "45", "55.00")],
      lines: [
        Sample.line(
          "93555", charge: "1200.00", paid: "550.00",
          [
            Sample.adjustment(.patientResponsibility, "1", "600.00"), Sample.adjustment(.contractual, "45", "50.00"),
          ])
      ])
    return try Sample.advice(paying: "945.00", [first, second], method: Sample.transfer)
  }

  /// X12's secondary payer with a fee above the charge: OA-94 raises the remainder.
  static func r4() throws -> RemittanceAdvice {
    let line = try Sample.line(
      "55669", charge: "541.00", paid: "34.00",
      [Sample.adjustment(.other, "23", "516.00"), Sample.adjustment(.other, "94", "-9.00")], allowed: "550.00")
    return try Sample.advice(
      paying: "34.00", [Sample.claim("R4-1", .secondary, charge: "541.00", paid: "34.00", lines: [line])])
  }

  /// X12's single check for nine dental claims. Each has one line, except the fifth, whose adjustments were published.
  static func r5() throws -> RemittanceAdvice {
    let paid = ["132.00", "74.00", "108.00", "14.00", "16.80", "132.00", "108.00", "82.00", "144.00"]
    var claims: [ClaimPayment] = []
    for (index, amount) in paid.enumerated() {
      let isFifth = index == 4
      let line = try Sample.line(
        isFifth ? "D2391" : "D0120", charge: isFifth ? "180.00" : amount, paid: amount,
        isFifth
          ? [
            Sample.adjustment(.contractual, "131", "152.00"), Sample.adjustment(.patientResponsibility, "3", "11.20"),
          ] : [], qualifier: "AD")
      claims.append(
        try Sample.claim("R5-\(index + 1)", charge: isFifth ? "180.00" : amount, paid: amount, lines: [line]))
    }
    return try Sample.advice(paying: "810.80", claims)
  }

  /// A state's Medicaid: one claim paid, one filed too late, and one paid in part.
  static func r6() throws -> RemittanceAdvice {
    let codes = ["V2020", "V2700", "V2103", "S0580"]
    let charges = ["6.00", "2.75", "5.50", "20.00"]
    let whole = try zip(codes, charges).enumerated().map { index, line in
      try Sample.line(line.0, charge: line.1, paid: line.1, number: index + 1)
    }
    let late = try [("V2020", "12.00"), ("V2103", "22.00")].enumerated().map { index, line in
      try Sample.line(
        line.0, charge: line.1, paid: "0.00", [Sample.adjustment(.contractual, "29", line.1)], number: index + 1)
    }
    let partly = try zip(codes, charges).enumerated().map { index, line in
      let isPaid = line.0 == "V2020" || line.0 == "V2103"
      return try Sample.line(
        line.0, charge: line.1, paid: isPaid ? line.1 : "0.00",
        isPaid ? [] : [Sample.adjustment(.contractual, "251", line.1)], number: index + 1)
    }
    return try Sample.advice(
      paying: "45.75",
      [
        Sample.claim("R6-1", charge: "34.25", paid: "34.25", lines: whole),
        Sample.claim("R6-2", .secondary, charge: "34.00", paid: "0.00", lines: late),
        Sample.claim("R6-3", .secondary, charge: "34.25", paid: "11.50", lines: partly),
      ], method: Sample.transfer)
  }

  /// A reversal, followed by the corrected claim, which meets the deductible.
  static func r8() throws -> RemittanceAdvice {
    let original = try claim(
      controlNumber: "CLM-OLD", paid: "50.00", "45", "75.00", responsibility: "25.00", details: Sample.details())
    let corrected = try claim(
      controlNumber: "CLM-NEW", paid: "75.00", "45", "75.00", responsibility: nil,
      details: Sample.details(references: [.originalClaim("CLM-OLD")]))
    return try Sample.advice(paying: "25.00", [original.reversed(), corrected])
  }

  private static func claim(
    controlNumber: String, paid: String, _ reason: String, _ amount: String, responsibility: String?,
    details: ClaimPaymentDetails
  ) throws -> ClaimPayment {
    let owed = try responsibility.map { [try Sample.adjustment(.patientResponsibility, "1", $0)] } ?? []
    let line = try Sample.line(
      "99213", charge: "150.00", paid: paid, [Sample.adjustment(.contractual, reason, amount)] + owed)
    return try Sample.claim(
      charge: "150.00", paid: paid, controlNumber: controlNumber, lines: [line], details: details)
  }

  /// Coordination of benefits: two lines and an adjustment of the whole claim.
  static func r11() throws -> RemittanceAdvice {
    let lines = [
      try Sample.line("99213", charge: "80.00", paid: "70.00", [Sample.adjustment(.other, "23", "10.00")]),
      try Sample.line("71046", charge: "20.00", paid: "15.00", [Sample.adjustment(.other, "23", "5.00")], number: 2),
    ]
    let claim = try Sample.claim(
      "R11-1", .secondary, charge: "100.00", paid: "80.00", [Sample.adjustment(.other, "23", "5.00")], lines: lines)
    return try Sample.advice(paying: "80.00", [claim])
  }
}
