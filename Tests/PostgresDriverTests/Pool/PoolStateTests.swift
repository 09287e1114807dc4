import Testing

@testable import PostgresDriver

@Suite("A pool's state, by example")
struct PoolStateTests {
  /// Makes a pool with the given number of connections, all made and free, numbered from 1.
  private func filled(_ limit: Int) -> PoolState {
    var state = PoolState(limit: limit)
    for waiter in 1...limit { _ = state.acquire(waiter) }
    for connection in 1...limit { _ = state.connected(connection) }
    for connection in 1...limit { _ = state.release(connection, isUsable: true) }
    return state
  }

  @Test("the first request makes a connection and gets it")
  func first() {
    var state = PoolState(limit: 2)
    #expect(state.acquire(10) == [.connect(1)])
    #expect(state.connected(1) == [.give(1, to: 10)])
    #expect(state.release(1, isUsable: true) == [])
    #expect(state.isIdle && state.size == 1)
  }

  @Test("a free connection is reused, the one used last before the others")
  func reuse() {
    var state = filled(2)
    #expect(state.acquire(10) == [.give(2, to: 10)])
    #expect(state.acquire(11) == [.give(1, to: 11)])
  }

  @Test("no more connections are made than the limit, however many requests there are")
  func limit() {
    var state = PoolState(limit: 2)
    let actions = (1...5).flatMap { state.acquire($0) }
    #expect(actions == [.connect(1), .connect(2)])
    #expect(state.size == 2)
  }

  @Test("the first request is served first, even if a later one's connection is ready earlier")
  func fairness() {
    var state = PoolState(limit: 2)
    _ = [10, 11, 12].flatMap { state.acquire($0) }
    #expect(state.connected(2) == [.give(2, to: 10)])
    #expect(state.release(2, isUsable: true) == [.give(2, to: 11)])
    #expect(state.connected(1) == [.give(1, to: 12)])
  }

  @Test("a new request does not overtake waiting ones")
  func noOvertaking() {
    var state = filled(1)
    _ = state.acquire(10)
    _ = [11, 12].flatMap { state.acquire($0) }
    #expect(state.release(1, isUsable: true) == [.give(1, to: 11)])
    #expect(state.acquire(13) == [])
    #expect(state.release(1, isUsable: true) == [.give(1, to: 12)])
  }

  @Test("a request that gave up is not served; the connection goes to the next")
  func timeOut() {
    var state = filled(1)
    _ = [10, 11, 12].flatMap { state.acquire($0) }
    #expect(state.giveUp(11) == [.fail(11, .gaveUp)])
    #expect(state.giveUp(11) == [], "a request gives up only once")
    #expect(state.release(1, isUsable: true) == [.give(1, to: 12)])
  }

  @Test("giving up after being served changes nothing")
  func lateTimeOut() {
    var state = filled(1)
    #expect(state.acquire(10) == [.give(1, to: 10)])
    #expect(state.giveUp(10) == [])
    #expect(!state.isIdle)
  }

  @Test("a connection made for a request that gave up is kept for the next")
  func connectionForNobody() {
    var state = PoolState(limit: 1)
    _ = state.acquire(10)
    _ = state.giveUp(10)
    #expect(state.connected(1) == [])
    #expect(state.acquire(11) == [.give(1, to: 11)])
  }

  @Test("a broken connection closes the free ones too, and a waiting request gets its own attempt")
  func broken() {
    var state = filled(3)
    _ = [10, 11].flatMap { state.acquire($0) }
    #expect(state.release(3, isUsable: false) == [.close(3), .close(1)])
    #expect(state.size == 1, "the state of a connection in use is known when it is returned")
    var full = filled(1)
    _ = [10, 11].flatMap { full.acquire($0) }
    #expect(full.release(1, isUsable: false) == [.close(1), .connect(2)])
  }

  @Test("when no connection can be made, each failed attempt fails one request, and the others get an attempt each")
  func unreachable() {
    var state = PoolState(limit: 1)
    _ = [10, 11].flatMap { state.acquire($0) }
    #expect(state.connectFailed(1) == [.fail(10, .notConnected), .connect(2)])
    #expect(state.connectFailed(2) == [.fail(11, .notConnected)])
    #expect(state.isIdle && state.size == 0)
  }

  @Test("returning a connection a second time has no effect")
  func leak() {
    var state = filled(1)
    _ = state.acquire(10)
    _ = state.release(1, isUsable: true)
    #expect(state.release(1, isUsable: true) == [])
    #expect(state.size == 1 && state.isIdle)
  }

  @Test("closing the pool closes free connections, refuses waiting requests, and closes the rest when they return")
  func shutdown() {
    var state = filled(3)
    _ = [10, 11].flatMap { state.acquire($0) }
    #expect(state.close() == [.close(1)])
    #expect(state.acquire(12) == [.fail(12, .closed)])
    #expect(state.release(3, isUsable: true) == [.close(3)])
    #expect(state.release(2, isUsable: false) == [.close(2)])
    #expect(state.isIdle && state.size == 0)
    #expect(state.close() == [])
  }

  @Test("a connection that is being made when the pool closes is closed when it is ready")
  func shutdownWhileConnecting() {
    var state = PoolState(limit: 2)
    _ = [10, 11].flatMap { state.acquire($0) }
    #expect(state.close() == [.fail(10, .closed), .fail(11, .closed)])
    #expect(state.connected(1) == [.close(1)])
    #expect(state.connectFailed(2) == [])
    #expect(state.isIdle && state.size == 0)
  }
}
