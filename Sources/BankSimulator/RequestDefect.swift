import BankProtocol
import ClaimsDomain
import DurableExecution

/// A defect that makes a request impossible to carry out for any sender. It is detected before anything is read or
/// written.
enum RequestDefect: Hashable, CustomStringConvertible {
  case empty(String)
  case tooLong(String)
  case control(String)
  case amountNotPositive
  case epochOutOfRange

  /// The valid epochs. Work that changes owners every second reaches the upper bound in 68 years. A single request with
  /// a larger epoch would permanently lock out all later owners.
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
