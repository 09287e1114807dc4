/// An effect that is rows in our own store: acquire, effect, response and event commit in one transaction, and a crash
/// leaves nothing.
package protocol LocalActivity<Transaction>: Activity {
  associatedtype Transaction: DurableTransaction

  /// Writes the rows of a batch. Decide first and write last: a call that fails leaves no row.
  ///
  /// - Returns: for each call, under its key, the response or why it was refused. Terminal refusals are stored and
  ///   replayed. A call without an answer makes the whole transaction void.
  /// - Throws: what makes the whole transaction void.
  func perform(
    _ calls: [OwnedCall<Request>], in transaction: Transaction
  ) throws -> Answers<KeyText, Result<Key.Response, ActivityFailure>>
}
