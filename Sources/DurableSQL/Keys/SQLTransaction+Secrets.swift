import DurableExecution

/// Secrets that all users of a store share; the first to ask makes them.
package enum Secret {
  package static let find = Statement("secrets.find", "SELECT bytes FROM secrets WHERE name = $1")
  package static let make = Statement(
    "secrets.make", "INSERT INTO secrets (name, bytes) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING")

  /// Makes 32 bytes. They come from the system's generator, which is suitable for keys.
  package static func newBytes() -> [UInt8] { (0..<32).map { _ in UInt8.random(in: .min ... .max) } }
}

extension SQLTransaction {
  /// Returns a secret of 32 bytes that every process on the store shares. The first process to ask creates it.
  package func secret(named name: String) throws -> [UInt8] {
    try run(Secret.make, [[.text(name), .bytes(Secret.newBytes())]])
    guard let bytes = try existingSecret(named: name) else {
      throw StoreFailure.corrupt("there is no secret \(name)")
    }
    return bytes
  }

  /// Returns a secret that exists already; nil if no process has created it.
  package func existingSecret(named name: String) throws -> [UInt8]? {
    try ask(Secret.find, [.text(name)], { try $0.bytes() }).first
  }
}
