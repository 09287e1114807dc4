#if Redis
  import Logging
  import Synchronization

  /// Connections to one Redis, as many as ask at once. While it is away nobody waits for it.
  final class RedisConnections: Sendable {
    private let address: RedisAddress
    private let patience: Duration
    private let logger: Logger
    private let state = Mutex(State())

    private struct State {
      var idle: [RedisWire] = []
      var breaker = CacheBreaker()
    }

    /// - Parameter patience: for a connection, and for each answer.
    init(_ address: RedisAddress, patience: Duration, logger: Logger) {
      self.address = address
      self.patience = patience
      self.logger = logger
    }

    /// The answers to these commands, in one round trip; nil where the Redis is away or refuses any of them.
    func exchange(_ commands: [[[UInt8]]]) -> [RedisReply]? {
      guard !commands.isEmpty, state.withLock({ $0.breaker.mayAsk(at: .now) }) else { return nil }
      do {
        let wire = try state.withLock { $0.idle.popLast() } ?? RedisWire(address, patience: patience)
        let replies = try wire.exchange(commands)
        for case .refused(let why) in replies {
          // It has no room, say, or it is a replica: better asked less often.
          throw RedisError.refused(why)
        }
        state.withLock { state in
          state.idle.append(wire)
          state.breaker.answered()
        }
        return replies
      } catch {
        let isFirst = state.withLock { state in
          state.idle = []
          return state.breaker.failed(at: .now)
        }
        if isFirst { logger.warning("going on without the cache at \(address): \(error)") }
        return nil
      }
    }
  }
#endif
