/// The segments an 837 may have, of versions 4010 and 5010 and all three kinds (TR3 005010X222, X223, X224, section 2.2).
enum X12Dictionary {
  static func isKnown(_ name: X12Code) -> Bool { names.contains(name) }

  private static let names: Set<X12Code> = [
    "ST", "BHT", "SE", "HL", "NM1", "N2", "N3", "N4", "PER", "REF", "PRV", "CUR", "SBR", "PAT", "DMG", "CLM", "DTP",
    "CL1", "DN1", "DN2", "PWK", "CN1", "AMT", "QTY", "K3", "NTE", "CR1", "CR2", "CR3", "CR4", "CR5", "CR6", "CR7", "CR8",
    "CRC", "HI", "HCP", "HSD", "CAS", "OI", "MIA", "MOA", "LX", "SV1", "SV2", "SV3", "SV4", "SV5", "SV6", "SV7", "TOO",
    "MEA", "PS1", "LIN", "CTP", "SVD", "LQ", "FRM", "UR", "IMM", "DSB", "LE", "LS", "III", "TA1",
  ]
}
