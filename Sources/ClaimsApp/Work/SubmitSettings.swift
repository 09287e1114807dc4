package import ClaimsDomain

/// How claims are queued.
package struct SubmitSettings: Sendable {
  package var priority: Int
  /// The day of receipt; nil for today by the database's clock (UTC).
  package var receivedOn: CalendarDate?
  /// As many claims the queue may hold, whoever submitted them; those that were set aside do not count.
  package var queueLimit: Int
  /// Whether to wait for room, or to stop at the first claim that finds none.
  package var waitsForRoom: Bool

  package init(
    priority: Int = 0, receivedOn: CalendarDate? = nil, queueLimit: Int = 1_000_000, waitsForRoom: Bool = true
  ) {
    self.priority = priority
    self.receivedOn = receivedOn
    self.queueLimit = queueLimit
    self.waitsForRoom = waitsForRoom
  }
}
