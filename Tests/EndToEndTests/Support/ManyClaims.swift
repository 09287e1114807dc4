/// Claims of the same number of fictional members, one office visit each, all of which a PPO pays. The same seed gives
/// the same file.
struct ManyClaims {
  let count: Int
  let seed: UInt64
  /// The number of the first claim, so that several files hold different claims.
  var first = 1
  /// The number of practices that share the claims.
  var practices = 1

  var text: String {
    var random = SeededGenerator(seed: seed)
    var segments = [
      "ST*837*0001*005010X222A1", "BHT*0019*00*MANY*20260401*0900*CH",
      "NM1*41*2*JUNIPER FAMILY PRACTICE*****46*JUNIPER",
      "PER*IC*FRONT DESK*TE*5555550142", "NM1*40*2*SAMPLE HEALTH PLAN*****46*SAMPLE01",
    ]
    var level = 0
    for practice in 0..<practices {
      level += 1
      let billing = level
      segments += [
        "HL*\(level)**20*1", "NM1*85*2*JUNIPER FAMILY PRACTICE*****XX*\(1_234_567_893 + practice)",
        "N3*12 ORCHARD LANE", "N4*SPRINGFIELD*IL*627010000", "REF*EI*123456789",
      ]
      for number in first..<first + count where number % practices == practice {
        level += 1
        segments += claim(number, &random, level: level, below: billing)
      }
    }
    segments.append("SE*\(segments.count + 1)*0001")
    let envelope = [
      "ISA*00*          *00*          *ZZ*JUNIPER        *ZZ*SAMPLE01       *260401*0900*^*00501*000000102*0*P*:",
      "GS*HC*JUNIPER*SAMPLE01*20260401*0900*102*X*005010X222A1",
    ]
    return (envelope + segments + ["GE*1*102", "IEA*1*000000102"]).joined(separator: "~\n") + "~\n"
  }

  private func claim(
    _ number: Int, _ random: inout SeededGenerator, level: Int, below billing: Int
  ) -> [String] {
    let charge = Int.random(in: 150...400, using: &random)
    let day = Int.random(in: 10...28, using: &random)
    return [
      "HL*\(level)*\(billing)*22*0", "SBR*P*18*SMPL2026******CI", "NM1*IL*1*MARCHBANK*DELPHINE****MI*MANY\(number)",
      "N3*4 SAMPLE STREET", "N4*SPRINGFIELD*IL*627010000", "DMG*D8*19900721*F",
      "NM1*PR*2*SAMPLE HEALTH PLAN*****PI*SAMPLE01", "CLM*MANY-\(number)*\(charge)***11:B:1*Y*A*Y*Y", "HI*ABK:Z0000",
      "LX*1", "SV1*HC:G0463*\(charge)*UN*1***1", "DTP*472*D8*202603\(day)",
    ]
  }
}
