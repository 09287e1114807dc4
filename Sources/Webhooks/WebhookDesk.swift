package import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// What an operator does about receivers and deliveries, the same over HTTP and on the command line. Each act is on record
/// with who and why.
package struct WebhookDesk: Sendable {
  private let store: ClaimStore

  static let secretLimit = 5
  static let longestOverlap = 24 * 30
  /// How long the older secrets also sign, unless something else is said.
  package static let usualOverlap = 24

  package static var knownTypes: String { WebhookEventType.allCases.map(\.rawValue).joined(separator: ", ") }

  package init(_ store: ClaimStore) {
    self.store = store
  }

  /// - Parameter types: the types of events to send; empty for all.
  /// - Returns: the receiver and its secret, which cannot be read again.
  /// - Throws: `WebhookRefusal`; `StoreFailure`.
  package func add(
    _ url: String, types: [String], by signOff: SignOff
  ) async throws -> (receiver: WebhookReceiver, secret: WebhookSecret) {
    let (url, types, secret) = (try WebhookURL(url), try Self.types(named: types), WebhookSecret())
    let receiver = try await store.transaction { transaction -> WebhookReceiver? in
      // A receiver may be on record since before a URL was brought into one form.
      guard try !transaction.receivers().contains(where: { (try? WebhookURL($0.url)) == url }) else { return nil }
      let receiver = WebhookReceiver(url: url.text, types: types, addedAt: try transaction.now)
      return try transaction.add(receiver, secret: secret.bytes, by: signOff) ? receiver : nil
    }
    guard let receiver else { throw WebhookRefusal.alreadyThere }
    return (receiver, secret)
  }

  /// - Throws: `WebhookRefusal`; `StoreFailure`.
  package func remove(_ id: WebhookReceiverID, by signOff: SignOff) async throws {
    guard try await store.transaction({ try $0.remove(id, by: signOff) }) else { throw WebhookRefusal.noReceiver }
  }

  /// Makes a new secret. Messages are signed with the older ones too until they end.
  ///
  /// - Parameter hours: how long the older secrets also sign. With 0 they end at once, as they must if one is known to
  ///   others.
  /// - Throws: `WebhookRefusal`; `StoreFailure`.
  package func rotate(
    _ id: WebhookReceiverID, overlap hours: Int, by signOff: SignOff
  ) async throws -> WebhookSecret {
    guard (0...Self.longestOverlap).contains(hours) else { throw WebhookRefusal.overlap }
    let secret = WebhookSecret()
    try await store.transaction { transaction in
      let end = try transaction.now.adding(.seconds(hours * 3_600))
      guard let count = try transaction.rotate(id, to: secret.bytes, olderUntil: end, by: signOff) else {
        throw WebhookRefusal.noReceiver
      }
      guard count <= Self.secretLimit else { throw WebhookRefusal.tooManySecrets }
    }
    return secret
  }

  /// - Throws: `WebhookRefusal`; `StoreFailure`.
  package func resend(_ number: Int64, by signOff: SignOff) async throws {
    do {
      guard try await store.transaction({ try $0.resend(number, by: signOff) }) else { throw WebhookRefusal.stillOpen }
    } catch is UnknownDelivery {
      throw WebhookRefusal.noDelivery
    }
  }

  private static func types(named names: [String]) throws(WebhookRefusal) -> Set<WebhookEventType> {
    var types: Set<WebhookEventType> = []
    for name in names {
      guard let type = WebhookEventType(rawValue: name) else { throw .types }
      types.insert(type)
    }
    return types
  }
}
