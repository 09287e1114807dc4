import ClaimPipeline
import ClaimsDomain
import DurableExecution

/// What makes a request impossible to act on, whoever sends it. It is found before anything is read or written.
enum RequestDefect: Hashable, CustomStringConvertible {
  case empty(String)
  case tooLong(String)
  case control(String)
  case amountNotPositive
  case epochOutOfRange

  /// In UTF-8 bytes, for every text of a request. Effect keys are the longest and stay far below it.
  static let textLimit = 1024
  /// A work that changes hands every second gets there in 68 years. One request with a larger epoch would shut out every
  /// owner to come, for good.
  static let epochs = Epoch.first...Epoch(1 << 31 - 1)

  var description: String {
    switch self {
    case .empty(let field): "\(field) must not be empty"
    case .tooLong(let field): "\(field) must not be longer than \(Self.textLimit) bytes"
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
    guard text.utf8.count <= textLimit else { return .tooLong(field) }
    // SQLite binds a text up to its first NUL: "1" and "1\0x" would be the same payee.
    return text.unicodeScalars.contains { $0.properties.generalCategory == .control } ? .control(field) : nil
  }
}
