#if Redis
  package import DurableExecution
  import Foundation
  package import Logging
  package import DurableSQL
  import Synchronization

  /// A Redis cache for the store. It marks keys that have been looked up (`SET NX EX`), and holds the sealed responses
  /// of those that are done. It is called on the threads of the store's connections, so that nothing blocks the
  /// cooperative pool.
  package final class RedisResponseCache: ResponseCache {
    private let connections: RedisConnections
    private let seal: CacheSeal
    private let reporter: CacheReporter
    /// Writes batches of responses, one after the other.
    private let writer = DispatchQueue(label: "cache.writer")
    /// The number of batches waiting to be written.
    private let waiting = Mutex(0)

    /// The time limit for the cache. A slower cache saves nothing.
    private static let patience = Duration.milliseconds(50)
    /// The lifetime of an entry. The mark of a key that was never completed costs a lookup until it expires.
    private static let secondsKept = "86400".bytes
    /// The maximum size of a response in the cache. Larger responses are read from the store.
    private static let byteLimit = 65_536
    private static let waitingLimit = 64
    private static let mark = "-".bytes

    package init(_ address: RedisAddress, secret: [UInt8], logger: Logger) {
      connections = RedisConnections(address, patience: Self.patience, logger: logger)
      seal = CacheSeal(secret: secret)
      reporter = CacheReporter(logger: logger)
    }

    package var counts: CacheCounts { reporter.counts }

    package func sight(_ keys: [KeyText]) -> [KeyText: KeySighting] {
      let names = keys.map(seal.name(of:))
      let commands = names.flatMap { name in
        [
          ["SET".bytes, name, Self.mark, "NX".bytes, "EX".bytes, Self.secondsKept],
          ["GETRANGE".bytes, name, "0".bytes, "\(Self.byteLimit)".bytes],
        ]
      }
      guard let replies = connections.exchange(commands) else { return [:] }
      var sightings: [KeyText: KeySighting] = [:]
      for (index, key) in keys.enumerated() {
        sightings[key] = sighting(marking: replies[2 * index], content: replies[2 * index + 1], names[index])
      }
      reporter.note(sightings.values)
      return sightings
    }

    private func sighting(marking: RedisReply, content: RedisReply, _ name: [UInt8]) -> KeySighting {
      if case .done = marking { return .unseen }
      guard case .bytes(let sealed) = content, sealed != Self.mark else { return .seen }
      guard let bytes = seal.open(sealed, as: name) else {
        reporter.wasWrong(of: 1)
        return .seen
      }
      return .response(bytes)
    }

    package func remember(_ responses: [KeyText: [UInt8]]) {
      let isRoom = waiting.withLock { waiting in
        guard waiting < Self.waitingLimit else { return false }
        waiting += 1
        return true
      }
      guard isRoom else { return }
      writer.async { [self] in
        defer { waiting.withLock { $0 -= 1 } }
        _ = connections.exchange(responses.compactMap { writing($1, of: $0) })
      }
    }

    /// Waits until all responses to remember are written.
    package func settled() async {
      await withCheckedContinuation { done in writer.async { done.resume() } }
    }

    private func writing(_ response: [UInt8], of key: KeyText) -> [[UInt8]]? {
      let name = seal.name(of: key)
      guard let sealed = seal.seal(response, as: name), sealed.count <= Self.byteLimit else { return nil }
      return ["SET".bytes, name, sealed, "EX".bytes, Self.secondsKept]
    }

    package func wasWrong(of keys: Int) { reporter.wasWrong(of: keys) }
  }
#endif
