import ClaimPipeline
package import ClaimStore
package import ClaimsDomain
import DurableExecution

/// What a person does to many claims at once. To each of them it is an act of its own.
package enum BulkAct: Sendable {
  /// Release suspended claims.
  case release
  /// Deny suspended claims.
  case deny(ChosenDenial)
  /// Decide claims again.
  case adjust(ClaimRevision.Cause, waiving: [Waiver])
  /// Release the payment keys of claims whose payment was refused or whose payee was on hold.
  case releaseKeys
  /// Release claims that workers have set aside.
  case releaseDeadLetters

  /// The act in words, with all that it was given. It is on record, and part of the digest.
  package var text: String {
    switch self {
    case .release: "release"
    case .deny(let denial):
      "deny \(denial.group.rawValue)-\(denial.reason)" + (denial.remark.map { " \($0)" } ?? "")
    case .adjust(let cause, let waivers):
      (["adjust \(cause.rawValue)"] + waivers.map(\.rawValue).sorted()).joined(separator: " ")
    case .releaseKeys: "release keys"
    case .releaseDeadLetters: "release claims set aside"
    }
  }
}

/// What an act on many claims would be on, and the money it concerns, by what is on record. Making it changes nothing.
package struct BulkPlan: Sendable {
  package let act: String
  /// Our numbers of the claims, or keys.
  package let subjects: [String]
  /// What the claims were charged; nil for claims that are not taken in.
  package private(set) var charge: Money? = .zero
  /// What was decided for the claims and waits to be paid.
  package private(set) var waitingToBePaid = Money.zero
  /// What the plan has paid for the claims so far.
  package private(set) var paid = Money.zero
  /// SHA-256, hex, of the act and the state of all that it is on.
  package let content: String
  /// Confirms the act: it changes with what the act would be on, and each time that the same act was done.
  package let digest: String

  /// The number of characters of a digest.
  package static let digestLength = 16

  /// - Throws: `MoneyError.overflow`, `StoreFailure`.
  init(_ act: BulkAct, on claims: [ClaimRow], in transaction: ClaimTransaction) throws {
    self.act = act.text
    let claims = claims.sorted { $0.id < $1.id }
    if case .releaseKeys = act {
      subjects = claims.compactMap(\.keys.payment?.text)
    } else {
      subjects = claims.map(\.id.text)
    }
    var charged = Money.zero
    for row in claims {
      charged = try charged + row.charge
      if row.status == .suspended { waitingToBePaid = try waitingToBePaid + (row.amounts?.planPaid ?? .zero) }
      if row.status == .paid { paid = try paid + (row.amounts?.planPaid ?? .zero) }
    }
    let states = claims.map { "\($0.id) \($0.version) \($0.status.rawValue) \($0.amounts?.planPaid.cents ?? 0)" }
    content = Self.content(self.act, states)
    digest = try Self.digest(of: content, in: transaction)
    charge = charged
  }

  /// - Throws: `StoreFailure`.
  init(_ act: BulkAct, on letters: [DeadLetter], in transaction: ClaimTransaction) throws {
    self.act = act.text
    subjects = letters.map(\.key.text).sorted()
    content = Self.content(
      self.act, letters.map { "\($0.key.text) \($0.attempts) \($0.reason) \($0.submittedAt.microseconds)" }.sorted())
    digest = try Self.digest(of: content, in: transaction)
    charge = nil
  }

  private static func content(_ act: String, _ states: [String]) -> String {
    ContentDigest.sha256(([act] + states).joined(separator: "\n").utf8)
  }

  private static func digest(of content: String, in transaction: ClaimTransaction) throws -> String {
    let times = try transaction.finishedBulkActs(of: content)
    return String(ContentDigest.sha256("\(content) \(times)".utf8).prefix(digestLength))
  }
}

/// Why an act on many claims is not done. Nothing was changed, except where it was lost.
package enum BulkRefusal: Error, Hashable, CustomStringConvertible {
  /// What the filter finds is not what was shown.
  case changed
  /// The digest is that of another act.
  case otherAct(String)
  /// Another person has confirmed the act, and it is not finished.
  case otherPerson(String)
  /// The filter finds more than one act may be on.
  case tooMany(limit: Int)
  /// The filter asks for claims of a status that the act is never on.
  case otherStatus(ClaimStatus)
  /// Another process is performing the act.
  case busy
  /// Another process may have taken the act over while this one was performing it.
  case lost

  package var description: String {
    switch self {
    case .changed:
      "what was found has changed since it was shown, or the digest is not of this; look again without it; nothing was done"
    case .otherAct(let act): "the digest confirms another act: \(act); nothing was done"
    case .otherPerson(let person):
      "\(person) has begun this act and is the one to finish it; to act on what is left, look again without the digest, "
        + "with a narrower filter if it is the same digest; nothing was done"
    case .tooMany(let limit): "more than \(limit) claims match: narrow the filter; nothing was done"
    case .otherStatus(let status): "no claim that is \(status.rawValue) can be acted on like this; nothing was done"
    case .busy: "another process is at this act; try again in a minute, it goes on where that one stops"
    case .lost:
      "another process may have taken over this act; what was done is on record, and the same again does what is left"
    }
  }
}
