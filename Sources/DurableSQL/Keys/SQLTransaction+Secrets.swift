import DurableExecution

private enum SQL {
  static let find = Statement("secrets.find", "SELECT bytes FROM secrets WHERE name = $1")
  static let make = Statement(
    "secrets.make", "INSERT INTO secrets (name, bytes) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING")
}

extension SQLTransaction {
  private static let byteCount = 32

  /// Returns 32 bytes that all users of the store share and nobody outside may know; the first to ask makes them.
  package func secret(named name: String) throws -> [UInt8] {
    // The bytes come from the system's generator, which is suitable for keys.
    try run(SQL.make, [[.text(name), .bytes((0..<Self.byteCount).map { _ in UInt8.random(in: .min ... .max) })]])
    guard let bytes = try ask(SQL.find, [.text(name)], { try $0.bytes() }).first else {
      throw StoreFailure.corrupt("there is no secret \(name)")
    }
    return bytes
  }
}
