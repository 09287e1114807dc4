extension CareClaim {
  /// The claims as one 837P.
  static func x12(_ claims: [CareClaim]) -> String {
    var level = 0
    let loops = claims.flatMap { $0.loops(after: &level) }
    let body =
      [
        "ST*837*0001*005010X222A1", "BHT*0019*00*ROADS*20260401*0900*CH",
        "NM1*41*2*JUNIPER FAMILY PRACTICE*****46*JUNIPER", "PER*IC*FRONT DESK*TE*5555550142",
        "NM1*40*2*SAMPLE HEALTH PLAN*****46*SAMPLE01",
      ] + loops
    let segments =
      [
        "ISA*00*          *00*          *ZZ*JUNIPER        *ZZ*SAMPLE01       *260401*0900*^*00501*000000103*0*P*:",
        "GS*HC*JUNIPER*SAMPLE01*20260401*0900*103*X*005010X222A1",
      ] + body + ["SE*\(body.count + 1)*0001", "GE*1*103", "IEA*1*000000103"]
    return segments.map { $0 + "~\n" }.joined()
  }

  private func loops(after level: inout Int) -> [String] {
    let billing = level + 1
    let subscriber = level + 2
    level += child == nil ? 2 : 3
    let party = provider.npi.map { "*****XX*\($0)" } ?? ""
    return [
      "HL*\(billing)**20*1", "NM1*85*2*\(provider.name)\(party)", "N3*12 ORCHARD LANE",
      "N4*SPRINGFIELD*IL*627010000", "REF*EI*\(provider.taxID)",
      "HL*\(subscriber)*\(billing)*22*\(child == nil ? 0 : 1)", "SBR*P*\(child == nil ? "18" : "")*SMPL2026******CI",
      "NM1*IL*1*MARCHBANK*DELPHINE****MI*\(member)", "N3*4 SAMPLE STREET", "N4*SPRINGFIELD*IL*627010000",
      "DMG*D8*19900721*F", "NM1*PR*2*SAMPLE HEALTH PLAN*****PI*SAMPLE01",
    ] + childLoop(below: subscriber) + claim
  }

  private func childLoop(below subscriber: Int) -> [String] {
    guard let child else { return [] }
    return [
      "HL*\(subscriber + 1)*\(subscriber)*23*0", "PAT*19", "NM1*QC*1*MARCHBANK*\(child)", "N3*4 SAMPLE STREET",
      "N4*SPRINGFIELD*IL*627010000", "DMG*D8*20140227*F",
    ]
  }

  private var claim: [String] {
    ["CLM*\(number)*\(dollars)***\(place):B:\(frequency)*Y*A*Y*Y"] + (replaces.map { ["REF*F8*\($0)"] } ?? [])
      + ["HI*ABK:\(diagnosis)"]
      + services.enumerated().flatMap { index, service in
        [
          "LX*\(index + 1)",
          "SV1*\((["HC", service.code] + service.modifiers).joined(separator: ":"))*\(service.dollars)*UN*1***1",
          "DTP*472*D8*202603\(service.dayDigits)",
        ]
      }
  }
}
