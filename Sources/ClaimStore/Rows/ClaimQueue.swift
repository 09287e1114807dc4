package import ClaimsDomain
package import DurableExecution

/// Claims that wait for a worker. A row is leased, worked on and taken out when its claim is at its end; whoever holds no
/// lease any more changes nothing.
///
/// Within a priority, payers take turns: a claim's turn is one after its payer's last, but never before the turn that is
/// being served. A payer with a million claims in the queue lets another with ten go through in between.
package protocol ClaimQueue {
  /// Queues claims in their order, as long as those that wait or are worked on are fewer than the limit. Those that are in
  /// the queue already, by their intake key, are left as they are, take no turn and need no room.
  ///
  /// The queue is not counted each time, but known to hold so many at most. So it never holds more than the limit, and may
  /// hold a few less when it says that there is no room: what workers have taken since a count that was made less than
  /// 10 µs a claim ago.
  func submit(_ claims: [QueuedClaim], limit: Int) throws -> QueueSubmission

  /// Leases the claims that are next. Leases that have ended are given out again, under a new epoch. A claim a worker has
  /// died at comes alone: who of a batch it was is not known, and one that kills its worker is to take no other with it.
  func lease(upTo limit: Int, by owner: WorkerID, until: Timestamp) throws -> [LeasedClaim]

  /// Prolongs leases; gives back the keys of those that are still ours.
  func renew(_ leases: [QueueLease], until: Timestamp) throws -> Set<KeyText>

  /// Takes claims out that are at their end; gives back the keys of those that were still ours.
  func finish(_ leases: [QueueLease]) throws -> Set<KeyText>

  /// Puts claims back, to be taken up again at an instant. It was nothing they did, so the attempt does not count.
  func postpone(_ leases: [(lease: QueueLease, until: Timestamp)]) throws

  /// Sets claims aside that no worker can bring to an end, for a person to see.
  func setAside(_ leases: [(lease: QueueLease, reason: String)]) throws

  func queueCounts() throws -> QueueCounts

  /// Those that were set aside, oldest first.
  func deadLetters(limit: Int) throws -> [DeadLetter]

  /// Lets a claim that was set aside be tried again, and writes down who said so and why.
  ///
  /// - Returns: false when there is no such claim.
  func revive(_ key: KeyText, by signOff: SignOff) throws -> Bool
}

/// A claim to be queued.
package struct QueuedClaim: Hashable, Sendable {
  /// Its intake key: the same claim is queued once.
  package var key: KeyText
  package var payerID: PayerID
  /// Higher goes first, whatever the payer.
  package var priority: Int
  package var receivedOn: CalendarDate
  /// The claim in canonical JSON.
  package var body: [UInt8]
  /// The file it came in, and where in it.
  package var source: String
  package var place: String

  package init(
    key: KeyText, payerID: PayerID, priority: Int, receivedOn: CalendarDate, body: [UInt8], source: String,
    place: String
  ) {
    self.key = key
    self.payerID = payerID
    self.priority = priority
    self.receivedOn = receivedOn
    self.body = body
    self.source = source
    self.place = place
  }
}

/// What proves that a claim of the queue is ours to work on.
package struct QueueLease: Hashable, Sendable {
  package var key: KeyText
  package var epoch: Epoch

  package init(key: KeyText, epoch: Epoch) {
    self.key = key
    self.epoch = epoch
  }
}

package struct LeasedClaim: Hashable, Sendable {
  package var lease: QueueLease
  package var receivedOn: CalendarDate
  package var body: [UInt8]
  package var source: String
  package var place: String
  /// How often somebody has taken it up, this time included. More than once means that a worker died at it.
  package var attempts: Int

  package init(
    lease: QueueLease, receivedOn: CalendarDate, body: [UInt8], source: String, place: String, attempts: Int
  ) {
    self.lease = lease
    self.receivedOn = receivedOn
    self.body = body
    self.source = source
    self.place = place
    self.attempts = attempts
  }
}

package struct QueueCounts: Hashable, Sendable {
  package var waiting = 0
  package var leased = 0
  /// Set aside.
  package var dead = 0

  package init(waiting: Int = 0, leased: Int = 0, dead: Int = 0) {
    self.waiting = waiting
    self.leased = leased
    self.dead = dead
  }
}

package struct DeadLetter: Hashable, Sendable {
  package var key: KeyText
  package var payerID: PayerID
  package var reason: String
  package var attempts: Int
  package var submittedAt: Timestamp

  package init(key: KeyText, payerID: PayerID, reason: String, attempts: Int, submittedAt: Timestamp) {
    self.key = key
    self.payerID = payerID
    self.reason = reason
    self.attempts = attempts
    self.submittedAt = submittedAt
  }
}

/// What came of claims that were submitted. A queue without room for one takes none after it either, so that whoever
/// submits goes on from there.
package struct QueueSubmission: Hashable, Sendable {
  /// New in the queue.
  package var queued: Int
  /// Waiting, leased or set aside before.
  package var alreadyThere: Int
  /// At the end of those that were submitted: nothing was done with them.
  package var withoutRoom: Int

  package init(queued: Int = 0, alreadyThere: Int = 0, withoutRoom: Int = 0) {
    self.queued = queued
    self.alreadyThere = alreadyThere
    self.withoutRoom = withoutRoom
  }
}
