/// The ways to derive a key from an intent. They differ in what counts as the same intent, and so in how a retry may
/// miss its key and act twice.
package enum KeyStrategy {
  /// Derives a key from the business values that identify the effect: a claim's id, its amount.
  ///
  /// This is the only strategy for money. The values belong to the intent itself, so every retry derives the same key,
  /// no matter when, from where, or how the request is written.
  ///
  /// - Parameters:
  ///   - effect: the kind of effect: `pay`.
  ///   - segments: the business values, in a fixed order. No time, counter or random part is among them.
  package static func business(_ effect: String, _ segments: [String]) -> KeyText {
    KeyText(effect: KeyText.encoded(effect), segments: segments)
  }

  /// Derives a key from an agent's instance, its action, the window of time, and the parameters.
  ///
  /// It limits an action to once in a window: one reminder a day. It must not be used for money: a retry that comes just
  /// after the edge of a window derives another key and acts twice. So does a retry by another instance.
  ///
  /// - Parameters:
  ///   - instance: the instance of the agent that acts.
  ///   - action: the kind of action: `remind`.
  ///   - instant: when the action is due, by the clock of the database.
  ///   - window: the length of the windows, which are counted from 1970 in UTC.
  ///   - parameters: the parameters of the action. The key contains only their digest.
  /// - Throws: `EncodingError` if the parameters have no canonical form.
  package static func token(
    instance: String, action: String, at instant: Timestamp, window: Window, parameters: some Encodable
  ) throws -> KeyText {
    KeyText(
      effect: tokenEffect,
      segments: [
        instance, action, window.rawValue, "\(window.number(of: instant))", "\(try Fingerprint(of: parameters))",
      ])
  }

  /// Derives a key from a request and everything its result depends on.
  ///
  /// It identifies a computation, whose result may be reused while nothing it depends on has changed. It must not be
  /// used for money: a request that is sent again with a changed field that does not matter, such as a time stamp, or
  /// after a change of state or an upgrade, derives another key and acts twice.
  ///
  /// - Parameters:
  ///   - request: the request.
  ///   - state: the part of the state that the result depends on.
  ///   - environment: where it runs: `production`.
  ///   - versions: the versions of the rules, models and programs involved, by name.
  /// - Throws: `EncodingError` if the request or the state has no canonical form.
  package static func fingerprint(
    request: some Encodable, state: some Encodable, environment: String, versions: [String: String]
  ) throws -> KeyText {
    let parts = [
      try Fingerprint(of: request).hex, try Fingerprint(of: state).hex, environment,
      try Fingerprint(of: versions).hex,
    ]
    return KeyText(effect: fingerprintEffect, segments: ["\(try Fingerprint(of: parts))"])
  }

  /// The windows of time of a token.
  package enum Window: String, Sendable, CaseIterable {
    case minute, hour, day

    private var microseconds: Int64 {
      switch self {
      case .minute: 60_000_000
      case .hour: 3_600_000_000
      case .day: 86_400_000_000
      }
    }

    /// The number of the window that contains an instant.
    fileprivate func number(of instant: Timestamp) -> Int64 {
      let (quotient, remainder) = instant.microseconds.quotientAndRemainder(dividingBy: microseconds)
      return remainder < 0 ? quotient - 1 : quotient
    }
  }

  private static let tokenEffect = "by-token"
  private static let fingerprintEffect = "by-fingerprint"

  /// A strategy by name, for agents in other languages.
  package enum Name: String, Sendable, CaseIterable {
    case business, token, fingerprint

    /// The strategy that a key was derived by, as its form tells.
    package init(of key: KeyText) {
      self =
        switch key.effect {
        case tokenEffect: .token
        case fingerprintEffect: .fingerprint
        default: .business
        }
    }

    /// The reason that a key of the strategy must not be used for money; nil if it may.
    package var danger: String? {
      switch self {
      case .business: nil
      case .token:
        "a retry after the edge of the window, or by another instance, derives another key and acts twice"
      case .fingerprint:
        "a retry after any change of the request, the state or a version derives another key and acts twice"
      }
    }

    package var isForMoney: Bool { danger == nil }
  }
}
