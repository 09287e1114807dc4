package import ClaimsDomain
package import DurableExecution

/// Acts that move more money than one person may: proposed by one, and approved or declined by another.
package protocol ProposedActs {
  /// The open proposal for a claim; nil for none. A claim has one at most.
  func openProposal(of claim: ClaimIntakeID) throws -> ProposedAct?

  /// A page of the open proposals for claims that no other claim has replaced, the oldest first.
  func openProposals(after place: ListPlace?, limit: Int) throws -> [ProposedAct]

  /// Makes others that would propose something about a claim wait for the end of the transaction.
  func lockProposals(of claim: ClaimIntakeID) throws

  /// Puts a proposal on record. The claim must have no open one, and its proposals must be locked. One that can no longer
  /// be done, since the claim was paid or replaced in another way, is closed.
  ///
  /// - Returns: the proposal with its number.
  func propose(_ act: ProposedAct) throws -> ProposedAct

  /// Closes a proposal, as another person than the one who made it where it is approved.
  ///
  /// - Throws: `StoreFailure.stale` if it is closed.
  func close(_ act: ProposedAct, as outcome: ProposalOutcome, by signOff: SignOff) throws
}

/// What an examiner has proposed about a claim.
package struct ProposedAct: Hashable, Sendable {
  package let claim: ClaimIntakeID
  /// The number of the proposal among those of its claim, starting at 1; 0 before it is on record.
  package private(set) var number = 0
  /// The act in words, with all that the claim was given.
  package let act: String
  /// The names of the waivers that the act uses.
  package let waived: [String]
  /// The claim as it would be decided; nil where a decided claim would be paid as it is.
  package let body: [UInt8]?
  /// What the plan would pay more than before, or less.
  package let moves: Money
  package let signOff: SignOff
  package let at: Timestamp

  package init(
    claim: ClaimIntakeID, act: String, waived: [String], body: [UInt8]?, moves: Money, by signOff: SignOff,
    at: Timestamp
  ) {
    (self.claim, self.act, self.waived, self.body) = (claim, act, waived, body)
    (self.moves, self.signOff, self.at) = (moves, signOff, at)
  }

  /// Returns the same proposal under a number.
  package func numbered(_ number: Int) -> ProposedAct {
    var act = self
    act.number = number
    return act
  }
}

package enum ProposalOutcome: String, Sendable {
  case approved, declined
}
