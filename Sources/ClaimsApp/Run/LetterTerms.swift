package import ClaimFormats
package import ClaimOperations
package import ClaimsDomain

/// What letters say besides the decision: who sends them, what services are called, and the year's limits.
package struct LetterTerms: Sendable {
  package let ruleset: Ruleset
  let services: ServiceWords
  private let payer: PayerSource

  /// - Parameter path: the path of the payer file; nil when none is named.
  /// - Throws: `SetupError.badInput` naming the file, the line, and the reason.
  package init(_ ruleset: Ruleset, _ services: ServiceWords, payer path: String?) throws(SetupError) {
    self.ruleset = ruleset
    self.services = services
    payer = try PayerSource(path: path)
  }

  /// Who sends the letter about a claim: the payer of the payer file. Without such a file it is the sample payer for claims
  /// to its number, the plan for other claims, and the payer's number where no plan lists the member. The name that the
  /// claim gives is never printed.
  func sender(of claim: SubmittedClaim, under plan: PlanID?) -> Letterhead {
    if !payer.isSample || claim.payer.id == payer.issuer.payer.payerID { return payer.letterhead }
    return Letterhead(name: plan.flatMap { ruleset.plans[$0]?.name } ?? "Payer \(claim.payer.id)")
  }
}
