package import ClaimsDomain

/// Why a claim is not decided once more.
package enum RevisionRefusal: Error, Hashable, CustomStringConvertible {
  case unknown(String)
  /// Several claims came under the provider's number.
  case ambiguous(String, [ClaimIntakeID])
  case underWay(ClaimIntakeID)
  /// It was decided, and its payment was refused: there is nothing yet to be reversed.
  case unpaid(ClaimIntakeID)
  case notSuspended(ClaimIntakeID)
  /// It waits for something else than what was given.
  case otherRemedy(ClaimIntakeID, SuspenseReason)
  case noSuchLine(ClaimIntakeID, Int)
  /// The rules price or deny the line, so none is to be set.
  case noPriceWanted(ClaimIntakeID, Int)
  /// Something was given that the claim does not wait for.
  case notAsked(ClaimIntakeID, String)
  /// The claim was taken in under other rules than the sample rules, and no rules were given.
  case otherRules(ClaimIntakeID, RulesetID, atHand: RulesetID)
  /// More than the claim's charge is said to be paid and left.
  case aboveCharge(ClaimIntakeID, Money)
  /// The code of a denial is not on the list of those in use.
  case codeNotInUse(String)
  /// The code of a denial wants a remark code beside it.
  case remarkWanted(String)
  /// The code is that of a part of a payment, not of a denial.
  case noDenial(String)
  /// The rules at hand would leave it to a person.
  case undecidable(ClaimIntakeID, String)

  package var description: String {
    switch self {
    case .unknown(let name): "there is no claim \(name.prefix(80)); a rejected claim was sent back and has no file"
    case .ambiguous(let name, let ids):
      "\(ids.count) claims came under the number \(name.prefix(80)); name one of them: "
        + ids.prefix(5).map(\.text).joined(separator: ", ")
    case .underWay(let id): "claim \(id) is not at its end; run `claims process` or `claims work`, then try again"
    case .unpaid(let id): "the payment of claim \(id) was refused; release its key first: `claims suspense show \(id)`"
    case .undecidable(let id, let why): "by these rules claim \(id) would wait for a person: \(why); nothing was done"
    case .otherRemedy(let id, let reason):
      "claim \(id) waits for something else: \(reason.text); see `claims suspense show \(id)`"
    case .noSuchLine(let id, let line): "claim \(id) has no line \(line)"
    case .noPriceWanted(let id, let line):
      "line \(line) of claim \(id) has its price by the rules, or is denied by them; see `claims suspense show \(id)`"
    case .notAsked(let id, let what): "claim \(id) does not ask for this: \(what); nothing was done"
    case .otherRules(let id, let own, let atHand):
      "claim \(id) came in under the rules \(own), and the samples in the program are \(atHand): name the plans with "
        + "--plans; nothing was done"
    case .aboveCharge(let id, let charge):
      "claim \(id) was charged \(charge): a payer has not paid and left more than that"
    case .codeNotInUse(let code): "\(code) is not on the imported list of codes in use; see docs/adjudication.md"
    case .remarkWanted(let code): "\(code) wants a remark code beside it: give --remark, for instance M76"
    case .noDenial(let code): "\(code) tells of a part of a payment, and denies nothing"
    case .notSuspended(let id): "claim \(id) does not wait for a person: see `claims suspense list`"
    }
  }
}
