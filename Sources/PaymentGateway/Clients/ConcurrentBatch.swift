extension Array where Element: Sendable {
  /// Does the same with every element, at most `limit` at a time. The answers come in any order.
  func concurrently<Answer: Sendable>(
    _ limit: Int, _ work: @escaping @Sendable (Element) async -> Answer
  ) async -> [Answer] {
    await withTaskGroup(of: Answer.self) { group in
      var waiting = self[...]
      var answers: [Answer] = []
      for element in waiting.prefix(limit) { group.addTask { await work(element) } }
      waiting = waiting.dropFirst(limit)
      for await answer in group {
        answers.append(answer)
        if let next = waiting.popFirst() { group.addTask { await work(next) } }
      }
      return answers
    }
  }
}
