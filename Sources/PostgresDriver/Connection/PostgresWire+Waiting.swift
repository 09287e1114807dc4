import CLibpq
import Foundation

/// Waiting for the server, which never goes on forever.
extension PostgresWire {
  /// Marks the server as working for us while this runs, so that it may be asked to stop.
  func running<Value>(_ work: () throws(PipelineFailure) -> Value) throws(PipelineFailure) -> Value {
    guard cancellation.begin() else { throw PipelineFailure(position: 0, error: .canceled) }
    defer { cancellation.end() }
    silence.begins()
    return try work()
  }

  /// Returns the next result, once it has arrived completely.
  func nextAnswer(after position: Int) throws(PipelineFailure) -> OpaquePointer? {
    while PQisBusy(handle) == 1 {
      do {
        try awaitBytes()
        try silence.check(of: self)
      } catch {
        throw PipelineFailure(position: position, error: error)
      }
    }
    return PQgetResult(handle)
  }

  /// Returns when a group can be written at once: everything before it is written, and the system has room.
  func awaitRoom() throws(PipelineFailure) {
    while true {
      let unsent = PQflush(handle)
      guard unsent >= 0 else { throw lost() }
      var descriptor = pollfd(fd: PQsocket(handle), events: Int16(POLLIN | POLLOUT), revents: 0)
      _ = poll(&descriptor, 1, Silence.slice)
      if descriptor.revents & Int16(POLLIN) != 0 {
        guard PQconsumeInput(handle) == 1 else { throw lost() }
        silence.begins()
      }
      if unsent == 0, descriptor.revents & Int16(POLLOUT) != 0 { return }
      do {
        try silence.check(of: self)
      } catch {
        throw PipelineFailure(position: 0, error: error)
      }
    }
  }

  /// Sends what remains to be sent, and reads what has arrived, or returns after a moment.
  private func awaitBytes() throws(PostgresError) {
    let unsent = PQflush(handle)
    guard unsent >= 0 else { throw .connectionLost(Self.message(of: handle)) }
    let events = unsent == 1 ? POLLIN | POLLOUT : POLLIN
    var descriptor = pollfd(fd: PQsocket(handle), events: Int16(events), revents: 0)
    guard poll(&descriptor, 1, Silence.slice) > 0 else { return }
    guard PQconsumeInput(handle) == 1 else { throw .connectionLost(Self.message(of: handle)) }
    if descriptor.revents & Int16(POLLIN) != 0 { silence.begins() }
  }

  // MARK: Notifications

  /// Waits for messages that the server sends by itself, and returns whether a notification was among them.
  ///
  /// - Throws: `PostgresError.connectionLost`.
  func awaitNotification(upTo duration: Duration) throws(PostgresError) -> Bool {
    var descriptor = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
    _ = poll(&descriptor, 1, Int32(duration / .milliseconds(1)))
    guard PQconsumeInput(handle) == 1 else { throw .connectionLost(Self.message(of: handle)) }
    var hasSome = false
    while let notification = PQnotifies(handle) {
      PQfreemem(notification)
      hasSome = true
    }
    return hasSome
  }
}
