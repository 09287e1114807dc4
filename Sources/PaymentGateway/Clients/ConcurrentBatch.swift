extension Array where Element: Sendable {
  /// Does the same with every element, at most `limit` at a time, and keeps the order.
  func concurrently<Answer: Sendable>(
    _ limit: Int, _ work: @escaping @Sendable (Element) async -> Answer
  ) async -> [Answer] {
    await withTaskGroup(of: (Int, Answer).self) { group in
      var answers = [Answer?](repeating: nil, count: count)
      var started = 0
      func startNext() {
        guard started < count else { return }
        let (position, element) = (started, self[started])
        started += 1
        group.addTask { (position, await work(element)) }
      }
      for _ in 0..<Swift.min(limit, count) { startNext() }
      for await (position, answer) in group {
        answers[position] = answer
        startNext()
      }
      return answers.compactMap { $0 }
    }
  }
}
