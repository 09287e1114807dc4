/// The answers to a batch, each under the id of what it answers.
///
/// Requests and answers are paired by id and never by position: a list that is short, out of order or holds an answer
/// twice would pair somebody's money with somebody else's. An id with no answer, or with more than one, has none.
package struct Answers<ID: Hashable & Sendable, Answer: Sendable>: Sendable {
  private var answers: [ID: [Answer]] = [:]

  package init() {}

  package init(_ answers: some Sequence<(ID, Answer)>) {
    for (id, answer) in answers { add(answer, for: id) }
  }

  /// One answer a request, as far as there is one.
  package init<Request>(
    _ requests: some Sequence<Request>, id: (Request) -> ID, _ answer: (Request) throws -> Answer?
  ) rethrows {
    for request in requests {
      if let answer = try answer(request) { add(answer, for: id(request)) }
    }
  }

  package mutating func add(_ answer: Answer, for id: ID) { answers[id, default: []].append(answer) }

  /// The ids that were answered, however often.
  package var ids: Set<ID> { Set(answers.keys) }

  /// The one answer there is; nil where there is none or more than one.
  package subscript(id: ID) -> Answer? {
    guard let all = answers[id], all.count == 1 else { return nil }
    return all.first
  }
}

extension Answers {
  /// The same with each answer changed.
  package func map<Other: Sendable>(_ change: (Answer) throws -> Other) rethrows -> Answers<ID, Other> {
    var changed = Answers<ID, Other>()
    for (id, all) in answers {
      for answer in all { changed.add(try change(answer), for: id) }
    }
    return changed
  }
}
