import Foundation

#if Redis
  import Logging
  import Synchronization

  /// Connections to one Redis, as many as there are concurrent callers. While it is unreachable, no caller waits for
  /// it.
  final class RedisConnections: Sendable {
    private let address: RedisAddress
    private let patience: Duration
    private let logger: Logger
    private let state = Mutex(State())

    private struct State {
      var idle: [RedisWire] = []
      var breaker = CacheBreaker()
    }

    /// - Parameter patience: how long to wait for a connection, and for each answer.
    init(_ address: RedisAddress, patience: Duration, logger: Logger) {
      self.address = address
      self.patience = patience
      self.logger = logger
    }

    /// Returns the answers to these commands, in one round trip; nil if the Redis is unreachable or refuses any of
    /// them.
    func exchange(_ commands: [[[UInt8]]]) -> [RedisReply]? {
      guard !commands.isEmpty, state.withLock({ $0.breaker.mayAsk(at: .now) }) else { return nil }
      do {
        let wire = try state.withLock { $0.idle.popLast() } ?? RedisWire(address, patience: patience)
        let replies = try wire.exchange(commands)
        for case .refused(let why) in replies {
          // The Redis is full, for example, or is a replica. It is better to ask it less often.
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

/// The location of a Redis: `redis://[user:password@]host[:port][/database]`, or `unix:///path/of/its/socket`.
package struct RedisAddress: Hashable, Sendable, CustomStringConvertible {
  let place: Place
  let user: String?
  let password: String?
  let database: Int

  enum Place: Hashable, Sendable {
    case host(String, port: Int)
    case socket(String)
  }

  /// - Throws: `RedisError.address` if the text is not an address, or not one that this client can use.
  package init(_ text: String) throws(RedisError) {
    if text.hasPrefix("unix://") {
      place = .socket(String(text.dropFirst("unix://".count)))
      (user, password, database) = (nil, nil, 0)
      return
    }
    guard !text.hasPrefix("rediss://") else {
      throw .address("TLS to Redis is not supported; use a socket, or a tunnel of your own")
    }
    guard text.hasPrefix("redis://") else {
      throw .address("a cache is written redis://HOST:PORT or unix:///PATH")
    }
    let rest = text.dropFirst("redis://".count)
    let end = rest.firstIndex(of: "/") ?? rest.endIndex
    let authority = rest[..<end]
    let at = authority.lastIndex(of: "@")
    let credentials = at.map { authority[..<$0] }?.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    user = credentials.flatMap { $0.count == 2 && !$0[0].isEmpty ? $0[0].removingPercentEncoding : nil }
    password = credentials?.last?.removingPercentEncoding
    place = try Self.place(at.map { authority[authority.index(after: $0)...] } ?? authority)
    let number = rest[end...].dropFirst()
    guard let database = number.isEmpty ? 0 : Int(number), database >= 0 else {
      throw .address("after the host comes the number of a database, for example redis://localhost/0")
    }
    self.database = database
  }

  private static func place(_ text: Substring) throws(RedisError) -> Place {
    // An address in brackets contains colons.
    let bracket = text.lastIndex(of: "]") ?? text.startIndex
    let colon = text[bracket...].lastIndex(of: ":")
    let host = (colon.map { text[..<$0] } ?? text).filter { $0 != "[" && $0 != "]" }
    guard let port = colon.map({ Int(text[text.index(after: $0)...]) }) ?? 6379, (1...65_535).contains(port) else {
      throw .address("the port of a Redis is a number from 1 to 65535")
    }
    guard !host.isEmpty else { throw .address("a Redis has a host, for example redis://localhost") }
    return .host(host, port: port)
  }

  /// The address without its password, safe to print.
  package var description: String {
    switch place {
    case .host(let host, let port): "redis://\(host):\(port)/\(database)"
    case .socket(let path): "unix://\(path)"
    }
  }
}
