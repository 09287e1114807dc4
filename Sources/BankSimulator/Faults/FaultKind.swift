/// What a bank can be told to do wrong.
package enum FaultKind: Hashable, Sendable {
  /// Answers late, and rightly.
  case delay(Duration)
  /// Answers with this 5xx and does nothing.
  case errorBefore(Int)
  /// Acts, then answers with this 5xx.
  case errorAfter(Int)
  /// Closes the connection and does nothing.
  case drop
  /// Acts, then closes the connection before a byte of the answer is sent: the classic way to be paid twice.
  case loseReply
  /// Does nothing and keeps the caller waiting until it gives up.
  case hang
  /// Acts, then keeps the caller waiting until it gives up.
  case hangAfter
  /// Acts, then sends the answer that the request before was given: what a connection that is out of step does.
  case otherReply

  /// Whether the answer still arrives as it should.
  var isHarmless: Bool {
    if case .delay = self { true } else { false }
  }
}

extension FaultKind: CustomStringConvertible {
  /// As it is written in a fault plan.
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
  /// Reads `200ms` and `3s`, up to an hour.
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
