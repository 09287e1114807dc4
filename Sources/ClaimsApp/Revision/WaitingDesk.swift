import ClaimPipeline
package import ClaimStore
package import ClaimsDomain
import DurableExecution
import StrictText

/// What people write down about a claim that waits, and who looks after it. Nothing is decided by it.
package struct WaitingDesk: Sendable {
  private let store: ClaimStore
  private let person: String

  /// - Throws: `DeskDefect` for a person whose name says nothing.
  package init(_ store: ClaimStore, by person: String) throws(DeskDefect) {
    self.store = store
    self.person = try DeskDefect.checked(person, "the person")
  }

  /// Writes a note on a claim.
  ///
  /// - Returns: the claim.
  /// - Throws: `DeskDefect`, `RevisionRefusal` for a claim that does not wait, `StoreFailure`.
  package func note(_ name: String, _ text: String) async throws -> ClaimIntakeID {
    let text = try DeskDefect.checked(text, "the note")
    let note = try SignOff(by: person, reason: text)
    return try await store.transaction { transaction in
      let row = try Self.waiting(name, in: transaction)
      try transaction.add(note, to: row.id)
      return row.id
    }
  }

  /// Gives a claim to somebody, or to nobody.
  ///
  /// - Returns: the claim.
  /// - Throws: `DeskDefect`, `RevisionRefusal` for a claim that does not wait, `StoreFailure`.
  package func assign(_ name: String, to assignee: String?) async throws -> ClaimIntakeID {
    let assignee = try assignee.map { name throws(DeskDefect) in try DeskDefect.checked(name, "the assignee").composed }
    return try await store.transaction { [person] transaction in
      let row = try Self.waiting(name, in: transaction)
      try transaction.assign(row.id, to: assignee, by: person)
      return row.id
    }
  }

  private static func waiting(_ name: String, in transaction: ClaimTransaction) throws -> ClaimRow {
    let named = try transaction.claims(named: name)
    let waiting = named.filter { $0.status == .suspended }
    guard let row = waiting.first else {
      throw named.first.map { RevisionRefusal.notSuspended($0.id) } ?? .unknown(name)
    }
    guard waiting.count == 1 else { throw RevisionRefusal.ambiguous(name, waiting.map(\.id)) }
    return row
  }
}

/// A text that cannot go on record.
package struct DeskDefect: Error, Hashable, CustomStringConvertible {
  package let description: String

  /// - Parameter part: what the text is, for the message.
  fileprivate static func checked(_ text: String, _ part: String) throws(DeskDefect) -> String {
    do {
      return try SignOff(by: text, reason: text).reason
    } catch {
      switch error.fault {
      case .saysNothing: throw DeskDefect(description: "\(part) must say something: it stays on record")
      case .controls: throw DeskDefect(description: "\(part) must hold no line break and no other control character")
      case .tooLong: throw DeskDefect(description: "\(part) must be \(SignOff.limit) characters or fewer")
      }
    }
  }
}
