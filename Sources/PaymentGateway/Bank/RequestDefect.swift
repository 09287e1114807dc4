import ClaimPipeline
import ClaimsDomain
import DurableExecution

/// What makes a request impossible to act on, whoever sends it. It is found before anything is read or written.
enum RequestDefect: Hashable, CustomStringConvertible {
  case empty(String)
  case tooLong(String)
  case amountNotPositive
  case epochNotPositive

  /// In UTF-8 bytes, for every text of a request. Effect keys are the longest and stay far below it.
  static let textLimit = 1024

  var description: String {
    switch self {
    case .empty(let field): "\(field) must not be empty"
    case .tooLong(let field): "\(field) must not be longer than \(Self.textLimit) bytes"
    case .amountNotPositive: "amount must be more than 0.00"
    case .epochNotPositive: "the epoch must be 1 or more"
    }
  }

  static func of(_ order: PaymentOrder) -> RequestDefect? {
    key(order.idempotencyKey) ?? id(order.trackingID, order.epoch)
      ?? text("payee.reference", order.payee.reference)
      ?? text("payee.name", order.payee.name, mayBeEmpty: true)
      ?? text("reference", order.reference)
      ?? (order.amount > .zero ? nil : .amountNotPositive)
  }

  static func of(_ request: CommitRequest) -> RequestDefect? {
    key(request.idempotencyKey) ?? id(request.trackingID, request.epoch)
  }

  static func of(_ request: StandingRequest) -> RequestDefect? {
    id(request.trackingID, request.epoch)
  }

  static func of(_ order: VoidOrder) -> RequestDefect? {
    key(order.idempotencyKey) ?? id(order.trackingID, order.epoch) ?? text("reason", order.reason, mayBeEmpty: true)
  }

  private static func key(_ key: String) -> RequestDefect? { text("Idempotency-Key", key) }

  private static func id(_ trackingID: TrackingID, _ epoch: Epoch?) -> RequestDefect? {
    if let epoch, epoch < .first { return .epochNotPositive }
    return text("tracking_id", trackingID.text)
  }

  private static func text(_ field: String, _ text: String, mayBeEmpty: Bool = false) -> RequestDefect? {
    if text.isEmpty { return mayBeEmpty ? nil : .empty(field) }
    return text.utf8.count > textLimit ? .tooLong(field) : nil
  }
}
