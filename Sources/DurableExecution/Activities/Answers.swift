/// The answers to a batch, each under the id of its request.
///
/// Requests and answers are paired by id, never by position. If a list were short, out of order or held an answer
/// twice, positions would match one payee's money with another's. An id with no answer, or with more than one, counts
/// as unanswered.
package struct Answers<ID: Hashable & Sendable, Answer: Sendable>: Sendable {
  private var answers: [ID: [Answer]] = [:]

  package init() {}

  package init(_ answers: some Sequence<(ID, Answer)>) {
    for (id, answer) in answers { add(answer, for: id) }
  }

  /// Collects at most one answer for each request; a request whose answer is nil has none.
  package init<Request>(
    _ requests: some Sequence<Request>, id: (Request) -> ID, _ answer: (Request) throws -> Answer?
  ) rethrows {
    for request in requests {
      if let answer = try answer(request) { add(answer, for: id(request)) }
    }
  }

  package mutating func add(_ answer: Answer, for id: ID) { answers[id, default: []].append(answer) }

  /// The ids that have at least one answer.
  package var ids: Set<ID> { Set(answers.keys) }

  /// The only answer for an id; nil if there is none or more than one.
  package subscript(id: ID) -> Answer? {
    guard let all = answers[id], all.count == 1 else { return nil }
    return all.first
  }
}

extension Answers {
  /// Returns the same ids with each answer transformed.
  package func map<Other: Sendable>(_ change: (Answer) throws -> Other) rethrows -> Answers<ID, Other> {
    var changed = Answers<ID, Other>()
    for (id, all) in answers {
      for answer in all { changed.add(try change(answer), for: id) }
    }
    return changed
  }
}

/// The reason an activity did not do its work. Every error in the runner becomes one of these.
///
/// `code` and `message` are stored, logged and returned to callers. They carry no personal data.
package struct ActivityFailure: Error, Hashable, Sendable, Codable, CustomStringConvertible {
  /// A short, stable identifier for programs: `payee-refused`.
  package let code: String
  /// One line for people.
  package let message: String
  /// Terminal failures are stored and replayed like a success; only a person can release them.
  package let isTerminal: Bool

  private init(code: String, message: String, isTerminal: Bool) {
    self.code = code
    self.message = message
    self.isTerminal = isTerminal
  }

  /// The work was refused permanently: retrying the same request would be refused again.
  package static func terminal(_ code: String, _ message: String) -> ActivityFailure {
    ActivityFailure(code: code, message: message, isTerminal: true)
  }

  /// The work may succeed later. Nothing is stored, and the key stays with the holder of its lease.
  package static func retryable(_ code: String, _ message: String) -> ActivityFailure {
    ActivityFailure(code: code, message: message, isTerminal: false)
  }

  package var description: String { "\(message) (\(code))" }
}

/// The codes of the runner's own failures. All other codes belong to the caller.
package enum RunnerFailureCode: String, CaseIterable, Sendable {
  /// The lease ended before the other system answered, and nothing more was sent.
  case leaseEnded = "lease-ended"
  /// The other system may or may not have acted.
  case unknownOutcome = "unknown-outcome"
  /// There was not exactly one answer to a call.
  case noAnswer = "no-answer"
  /// The other system acted, but its response cannot be written as JSON.
  case responseNotStorable = "response-not-storable"
}

extension ActivityFailure {
  static let leaseEnded = retryable(
    RunnerFailureCode.leaseEnded.rawValue, "the lease ended before the other system answered")

  static let responseNotStorable = retryable(
    RunnerFailureCode.responseNotStorable.rawValue, "the response cannot be written as JSON")

  static let unknownOutcome = retryable(RunnerFailureCode.unknownOutcome.rawValue, "the outcome is unknown")
}
