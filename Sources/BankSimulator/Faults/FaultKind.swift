/// A fault that a bank can simulate.
package enum FaultKind: Hashable, Sendable {
  /// Sends the correct response late.
  case delay(Duration)
  /// Responds with this 5xx status without acting.
  case errorBefore(Int)
  /// Acts, then responds with this 5xx status.
  case errorAfter(Int)
  /// Closes the connection without acting.
  case drop
  /// Acts, then closes the connection before a byte of the response is sent: the classic cause of a double payment.
  case loseReply
  /// Does not act, and keeps the caller waiting until it gives up.
  case hang
  /// Acts, then keeps the caller waiting until it gives up.
  case hangAfter
  /// Acts, then sends the response to the previous request, as a connection that is out of step does.
  case otherReply

  /// Whether the response still arrives as it should.
  var isHarmless: Bool {
    if case .delay = self { true } else { false }
  }
}

extension FaultKind: CustomStringConvertible {
  /// The fault as it is written in a fault plan.
  package var description: String {
    switch self {
    case .delay(let duration): "delay=\(Int64(duration / .milliseconds(1)))ms"
    case .errorBefore(let status): "error\(status)"
    case .errorAfter(let status): "error\(status)-after"
    case .drop: "drop"
    case .loseReply: "lose-reply"
    case .hang: "hang"
    case .hangAfter: "hang-after"
    case .otherReply: "other-reply"
    }
  }

  init?(parsing text: some StringProtocol) {
    switch text {
    case "drop": self = .drop
    case "lose-reply": self = .loseReply
    case "hang": self = .hang
    case "hang-after": self = .hangAfter
    case "other-reply": self = .otherReply
    case _ where text.hasPrefix("delay="):
      guard let duration = Duration(parsing: text.dropFirst("delay=".count)) else { return nil }
      self = .delay(duration)
    case _ where text.hasPrefix("error"):
      let parts = text.dropFirst("error".count).split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
      guard let status = parts.first.flatMap({ Int($0) }), (500..<600).contains(status) else { return nil }
      switch parts.dropFirst().first {
      case nil: self = .errorBefore(status)
      case "after": self = .errorAfter(status)
      default: return nil
      }
    default: return nil
    }
  }
}

extension Duration {
  /// Parses durations such as `200ms` and `3s`, up to an hour.
  fileprivate init?(parsing text: some StringProtocol) {
    if text.hasSuffix("ms"), let number = Int64(text.dropLast(2)) {
      self = .milliseconds(number)
    } else if text.hasSuffix("s"), let number = Int64(text.dropLast()) {
      self = .seconds(number)
    } else {
      return nil
    }
    guard self >= .zero, self <= .seconds(3600) else { return nil }
  }
}
