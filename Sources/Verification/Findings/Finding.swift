import ClaimOperations
import ClaimPipeline
package import DurableExecution

/// A violation of one invariant. It names IDs and keys, never a member.
package struct Finding: Hashable, Sendable, Codable {
  package let invariant: Invariant
  /// The row or claim concerned: `claim CLM-…`, `key idemp:pay:…`.
  package let subject: String
  /// What is wrong and what it means, in one line.
  package let meaning: String

  package init(_ invariant: Invariant, _ subject: String, _ meaning: String) {
    self.invariant = invariant
    self.subject = subject
    self.meaning = meaning
  }
}

extension Finding: Comparable, CustomStringConvertible {
  package static func < (left: Self, right: Self) -> Bool {
    (left.invariant.rawValue, left.subject, left.meaning) < (right.invariant.rawValue, right.subject, right.meaning)
  }

  package var description: String { "\(invariant.rawValue): \(subject): \(meaning)" }
}

extension KeyText {
  /// The key in a form that may be shown. A key that contains member data is shown only as a digest.
  var shown: String {
    let isPublic = [
      IntakeKey.effect, AdjudicationKey.effect, PaymentKey.effect, VoidKey.effect, AuditKey.effect,
      RemittanceKey.effect, ReturnKey.effect,
    ].contains(effect)
    return isPublic ? "key \(text)" : "key with digest \(digest.prefix(16))"
  }
}

extension ShapeComparison {
  package var findings: [Finding] {
    differences.map { part, difference in
      switch difference {
      case .changed: Finding(.tablesAsMade, part, "it is not as this program makes it")
      case .missing: Finding(.tablesAsMade, part, "it is missing")
      case .foreign: Finding(.tablesAsMade, part, "it is none of this program's")
      }
    }
  }
}
