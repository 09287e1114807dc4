package import ClaimFormats
package import ClaimStore
import DurableExecution

/// A batch in JSON, the same over HTTP and on the command line. It holds nothing about members.
package struct BatchJSON: Sendable {
  private let batch: BatchRow
  private let open: Int
  private let progress: BatchProgress?

  /// A batch in a list.
  ///
  /// - Parameter open: the number of claims that are waiting or being worked on.
  package init(_ batch: BatchRow, open: Int) {
    (self.batch, self.open) = (batch, open)
    progress = nil
  }

  /// A batch by itself.
  package init(_ batch: BatchRow, _ progress: BatchProgress) {
    (self.batch, self.progress) = (batch, progress)
    open = progress[.waiting] + progress[.inWork]
  }

  package func write(to json: inout OrderedJSON) {
    json.object { json in
      json.member("id", batch.id)
      json.member("sender", batch.sender)
      json.member("submitted_at", batch.submittedAt.iso8601)
      json.member("claims", batch.claims)
      json.member("open", open)
      json.member("whole", batch.isWhole)
      if let progress { Self.write(progress, to: &json) }
    }
  }

  private static func write(_ progress: BatchProgress, to json: inout OrderedJSON) {
    json.member("done", progress.isDone)
    json.key("progress")
    json.object { json in
      for standing in BatchStanding.allCases { json.member(standing.rawValue, progress[standing]) }
    }
  }

  /// The object as a line of its own.
  package var line: [UInt8] { OrderedJSON.line { write(to: &$0) } }
}
