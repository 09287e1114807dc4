/// The state of a pool: the free connections, those in use, and the waiters. It is pure: each event returns the actions
/// to take, and the pool takes them after it has released its lock.
package struct PoolState: Sendable {
  package typealias ConnectionID = Int
  package typealias WaiterID = Int

  package enum Action: Hashable, Sendable {
    case give(ConnectionID, to: WaiterID)
    case connect(ConnectionID)
    case close(ConnectionID)
    case fail(WaiterID, Failure)
  }

  package enum Failure: Hashable, Sendable {
    /// The waiter waited for too long, or was canceled.
    case gaveUp
    /// The connection being opened for the longest waiter could not be opened.
    case notConnected
    case closed
  }

  /// The maximum number of connections, in any state.
  package let limit: Int
  /// The free connections; the last one used is taken first.
  private var idle: [ConnectionID] = []
  private var busy: Set<ConnectionID> = []
  private var connecting: Set<ConnectionID> = []
  /// The waiters, served in the order of arrival.
  private var waiting: [WaiterID] = []
  private var lastID = 0
  private(set) var isClosed = false

  package init(limit: Int) {
    precondition(limit > 0, "a pool needs room for a connection")
    self.limit = limit
  }

  package var size: Int { idle.count + busy.count + connecting.count }
  package var isIdle: Bool { busy.isEmpty && connecting.isEmpty && waiting.isEmpty }

  /// Requests a connection for a waiter.
  package mutating func acquire(_ waiter: WaiterID) -> [Action] {
    guard !isClosed else { return [.fail(waiter, .closed)] }
    if let connection = takeIdle() { return [.give(connection, to: waiter)] }
    waiting.append(waiter)
    return connectForWaiters()
  }

  /// Returns a free connection; nil if there is none, or if others wait for one.
  package mutating func takeIdle() -> ConnectionID? {
    guard !isClosed, waiting.isEmpty, let connection = idle.popLast() else { return nil }
    busy.insert(connection)
    return connection
  }

  package mutating func connected(_ connection: ConnectionID) -> [Action] {
    connecting.remove(connection)
    guard !isClosed else { return [.close(connection)] }
    return hand(connection)
  }

  /// Fails the longest waiter; the other waiters get their own attempts.
  package mutating func connectFailed(_ connection: ConnectionID) -> [Action] {
    connecting.remove(connection)
    guard !waiting.isEmpty else { return [] }
    return [.fail(waiting.removeFirst(), .notConnected)] + connectForWaiters()
  }

  /// Returns a connection to the pool. A broken one takes the idle ones with it, since they are most likely broken too.
  package mutating func release(_ connection: ConnectionID, isUsable: Bool) -> [Action] {
    guard busy.remove(connection) != nil else { return [] }
    if isUsable, !isClosed { return hand(connection) }
    let stale = isUsable ? [] : idle
    if !isUsable { idle = [] }
    return ([connection] + stale).map(Action.close) + connectForWaiters()
  }

  /// Ends a wait whose time is over or whose task was canceled. It does nothing if the waiter has been served
  /// meanwhile.
  package mutating func giveUp(_ waiter: WaiterID) -> [Action] {
    guard let position = waiting.firstIndex(of: waiter) else { return [] }
    waiting.remove(at: position)
    return [.fail(waiter, .gaveUp)]
  }

  /// Closes the free connections and fails all waiters; connections in use are closed when they are returned.
  package mutating func close() -> [Action] {
    guard !isClosed else { return [] }
    isClosed = true
    defer {
      idle = []
      waiting = []
    }
    return idle.map(Action.close) + waiting.map { .fail($0, .closed) }
  }

  private mutating func hand(_ connection: ConnectionID) -> [Action] {
    guard !waiting.isEmpty else {
      idle.append(connection)
      return []
    }
    busy.insert(connection)
    return [.give(connection, to: waiting.removeFirst())]
  }

  /// Starts one attempt for each waiter without one, within the limit.
  private mutating func connectForWaiters() -> [Action] {
    guard !isClosed else { return [] }
    var actions: [Action] = []
    while connecting.count < waiting.count, size < limit {
      lastID += 1
      connecting.insert(lastID)
      actions.append(.connect(lastID))
    }
    return actions
  }
}
