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
