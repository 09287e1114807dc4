import PostgresDriver

/// Secrets that all who use a store share, made by the first who asks.
enum PostgresSecret {
  private static let byteCount = 32
  private static let make = "INSERT INTO secrets (name, bytes) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING"
  private static let find = "SELECT bytes FROM secrets WHERE name = $1"

  /// What a cache before the store seals its content with.
  ///
  /// - Throws: `PostgresError`.
  static func cache(_ wire: PostgresWire) throws -> [UInt8] {
    var name = PostgresArguments()
    name.append(text: "cache")
    var secret = name
    // From the system's generator, which is fit for keys.
    secret.append(bytes: (0..<byteCount).map { _ in UInt8.random(in: .min ... .max) })
    try wire.send("secrets.make", make, secret)
    try wire.send("secrets.find", find, name)
    guard let row = try wire.answers().last?.row(0) else { throw PostgresError.unexpected("no secret") }
    return try row.bytes(0)
  }
}
