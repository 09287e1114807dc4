/// What a pool knows: which connections are free, which are in use, who waits. Pure: each event gives back what is to be
/// done about it, and the pool does that when it has let go of its lock.
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
    /// Waited for too long, or was cancelled.
    case gaveUp
    /// The connection that was being made for whoever waited longest could not be made.
    case notConnected
    case closed
  }

  /// At most so many connections, whatever they are doing.
  package let limit: Int
  /// The one used last comes first.
  private var idle: [ConnectionID] = []
  private var busy: Set<ConnectionID> = []
  private var connecting: Set<ConnectionID> = []
  /// Whoever came first is served first.
  private var waiting: [WaiterID] = []
  private var lastID = 0
  private(set) var isClosed = false

  package init(limit: Int) {
    precondition(limit > 0, "a pool needs room for a connection")
    self.limit = limit
  }

  package var size: Int { idle.count + busy.count + connecting.count }
  package var isIdle: Bool { busy.isEmpty && connecting.isEmpty && waiting.isEmpty }

  /// Somebody asks for a connection.
  package mutating func acquire(_ waiter: WaiterID) -> [Action] {
    guard !isClosed else { return [.fail(waiter, .closed)] }
    if waiting.isEmpty, let connection = idle.popLast() {
      busy.insert(connection)
      return [.give(connection, to: waiter)]
    }
    waiting.append(waiter)
    return connectForWaiters()
  }

  package mutating func connected(_ connection: ConnectionID) -> [Action] {
    connecting.remove(connection)
    guard !isClosed else { return [.close(connection)] }
    return hand(connection)
  }

  /// Whoever waited longest hears of it; the others get an attempt of their own.
  package mutating func connectFailed(_ connection: ConnectionID) -> [Action] {
    connecting.remove(connection)
    guard !waiting.isEmpty else { return [] }
    return [.fail(waiting.removeFirst(), .notConnected)] + connectForWaiters()
  }

  /// A connection comes back. One that broke takes the idle ones with it: what broke it has most likely broken them.
  package mutating func release(_ connection: ConnectionID, isUsable: Bool) -> [Action] {
    guard busy.remove(connection) != nil else { return [] }
    if isUsable, !isClosed { return hand(connection) }
    let stale = isUsable ? [] : idle
    if !isUsable { idle = [] }
    return ([connection] + stale).map(Action.close) + connectForWaiters()
  }

  /// A waiter's time is up, or its task was cancelled. Nothing happens when it has been served meanwhile.
  package mutating func giveUp(_ waiter: WaiterID) -> [Action] {
    guard let position = waiting.firstIndex(of: waiter) else { return [] }
    waiting.remove(at: position)
    return [.fail(waiter, .gaveUp)]
  }

  /// Closes what is free and turns away who waits; what is in use is closed when it comes back.
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

  /// One attempt for each waiter that has none, as far as there is room.
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
