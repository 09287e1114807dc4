/// An add-on code, and with what it may be given (NCCI add-on code edits; NCCI policy manual, chapter I, section R).
package struct AddOnCodeEdit: Hashable, Sendable {
  package let code: String
  package let kind: Kind
  package let primaries: Set<String>

  package enum Kind: Int, Hashable, Sendable, CaseIterable {
    /// The list of primaries is complete.
    case listed = 1
    /// There is no list: which code is a primary, the contractor says.
    case contractorDefined = 2
    /// There is a list, and the contractor may add to it.
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
