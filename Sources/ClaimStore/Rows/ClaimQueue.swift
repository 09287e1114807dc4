package import ClaimsDomain
package import DurableExecution

/// Claims that wait for a worker. A claim is leased, processed, and removed once it is finished; a worker whose lease
/// has ended changes nothing.
///
/// Within a priority, payers take turns: a claim's turn is one after its payer's last, but never before the turn being
/// served. A payer with a million claims in the queue lets another payer's ten claims go through in between.
package protocol ClaimQueue {
  /// Queues claims in order, as long as fewer claims than the limit are waiting or leased. Claims already in the queue,
  /// by their intake key, are left unchanged, take no turn, and need no room.
  ///
  /// The queue is not counted on every call; the store keeps an upper bound of its size. So the queue never holds more
  /// than the limit, but may hold a few less when it reports that it is full: those that workers have removed since the
  /// last count, made less than 10 µs per claim ago.
  func submit(_ claims: [QueuedClaim], limit: Int) throws -> QueueSubmission

  /// Leases the next claims. Expired leases are given out again under a new epoch. A claim whose worker died is leased
  /// alone: which claim of a batch caused the failure is unknown, and a claim that kills its worker must not affect
  /// others.
  func lease(upTo limit: Int, by owner: WorkerID, until: Timestamp) throws -> [LeasedClaim]

  /// Extends leases. Returns the keys whose leases are still ours.
  func renew(_ leases: [QueueLease], until: Timestamp) throws -> Set<KeyText>

  /// Removes finished claims. Returns the keys whose leases were still ours.
  func finish(_ leases: [QueueLease]) throws -> Set<KeyText>

  /// Returns claims to the queue, to be leased again after a given time. The claims are not at fault, so the attempt
  /// does not count.
  func postpone(_ leases: [(lease: QueueLease, until: Timestamp)]) throws

  /// Sets aside claims that no worker can finish, for a person to review.
  func setAside(_ leases: [(lease: QueueLease, reason: String)]) throws

  func queueCounts() throws -> QueueCounts

  /// A page of the claims that were set aside, oldest first.
  func deadLetters(after place: ListPlace?, limit: Int) throws -> [DeadLetter]

  /// Allows a claim that was set aside to be tried again, and records who did so and why.
  ///
  /// - Returns: false when there is no such claim.
  func revive(_ key: KeyText, by signOff: SignOff) throws -> Bool
}

/// A claim to be queued.
package struct QueuedClaim: Hashable, Sendable {
  /// The claim's intake key: the same claim is queued once.
  package var key: KeyText
  package var payerID: PayerID
  /// Claims with a higher priority go first, whatever their payer.
  package var priority: Int
  package var receivedOn: CalendarDate
  /// The claim in canonical JSON.
  package var body: [UInt8]
  /// The file that the claim came from; `place` is its position in the file.
  package var source: String
  package var place: String
  /// Where the submission was in its sender's trace, as the header `traceparent` has it; nil outside any trace.
  package var traceparent: String?

  package init(
    key: KeyText, payerID: PayerID, priority: Int, receivedOn: CalendarDate, body: [UInt8], source: String,
    place: String, traceparent: String? = nil
  ) {
    self.key = key
    self.payerID = payerID
    self.priority = priority
    self.receivedOn = receivedOn
    self.body = body
    self.source = source
    self.place = place
    self.traceparent = traceparent
  }
}

/// Proof that a queued claim is ours to process.
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
  /// The trace in which the claim was submitted; nil outside any trace.
  package var traceparent: String?
  /// How many times a worker has leased the claim, including this time. More than once means that a worker died while
  /// processing it.
  package var attempts: Int

  package init(
    lease: QueueLease, receivedOn: CalendarDate, body: [UInt8], source: String, place: String, traceparent: String?,
    attempts: Int
  ) {
    self.lease = lease
    self.receivedOn = receivedOn
    self.body = body
    self.source = source
    self.place = place
    self.traceparent = traceparent
    self.attempts = attempts
  }
}

package struct QueueCounts: Hashable, Sendable {
  package var waiting = 0
  package var leased = 0
  /// The number of claims that were set aside.
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

/// The result of submitting claims. Once a claim finds no room, none after it is queued either, so that the caller can
/// continue from there.
package struct QueueSubmission: Hashable, Sendable {
  /// The number of claims that are new in the queue.
  package var queued: Int
  /// The number of claims that were already waiting, leased, or set aside.
  package var alreadyThere: Int
  /// The number of claims at the end of the submission that were not queued for lack of room.
  package var withoutRoom: Int

  package init(queued: Int = 0, alreadyThere: Int = 0, withoutRoom: Int = 0) {
    self.queued = queued
    self.alreadyThere = alreadyThere
    self.withoutRoom = withoutRoom
  }
}
