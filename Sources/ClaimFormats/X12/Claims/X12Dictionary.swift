/// The segments an 837 may have, of versions 4010 and 5010 and all three kinds (TR3 005010X222, X223, X224, section 2.2).
enum X12Dictionary {
  static func isKnown(_ name: X12Code) -> Bool {
    // The common ones first: this is asked for every segment.
    switch name {
    case "NM1", "N3", "N4", "REF", "DTP", "SV1", "SV2", "LX", "HI", "SBR", "DMG", "PRV", "PER", "PAT", "AMT", "CAS",
      "SVD", "OI", "CL1", "HCP", "NTE", "PWK", "CRC", "K3", "SV3", "SV5", "MOA", "MIA", "LIN", "CTP", "QTY", "CN1",
      "CR1", "CR2", "CR3", "CR4", "CR5", "CR6", "CR7", "CR8", "HSD", "MEA", "PS1", "LQ", "FRM", "CUR", "N2", "BHT",
      "SV4", "SV6", "SV7", "TOO", "DN1", "DN2", "UR", "IMM", "DSB", "III", "LS", "LE", "TA1":
      true
    default: false
    }
  }
}
