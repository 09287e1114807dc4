/// Acts on many claims that a person has confirmed: what each is on, and what became of it.
package protocol BulkRecords {
  /// The act that was confirmed by this digest; nil if none was.
  func bulkAct(_ digest: String) throws -> BulkActRow?

  /// How many acts with this content have been finished.
  func finishedBulkActs(of content: String) throws -> Int

  /// Puts an act on record, with all that it is on, in order.
  func begin(_ act: BulkActRow, on subjects: [String]) throws

  /// A page of what the act is on and that has no outcome yet, in order.
  func openSubjects(of digest: String, limit: Int) throws -> [BulkSubject]

  /// Records what became of one subject. The first outcome stays.
  func conclude(_ subject: BulkSubject, of digest: String, as outcome: BulkOutcome, _ detail: String?) throws

  /// Marks an act as finished.
  func finishBulkAct(_ digest: String) throws

  /// How many subjects of an act have each outcome.
  func outcomes(of digest: String) throws -> [BulkOutcome: Int]
}

/// An act on many claims, as a person confirmed it.
package struct BulkActRow: Hashable, Sendable {
  /// The first 16 digits of a SHA-256: what the person was shown, and which time it is.
  package var digest: String
  /// SHA-256, hex, of the act and all that it is on.
  package var content: String
  /// The act in words, with all that it was given.
  package var act: String
  package var person: String
  package var reason: String
  package var isFinished: Bool

  package init(digest: String, content: String, act: String, person: String, reason: String, isFinished: Bool = false) {
    (self.digest, self.content, self.act) = (digest, content, act)
    (self.person, self.reason, self.isFinished) = (person, reason, isFinished)
  }
}

/// A claim, or a key, that an act on many is on.
package struct BulkSubject: Hashable, Sendable {
  /// Its place in the act, starting at 1.
  package var number: Int
  package var text: String

  package init(number: Int, text: String) {
    (self.number, self.text) = (number, text)
  }
}

/// What became of one claim in an act on many.
package enum BulkOutcome: String, Sendable, CaseIterable {
  case done
  /// There was nothing to do.
  case unchanged
  case refused
  /// The act is on record, and the claim is finished later: the bank, or another worker, has yet to answer.
  case unfinished
}
