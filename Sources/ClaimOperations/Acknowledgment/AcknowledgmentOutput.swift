/// One of the answers to a claim file. The raw value ends the name of its file.
package enum AcknowledgmentAnswer: String, CaseIterable, Sendable {
  /// About each claim: 277CA.
  case claims = "277ca"
  /// About the file: 999.
  case file = "999"
  /// About an interchange that cannot be read: TA1.
  case envelope = "ta1"
}

/// Takes the answers to a claim file, part by part.
package protocol AcknowledgmentOutput {
  /// Takes the next part of an answer; it may be empty.
  mutating func write(_ bytes: [UInt8], to answer: AcknowledgmentAnswer) throws

  /// Completes an answer. One of which nothing was written is none.
  mutating func finish(_ answer: AcknowledgmentAnswer) throws
}

/// The answers to a claim file as texts. An answer that was not completed is not among them.
package struct AcknowledgmentTexts: AcknowledgmentOutput {
  private var written: [AcknowledgmentAnswer: [UInt8]] = [:]
  package private(set) var answers: [AcknowledgmentAnswer: [UInt8]] = [:]

  package init() {}

  package mutating func write(_ bytes: [UInt8], to answer: AcknowledgmentAnswer) {
    if !bytes.isEmpty { written[answer, default: []] += bytes }
  }

  package mutating func finish(_ answer: AcknowledgmentAnswer) { answers[answer] = written[answer] }
}

/// The counts of what was answered about one input file.
package struct AcknowledgedInput: Hashable, Sendable {
  /// Claims that the 277CA reports as accepted.
  package var accepted = 0
  /// Claims that the 277CA reports as rejected.
  package var rejected = 0
  /// Claims that the 999 reports as unreadable.
  package var unreadable = 0
  /// Claims that have not reached intake yet.
  package var waiting = 0
  /// Claims without a number of the provider or a date of service that a 277CA can carry.
  package var unanswered = 0
}
