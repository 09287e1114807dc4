import CLibpq
import Foundation

/// Finds out what the server does for a session that is silent: over another connection, to the same host. That is the
/// proof of life of the very session that holds our locks, which no other connection of ours can give.
enum PostgresLiveness {
  enum Activity {
    /// It runs our statement, or waits for a lock.
    case working
    /// It has answered all it was asked, or waits for the rest of it: what is under way has been lost between us.
    case waitingForUs
    case gone
    /// The server answers, but does not tell.
    case unknown
    /// Neither does the server answer another connection.
    case noAnswer
  }

  private static let patience = Duration.seconds(3)
  private static let question = "SELECT state, wait_event_type FROM pg_stat_activity WHERE pid = $1::bigint"

  static func activity(of wire: PostgresWire) -> Activity {
    do {
      let other = try PostgresWire(sameHostAs: wire, patience: patience)
      var arguments = PostgresArguments()
      arguments.append(integer: wire.serverProcess)
      try other.send("session.activity", question, arguments)
      guard let rows = try other.answers().first else { return .unknown }
      guard rows.rowCount == 1 else { return .gone }
      let row = rows.row(0)
      guard !row.isNull(0) else { return .unknown }
      return activity(try row.text(0), waitEventType: row.isNull(1) ? "" : try row.text(1))
    } catch let error as PostgresError {
      return error.isRefusal || wire.isBehindPooler ? .unknown : .noAnswer
    } catch {
      return wire.isBehindPooler ? .unknown : .noAnswer
    }
  }

  /// PostgreSQL manual, table 28.3.
  private static func activity(_ state: String, waitEventType: String) -> Activity {
    switch state {
    case "active", "fastpath function call": waitEventType == "Client" ? .waitingForUs : .working
    case "disabled": .unknown
    default: .waitingForUs
    }
  }
}

/// How long a server has been silent while we wait for it, and what is done about it.
package struct Silence {
  /// How long it may last.
  package struct Limits: Sendable {
    /// After so long the server is asked what the session is doing; nil to take it on trust.
    package var untilAsked: Duration?
    /// Where that cannot be found out, it is over after so long.
    package var atMost: Duration

    package init(untilAsked: Duration?, atMost: Duration) {
      self.untilAsked = untilAsked
      self.atMost = atMost
    }

    /// No statement of ours is silent for longer than the server's own time-out for it.
    package static let standard = Limits(untilAsked: .seconds(3), atMost: .seconds(90))
    /// Of a session that nothing was asked of yet.
    static let untilConnected = Limits(untilAsked: nil, atMost: .seconds(5))
  }

  /// How long to wait for bytes before looking at the clock, in milliseconds.
  static let slice: Int32 = 250

  private let limits: Limits
  private var began = ContinuousClock.now
  private var lastAsked = ContinuousClock.now
  /// The server had nothing to do for us when it was last asked. Its answer may have been on its way.
  private var wasIdle = false

  init(_ limits: Limits) {
    self.limits = limits
  }

  /// We begin to wait, or have heard something.
  mutating func begins() {
    began = .now
    lastAsked = began
    wasIdle = false
  }

  /// - Throws: `PostgresError.connectionLost` where there is nothing to wait for any more.
  mutating func check(of wire: PostgresWire) throws(PostgresError) {
    let now = ContinuousClock.now
    let length = now - began
    if wire.cancellation.isOverdue { throw .connectionLost("a canceled statement did not end") }
    guard let untilAsked = limits.untilAsked else {
      if length >= limits.atMost { throw Self.lost(length) }
      return
    }
    guard now - lastAsked >= (wasIdle ? .seconds(1) : untilAsked) else { return }
    let activity = PostgresLiveness.activity(of: wire)
    lastAsked = .now
    switch activity {
    case .working: wasIdle = false
    case .unknown:
      if length >= limits.atMost { throw Self.lost(length) }
      wasIdle = false
    case .noAnswer: throw Self.lost(length)
    case .gone: throw .connectionLost("the server has ended the session")
    case .waitingForUs:
      guard !wasIdle else { throw Self.lost(length) }
      wasIdle = true
    }
  }

  private static func lost(_ length: Duration) -> PostgresError {
    .connectionLost("nothing has come from the server for \(length.components.seconds) s")
  }
}
