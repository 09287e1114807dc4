import ClaimFormats
import ClaimStore
import ClaimsAPI
import ClaimsDomain
import DurableExecution

/// An act that waits for another examiner's approval.
struct ProposalView: Sendable {
  let path: String
  let number: Int
  let claim: String
  let act: String
  let moves: String
  let person: String
  let reason: String
  let at: String
  /// Whether the visitor may approve it. Whoever proposed it may only decline it.
  let mayApprove: Bool
  let mayDecline: Bool

  init(_ proposal: ProposedAct, mayDecide: Bool, caller: Caller) {
    (path, claim, number) = ("/claims/\(proposal.claim)", proposal.claim.text, proposal.number)
    (act, moves, at) = (proposal.act, proposal.moves.dollars, proposal.at.text)
    (person, reason) = (proposal.signOff.person, proposal.signOff.reason)
    mayApprove = mayDecide && person != caller.name
    mayDecline = mayDecide
  }
}
