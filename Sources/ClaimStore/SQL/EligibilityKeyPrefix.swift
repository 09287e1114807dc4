import ClaimsDomain
import DurableExecution

/// The range of eligibility keys of one member, whatever plan and day.
struct EligibilityKeyPrefix {
  let first: String
  /// Just past the last: `;` follows `:`.
  let end: String

  init(of member: MemberID) {
    let stem = KeyText(effect: EffectName.eligibility, segments: [member.text]).text
    first = stem + ":"
    end = stem + ";"
  }
}
