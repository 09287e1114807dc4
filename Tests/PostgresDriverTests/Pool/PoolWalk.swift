import TestSupport

@testable import PostgresDriver

/// Leads a pool's state through random events, tracks the expected state beside it, and notes each broken promise.
struct PoolWalk {
  private var lot: SeededGenerator
  private var state: PoolState
  /// The expected state, tracked by the walk itself.
  private var connecting: Set<PoolState.ConnectionID> = []
  private var idle: Set<PoolState.ConnectionID> = []
  private var busy: [PoolState.ConnectionID: PoolState.WaiterID] = [:]
  private var seen: Set<PoolState.ConnectionID> = []
  private var waiting: [PoolState.WaiterID] = []
  private var served: [PoolState.WaiterID] = []
  private var lastWaiter = 0
  private var isClosed = false
  private(set) var broken: [String] = []

  init(seed: UInt64) {
    lot = SeededGenerator(seed: seed)
    state = PoolState(limit: Int.random(in: 1...5, using: &lot))
  }

  mutating func step() {
    switch Int.random(in: 0..<100, using: &lot) {
    case 0..<35: acquire()
    case 35..<55: connected()
    case 55..<60: connectFailed()
    case 60..<85: release(isUsable: true)
    case 85..<90: release(isUsable: false)
    case 90..<99: giveUp()
    default: if Int.random(in: 0..<4, using: &lot) == 0 { close() }
    }
    check()
  }

  /// Ends all work and closes the pool; nothing must be left.
  mutating func end() {
    close()
    check()
    while !connecting.isEmpty { connected() }
    while !busy.isEmpty { release(isUsable: Bool.random(using: &lot)) }
    acquire()
    check()
    expect(state.isIdle && state.size == 0, "something is left after the end")
  }

  // MARK: Events

  private mutating func acquire() {
    lastWaiter += 1
    waiting.append(lastWaiter)
    let isTurnedAway = isClosed
    follow(state.acquire(lastWaiter))
    expect(!isTurnedAway || !waiting.contains(lastWaiter), "somebody waits at a closed pool")
  }

  private mutating func connected() {
    guard let connection = draw(connecting) else { return }
    connecting.remove(connection)
    idle.insert(connection)
    follow(state.connected(connection))
  }

  private mutating func connectFailed() {
    guard let connection = draw(connecting) else { return }
    connecting.remove(connection)
    follow(state.connectFailed(connection))
  }

  private mutating func release(isUsable: Bool) {
    guard let connection = draw(Set(busy.keys)) else { return }
    busy[connection] = nil
    idle.insert(connection)
    let stale = isUsable ? [] : idle
    follow(state.release(connection, isUsable: isUsable))
    expect(idle.isDisjoint(with: stale) && stale.isDisjoint(with: busy.keys), "a broken connection left one in use")
  }

  /// Lets a waiter give up, sometimes one that was already served.
  private mutating func giveUp() {
    guard let waiter = (waiting + served.suffix(2)).randomElement(using: &lot) else { return }
    let isServed = !waiting.contains(waiter)
    let actions = state.giveUp(waiter)
    expect(actions == (isServed ? [] : [.fail(waiter, .gaveUp)]), "giving up did something else")
    follow(actions)
  }

  private mutating func close() {
    isClosed = true
    follow(state.close())
    expect(waiting.isEmpty && idle.isEmpty, "a closed pool keeps something")
  }

  // MARK: Actions

  private mutating func follow(_ actions: [PoolState.Action]) {
    for action in actions {
      switch action {
      case .give(let connection, let waiter):
        expect(idle.remove(connection) != nil, "a connection was given that is not free")
        expect(waiting.first == waiter, "somebody was served before whoever came first")
        expect(!isClosed, "a closed pool served somebody")
        waiting.removeAll { $0 == waiter }
        served.append(waiter)
        busy[connection] = waiter
      case .connect(let connection):
        expect(seen.insert(connection).inserted, "a connection's number was used twice")
        expect(!isClosed, "a closed pool connects")
        connecting.insert(connection)
      case .close(let connection):
        expect(idle.remove(connection) != nil, "a connection was closed that was not free")
      case .fail(let waiter, let failure):
        expect(waiting.contains(waiter), "somebody was turned away who did not wait")
        expect(
          failure != .notConnected || waiting.first == waiter, "somebody heard of a failure before whoever came first")
        expect((failure == .closed) == isClosed || failure == .gaveUp, "somebody heard the wrong reason")
        waiting.removeAll { $0 == waiter }
      }
    }
  }

  private mutating func check() {
    expect(state.size <= state.limit, "there are more connections than the limit")
    expect(state.size == connecting.count + idle.count + busy.count, "the pool counts its connections wrongly")
    expect(waiting.isEmpty || idle.isEmpty, "somebody waits beside a free connection")
    let room = state.limit - idle.count - busy.count
    expect(connecting.count >= min(waiting.count, room), "somebody waits, and nothing is done for him")
    expect(state.isIdle == (connecting.isEmpty && busy.isEmpty && waiting.isEmpty), "idle or not?")
  }

  private mutating func expect(_ isSo: Bool, _ what: String) {
    if !isSo { broken.append(what) }
  }

  /// Draws from the sorted elements, since the order of a set differs between runs with the same seed.
  private mutating func draw(_ connections: Set<PoolState.ConnectionID>) -> PoolState.ConnectionID? {
    connections.sorted().randomElement(using: &lot)
  }
}
