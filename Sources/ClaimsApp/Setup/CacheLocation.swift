package import Logging
import DurableRedis
import DurableSQL

/// Where the cache before a store is. It may be lost at any time; nothing is decided by it.
package struct CacheLocation: Sendable {
  private let address: RedisAddress
  private let logger: Logger

  /// - Throws: `SetupError.usage` for what is not an address of a cache, or in a build without one.
  package init(parsing text: String, logger: Logger) throws(SetupError) {
    #if Redis
      do {
        address = try RedisAddress(text)
      } catch {
        throw .usage("--cache: \(error)")
      }
      self.logger = logger
    #else
      throw .usage("--cache: \(RedisError.leftOut)")
    #endif
  }

  var make: @Sendable ([UInt8]) -> any ResponseCache {
    #if Redis
      { [address, logger] secret in RedisResponseCache(address, secret: secret, logger: logger) }
    #else
      { _ in preconditionFailure("no address is taken in this build") }
    #endif
  }
}
