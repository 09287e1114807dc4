import ClaimFormats
package import ClaimsDomain

/// Why an act on a paper form is not done. Nothing was changed.
package enum FormRefusal: Error, Hashable, CustomStringConvertible {
  case unknown(FormID)
  case noField(FormID, String)
  /// The value is too long, or holds a character that no field has.
  case unusableValue
  case accepted(FormID, ClaimIntakeID)
  case discarded(FormID)
  /// The form was changed after it was shown.
  case changed(FormID)
  /// Fields of the form are in doubt.
  case inDoubt(FormID, [String])
  /// What the form says is no claim that could be decided. The reason has no member data.
  case noClaim(FormID, String)
  /// The form's charge is so high that another person than the one who has corrected it accepts it.
  case ownCorrection(FormID)

  /// What is the matter, and what to do about it on the command line.
  package var description: String {
    switch self {
    case .unknown: "\(why); see `claims intake list`"
    case .noField(let id, _), .inDoubt(let id, _), .changed(let id), .noClaim(let id, _):
      "\(why); see `claims intake show \(id.text.prefix(40))`"
    case .accepted(_, let claim): "\(why); see `claims show \(claim)`"
    case .unusableValue, .discarded, .ownCorrection: why
    }
  }

  /// The reason, without advice that applies only to the command line.
  package var why: String {
    switch self {
    case .unknown(let id): "there is no form \(id.text.prefix(40).displayed)"
    case .noField(let id, let field): "form \(id) has no field \(field.prefix(20).displayed)"
    case .unusableValue:
      "a field's value is one line of \(FormDesk.valueLimit) characters or fewer, without control characters"
    case .accepted(let id, let claim): "form \(id) was accepted, and is claim \(claim)"
    case .discarded(let id): "form \(id) was discarded; scan the paper anew if it is a claim after all"
    case .changed(let id): "somebody else has changed form \(id) in the meantime; look at it again"
    case .inDoubt(let id, let fields):
      "form \(id) is in doubt: correct or confirm \(fields.prefix(10).joined(separator: ", "))"
        + (fields.count > 10 ? " and \(fields.count - 10) more" : "")
    case .noClaim(let id, let reason): "form \(id) makes no claim: \(reason)"
    case .ownCorrection(let id):
      "the charge of form \(id) is above what one examiner decides alone: you have corrected it, so another accepts it"
    }
  }
}
