package import ClaimsDomain
package import DurableExecution

/// What people write down about a claim that waits, and who looks after it. Both are append-only.
package protocol DeskRecords {
  /// - Parameter note: the person, and the text as the reason.
  func add(_ note: SignOff, to claim: ClaimIntakeID) throws

  /// - Parameter assignee: the person who looks after the claim; nil to leave it unassigned.
  func assign(_ claim: ClaimIntakeID, to assignee: String?, by person: String) throws

  /// The notes on a claim, in the order in which they were written.
  func notes(on claim: ClaimIntakeID) throws -> [ClaimNote]

  /// The last assignment of a claim; nil if it was never assigned.
  func assignment(of claim: ClaimIntakeID) throws -> ClaimAssignment?

  /// When a claim began to wait for a person, as its audit has it; nil if it has none.
  func suspendedSince(_ claim: ClaimRow) throws -> Timestamp?
}

/// A note on a claim. Its text may be about the member: it is shown with the claim, and never logged.
package struct ClaimNote: Hashable, Sendable {
  package var person: String
  package var text: String
  package var at: Timestamp

  package init(person: String, text: String, at: Timestamp) {
    (self.person, self.text, self.at) = (person, text, at)
  }
}

/// Who was given a claim, by whom, and when.
package struct ClaimAssignment: Hashable, Sendable {
  /// Nil for nobody.
  package var assignee: String?
  package var person: String
  package var at: Timestamp

  package init(assignee: String?, person: String, at: Timestamp) {
    (self.assignee, self.person, self.at) = (assignee, person, at)
  }
}

/// Whose claims a work list shows.
package enum AssigneeFilter: Hashable, Sendable {
  case anybody
  case assigned(to: String)
  case nobody
}
