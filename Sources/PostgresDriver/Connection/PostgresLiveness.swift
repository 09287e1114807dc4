import CLibpq
import Foundation

/// Determines what the server is doing for a silent session, by asking over another connection to the same host. This
/// proves that the very session that holds our locks is alive, which no other connection of ours can prove.
enum PostgresLiveness {
  enum Activity {
    /// The session runs our statement, or waits for a lock.
    case working
    /// The session has answered everything, or waits for the rest of a request: data in transit between us has been
    /// lost.
    case waitingForUs
    case gone
    /// The server answers, but does not report the session's activity.
    case unknown
    /// The server does not answer the other connection either.
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

  /// The states are from the PostgreSQL manual, table 28.3.
  private static func activity(_ state: String, waitEventType: String) -> Activity {
    switch state {
    case "active", "fastpath function call": waitEventType == "Client" ? .waitingForUs : .working
    case "disabled": .unknown
    default: .waitingForUs
    }
  }
}

/// Tracks how long a server has been silent while we wait for it, and decides what to do about it.
package struct Silence {
  /// The limits of a silence.
  package struct Limits: Sendable {
    /// The time after which the server is asked what the session is doing; nil if it is never asked.
    package var untilAsked: Duration?
    /// The time after which the connection is lost if the session's activity cannot be determined.
    package var atMost: Duration

    package init(untilAsked: Duration?, atMost: Duration) {
      self.untilAsked = untilAsked
      self.atMost = atMost
    }

    /// The standard limits. No statement of ours is silent for longer than the server's own timeout for it.
    package static let standard = Limits(untilAsked: .seconds(3), atMost: .seconds(90))
    /// The limits of a session before its first request.
    static let untilConnected = Limits(untilAsked: nil, atMost: .seconds(5))
  }

  /// How long to wait for bytes before checking the clock, in milliseconds.
  static let slice: Int32 = 250

  private let limits: Limits
  private var began = ContinuousClock.now
  private var lastAsked = ContinuousClock.now
  /// Why the connection seemed lost when the server was last asked; nil if it did not. The answer to us may have been in
  /// transit, or the server too busy for another connection, so the same has to be found twice in a row.
  private var suspicion: PostgresLiveness.Activity?

  init(_ limits: Limits) {
    self.limits = limits
  }

  /// Restarts the measurement when a wait begins or data arrives.
  mutating func begins() {
    began = .now
    lastAsked = began
    suspicion = nil
  }

  /// - Throws: `PostgresError.connectionLost` if there is nothing left to wait for.
  mutating func check(of wire: PostgresWire) throws(PostgresError) {
    let now = ContinuousClock.now
    if wire.cancellation.isOverdue { throw .connectionLost("a canceled statement did not end") }
    guard let untilAsked = limits.untilAsked else {
      if now - began >= limits.atMost { throw lost() }
      return
    }
    guard now - lastAsked >= (suspicion != nil ? .seconds(1) : untilAsked) else { return }
    let activity = PostgresLiveness.activity(of: wire)
    lastAsked = .now
    switch activity {
    case .working: suspicion = nil
    case .unknown:
      if now - began >= limits.atMost { throw lost() }
      suspicion = nil
    case .gone: throw .connectionLost("the server has ended the session")
    case .noAnswer, .waitingForUs:
      guard suspicion != activity, now - began < limits.atMost else { throw lost() }
      suspicion = activity
    }
  }

  private func lost() -> PostgresError {
    let length = ContinuousClock.now - began
    return .connectionLost("nothing has come from the server for \(length.components.seconds) s")
  }
}
