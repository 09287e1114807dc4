import ClaimsDomain

/// What the lines of a claim are called by, and when they were.
struct ServiceNames {
  private let claim: SubmittedClaim
  private let lines: [Int: ServiceLine]

  init(of claim: SubmittedClaim) {
    self.claim = claim
    lines = Dictionary(claim.lines.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The code with its modifiers, `99213-25`, or the revenue code, `Rev 0450`. Codes only: their descriptions are
  /// licensed.
  func code(of decided: LineDecision) -> String {
    guard let line = lines[decided.number] else { return decided.code }
    guard let procedure = line.procedure else { return "Rev \(line.code)" }
    return ([procedure.code] + procedure.modifiers).joined(separator: "-")
  }

  /// Empty when neither the line nor the claim says when.
  func date(of decided: LineDecision) -> String {
    lines[decided.number].flatMap(claim.serviceDates(of:))?.abbreviated ?? ""
  }
}
