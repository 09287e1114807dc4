/// An add-on code and the codes with which it may be given (NCCI add-on code edits; NCCI policy manual, chapter I,
/// section R).
package struct AddOnCodeEdit: Hashable, Sendable {
  package let code: String
  package let kind: Kind
  package let primaries: Set<String>

  package enum Kind: Int, Hashable, Sendable, CaseIterable {
    /// The list of primaries is complete.
    case listed = 1
    /// There is no list: the contractor decides which codes are primary.
    case contractorDefined = 2
    /// There is a list, but the contractor may add to it.
    case partlyListed = 3
  }

  package init(code: String, kind: Kind, primaries: Set<String>) {
    self.code = code
    self.kind = kind
    self.primaries = primaries
  }
}

/// One quarter's add-on codes.
package typealias AddOnCodeEdits = [String: AddOnCodeEdit]

/// CO-107 with N122: An add-on code is not paid without one of its primary codes on the same day (NCCI policy manual,
/// chapter I, section R; Claims Processing Manual, chapter 12, section 30, type 1 to 3).
///
/// Type 1 requires a code from its list. Types 2 and 3 leave the choice to the contractor: any code that is not itself
/// an add-on is accepted.
package struct AddOnCodeRule: Sendable {
  private let editions: Editions<AddOnCodeEdits>

  package init(_ editions: Editions<AddOnCodeEdits>) {
    self.editions = editions
  }

  /// Returns denials by line number.
  ///
  /// - Parameters:
  ///   - lines: The lines that are to be paid; a denied primary supports no add-on.
  ///   - paid: What other claims were allowed for these `CareDay`s; a primary may be on any of them.
  package func denials(of lines: [EditedLine], besides paid: [EditedLine] = []) -> [Int: Denial] {
    var denials: [Int: Denial] = [:]
    for line in lines {
      guard let edits = editions[line.day], let edit = edits[line.code] else { continue }
      let hasPrimary = (lines + paid).contains { other in
        guard other.day == line.day, other.code != line.code else { return false }
        return edit.primaries.contains(other.code) || (edit.kind != .listed && edits[other.code] == nil)
      }
      guard !hasPrimary else { continue }
      denials[line.number] = Denial(
        by: .addOn, RuleInput("code", line.code),
        RuleInput("type", edit.kind.rawValue))
    }
    return denials
  }
}
