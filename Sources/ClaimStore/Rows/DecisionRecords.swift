package import ClaimsDomain
package import DurableExecution

/// Decisions as rows, so that the database itself can hold them to their balance and find care that was given once.
package protocol DecisionRecords {
  /// Claims whose decision allowed a service of these signatures (`SignatureDigests`), by signature. Those that were
  /// replaced are left out.
  ///
  /// - Parameters:
  ///   - exact: digests of `ServiceSignature`.
  ///   - near: digests of `NearSignature` or `AnesthesiaShare`; none where no plan asks for them.
  func allowedServices(_ exact: [String], near: [String]) throws -> [String: Set<ClaimIntakeID>]

  /// Lines with a procedure that claims were allowed on these days. Those of claims that were replaced are left out.
  ///
  /// - Parameter careDays: digests of `CareDay`.
  func allowedLines(on careDays: [String]) throws -> [AllowedLineRow]

  func insert(_ decisions: [DecisionRow]) throws
}

/// Where a line that was allowed stands: its code, modifiers and units are in the claim's text.
package struct AllowedLineRow: Hashable, Sendable {
  package var claimID: ClaimIntakeID
  package var number: Int
  package var careDay: String
  /// Of the line, which may span several days; 0 is the first.
  package var daysAfterFirst: Int

  package init(claimID: ClaimIntakeID, number: Int, careDay: String, daysAfterFirst: Int) {
    self.claimID = claimID
    self.number = number
    self.careDay = careDay
    self.daysAfterFirst = daysAfterFirst
  }
}

package struct DecisionRow: Hashable, Sendable {
  package var id: AdjudicationID
  package var claimID: ClaimIntakeID
  package var effectKey: KeyText
  package var decision: Decision
  /// By line number.
  package var signatures: [Int: SignatureDigests]

  package init(
    id: AdjudicationID, claimID: ClaimIntakeID, effectKey: KeyText, decision: Decision,
    signatures: [Int: SignatureDigests]
  ) {
    self.id = id
    self.claimID = claimID
    self.effectKey = effectKey
    self.decision = decision
    self.signatures = signatures
  }
}
