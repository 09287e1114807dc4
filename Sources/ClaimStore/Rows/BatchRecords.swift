package import ClaimsDomain
package import DurableExecution

/// Batches: claims that were submitted together, to be worked on later. What became of each claim is not kept here; it is
/// read from the queue and from the claims.
package protocol BatchRecords {
  /// Creates a batch if it is new. Until the transaction ends, no other transaction adds to the batch.
  func open(_ batch: SubmittedBatch) throws

  /// Adds claims by their intake keys to a batch. A claim that the batch has already is left as it is.
  func add(_ keys: [KeyText], to batch: BatchID) throws

  /// Records how many claims of the submission have no key, since they could not be read or queued, and whether all of the
  /// submission has been taken in. A submission that is repeated never makes a whole batch incomplete again.
  func note(_ batch: BatchID, unreadable: Int, isWhole: Bool) throws

  /// The newest batches first.
  ///
  /// - Parameters:
  ///   - sender: whose batches; nil for everybody's.
  ///   - batch: the last batch of the page before; nil for the first page.
  func batches(of sender: String?, after batch: BatchRow?, limit: Int) throws -> [BatchRow]

  func batch(_ id: BatchID) throws -> BatchRow?

  /// The number of claims that are waiting or being worked on, by batch. A batch without such claims is left out.
  func openClaims(of batches: [BatchID]) throws -> [BatchID: Int]

  /// Counts what became of a batch's claims. It reads every claim of the batch.
  func progress(of batch: BatchRow) throws -> BatchProgress
}

/// What makes a submission the batch that it is.
package struct SubmittedBatch: Hashable, Sendable {
  /// The ID made from the content and the sender: the same submission again is the same batch.
  package let id: BatchID
  package let sender: String

  /// - Parameter contentDigest: SHA-256 of the submitted bytes.
  package init(from sender: String, contentDigest: String) {
    self.sender = sender
    id = BatchID("BAT-\(KeyText(effect: "batch", segments: [sender, contentDigest]).digest.prefix(20))")
  }
}

/// A batch as it was submitted.
package struct BatchRow: Hashable, Sendable {
  package let id: BatchID
  package let sender: String
  package let submittedAt: Timestamp
  /// The number of claims that have an intake key.
  package let keyed: Int
  /// The number of claims that could not be read or queued.
  package let unreadable: Int
  /// Whether the whole submission has been taken in. If not, sending it again continues it.
  package let isWhole: Bool

  /// The number of claims of the submission, as far as it has been taken in.
  package var claims: Int { keyed + unreadable }
}

/// The number of a batch's claims by what became of them. Each claim is counted once.
package struct BatchProgress: Hashable, Sendable {
  package private(set) var counts: [BatchStanding: Int]
  let isWhole: Bool

  package init(_ counts: [BatchStanding: Int], isWhole: Bool) {
    self.counts = counts
    self.isWhole = isWhole
  }

  package subscript(standing: BatchStanding) -> Int { counts[standing] ?? 0 }

  /// Whether there is nothing left for a worker to do. A suspended claim, or one that was set aside, waits for a person.
  package var isDone: Bool { isWhole && self[.waiting] == 0 && self[.inWork] == 0 }

  /// The counts in the order of `BatchStanding`, and whether the batch is whole: what is equal has the same text.
  package var text: String {
    BatchStanding.allCases.map { "\(self[$0])" }.joined(separator: "-") + (isWhole ? "" : "-more")
  }
}

/// What became of a claim of a batch.
package enum BatchStanding: String, CaseIterable, Sendable {
  case waiting
  /// A worker has the claim, or has left it unfinished for another one.
  case inWork = "in_work"
  case paid
  case denied
  /// The claim waits for a person.
  case suspended
  /// Another claim has taken its place.
  case replaced
  /// The claim was sent back: it could not be read, or intake refused it.
  case rejected
  /// The claim was set aside, because no worker could finish it.
  case deadLetter = "dead_letter"
}
