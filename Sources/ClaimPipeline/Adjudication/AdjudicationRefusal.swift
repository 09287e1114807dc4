import BankProtocol
import ClaimsDomain
import DurableExecution

extension ActivityFailure {
  /// The rules cannot decide this claim. Kept open, since better rules may.
  static func undecidable(_ failure: AdjudicationFailure) -> ActivityFailure {
    ActivityFailure(.undecidable, failure.description)
  }

  /// The claim was taken in under rules that are not at hand now.
  static func otherRuleset(_ ruleset: RulesetID) -> ActivityFailure {
    ActivityFailure(.otherRuleset, "the claim was received under ruleset \(ruleset): run it with --ruleset \(ruleset)")
  }
}
