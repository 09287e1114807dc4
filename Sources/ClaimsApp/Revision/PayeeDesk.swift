package import ClaimFormats
package import ClaimStore
import ClaimsDomain
package import DurableExecution
import Foundation
import StrictText

/// The acts of a person on a payee: nothing is paid to it until the hold is lifted.
package struct PayeeDesk: Sendable {
  private let store: ClaimStore
  private let payee: String

  /// - Parameter name: the payee as payments name it: its NPI, or where it has none its tax ID, or its name.
  /// - Throws: `UnusablePayee`.
  package init(_ store: ClaimStore, payee name: String) throws(UnusablePayee) {
    let name = name.trimmingCharacters(in: .whitespaces)
    guard name.utf8.count <= Self.limit, !name.holdsControl, name.contains(where: { !$0.isWhitespace }) else {
      throw UnusablePayee()
    }
    self.store = store
    payee = name.composed
  }

  /// The maximum number of bytes of a payee's name.
  private static let limit = 200

  /// Puts the payee on hold. Once this returns, no payment to it begins.
  ///
  /// - Throws: `StoreFailure`.
  package func hold(by signOff: SignOff) async throws -> BegunHold {
    try await store.transaction { [payee] transaction in
      let (hold, isNew) = try transaction.hold(payee, by: signOff)
      let isKnown = try transaction.count(matching: ClaimFilter(provider: ProviderReference(payee)), upTo: 1) > 0
      return BegunHold(hold: hold, isNew: isNew, isKnown: isKnown)
    }
  }

  /// Lifts the hold on the payee. Its claims go on waiting, each until it is released.
  ///
  /// - Returns: the hold that was lifted.
  /// - Throws: `NotOnHold`, `StoreFailure`.
  package func lift(by signOff: SignOff) async throws -> PayeeHold {
    try await store.transaction { [payee] transaction in
      guard let hold = try transaction.liftHold(on: payee, by: signOff) else { throw NotOnHold() }
      return hold
    }
  }
}

/// The result of putting a payee on hold.
package struct BegunHold: Sendable {
  package let hold: PayeeHold
  /// Whether the payee was not on hold before.
  package let isNew: Bool
  /// Whether any claim of the payee is on record.
  package let isKnown: Bool
}

/// A text names no payee.
package struct UnusablePayee: Error, CustomStringConvertible {
  package var description: String {
    "a payee is named by its NPI, or where it has none by its tax ID or its name, as `claims show` prints it"
  }
}

/// The payee is not on hold, so there is nothing to lift.
package struct NotOnHold: Error, CustomStringConvertible {
  package var description: String { "the payee is not on hold; nothing was done: see `claims hold --list`" }
}

extension PayeeHold {
  package func write(to json: inout OrderedJSON) {
    json.object { json in
      json.member("payee", payee)
      json.member("since", since.iso8601)
      json.member("by", person)
      json.member("reason", reason)
      json.member("payments_under_way", underWay)
    }
  }

  /// The hold as a line of JSON, including its line feed.
  package var jsonLine: [UInt8] { OrderedJSON.line { write(to: &$0) } }
}
