package import BankProtocol
import ClaimsDomain
import Crypto
package import DurableExecution
import Foundation

/// What the bank needs to know to move the money of a prepared payment.
package struct CommitRequest: Hashable, Sendable {
  /// The key the payment was prepared under.
  package var idempotencyKey: String
  package var trackingID: TrackingID
  package var epoch: Epoch

  package init(idempotencyKey: String, trackingID: TrackingID, epoch: Epoch) {
    self.idempotencyKey = idempotencyKey
    self.trackingID = trackingID
    self.epoch = epoch
  }

  package init(_ order: PaymentOrder) {
    self.init(idempotencyKey: order.idempotencyKey, trackingID: order.trackingID, epoch: order.epoch)
  }
}

/// A question about one payment.
package struct StandingRequest: Hashable, Sendable {
  package var trackingID: TrackingID
  /// The owner that asks, and fences the owners before it. Without one the question changes nothing.
  package var owner: Owner?

  /// An owner proves with the payment's idempotency key that the payment is its own. Anybody may know a tracking id.
  package struct Owner: Hashable, Sendable {
    package var idempotencyKey: String
    package var epoch: Epoch

    package init(idempotencyKey: String, epoch: Epoch) {
      self.idempotencyKey = idempotencyKey
      self.epoch = epoch
    }
  }

  package init(trackingID: TrackingID, owner: Owner?) {
    self.trackingID = trackingID
    self.owner = owner
  }

  package init(_ order: PaymentOrder) {
    let owner = Owner(idempotencyKey: order.idempotencyKey, epoch: order.epoch)
    self.init(trackingID: order.trackingID, owner: owner)
  }
}

/// The SHA-256 of what a request is about: it tells a repeat of an idempotency key from another request under it.
enum RequestFingerprint {
  /// Who is paid, how much and for what. The tracking id is left out: it names the attempt, so a repeat under another
  /// tracking id is the same payment and gets the first answer.
  static func of(_ order: PaymentOrder) -> Data {
    digest([
      order.payer.text, order.payee.reference, order.payee.name, String(order.amount.cents), order.reference,
      order.origin, order.corrects?.text ?? "",
    ])
  }

  /// Commit and void are about one payment. The reason of a void is a remark, not payload.
  static func of(_ trackingID: TrackingID) -> Data {
    digest([trackingID.text])
  }

  /// Each part goes in with its length before it, so that no two lists of parts give the same bytes.
  private static func digest(_ parts: [String]) -> Data {
    var sha = SHA256()
    for part in parts {
      let bytes = Data(part.utf8)
      withUnsafeBytes(of: UInt64(bytes.count).bigEndian) { sha.update(bufferPointer: $0) }
      sha.update(data: bytes)
    }
    return Data(sha.finalize())
  }
}

/// What makes a request impossible to act on, whoever sends it. It is found before anything is read or written.
enum RequestDefect: Hashable, CustomStringConvertible {
  case empty(String)
  case tooLong(String)
  case control(String)
  case amountNotPositive
  case epochOutOfRange

  /// A work that changes hands every second gets there in 68 years. One request with a larger epoch would shut out every
  /// owner to come, for good.
  static let epochs = Epoch.first...Epoch(1 << 31 - 1)

  var description: String {
    switch self {
    case .empty(let field): "\(field) must not be empty"
    case .tooLong(let field): "\(field) must not be longer than \(BankLimits.text) bytes"
    case .amountNotPositive: "amount must be more than 0.00"
    case .control(let field): "\(field) must not hold control characters"
    case .epochOutOfRange: "the epoch must be from \(Self.epochs.lowerBound) to \(Self.epochs.upperBound)"
    }
  }

  static func of(_ order: PaymentOrder) -> RequestDefect? {
    key(order.idempotencyKey) ?? id(order.trackingID, order.epoch)
      ?? text("payer", order.payer.text)
      ?? text("corrects", order.corrects?.text ?? "", mayBeEmpty: true)
      ?? text("payee.reference", order.payee.reference)
      ?? text("payee.name", order.payee.name, mayBeEmpty: true)
      ?? text("reference", order.reference)
      ?? text("origin", order.origin)
      ?? (order.amount > .zero ? nil : .amountNotPositive)
  }

  static func of(_ request: CommitRequest) -> RequestDefect? {
    key(request.idempotencyKey) ?? id(request.trackingID, request.epoch)
  }

  static func of(_ request: StandingRequest) -> RequestDefect? {
    guard let owner = request.owner else { return id(request.trackingID) }
    return key(owner.idempotencyKey) ?? id(request.trackingID, owner.epoch)
  }

  static func of(_ order: VoidOrder) -> RequestDefect? {
    key(order.idempotencyKey) ?? id(order.trackingID, order.epoch) ?? text("reason", order.reason, mayBeEmpty: true)
  }

  private static func key(_ key: String) -> RequestDefect? { text("Idempotency-Key", key) }

  private static func id(_ trackingID: TrackingID, _ epoch: Epoch = .first) -> RequestDefect? {
    guard epochs.contains(epoch) else { return .epochOutOfRange }
    return text("tracking_id", trackingID.text)
  }

  private static func text(_ field: String, _ text: String, mayBeEmpty: Bool = false) -> RequestDefect? {
    if text.isEmpty { return mayBeEmpty ? nil : .empty(field) }
    guard text.utf8.count <= BankLimits.text else { return .tooLong(field) }
    // SQLite binds a text up to its first NUL: "1" and "1\0x" would be the same payee.
    return text.unicodeScalars.contains { $0.properties.generalCategory == .control } ? .control(field) : nil
  }
}
