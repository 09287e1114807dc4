import PostgresDriver

extension PostgresWire {
  /// One statement's answer. The name comes from the text: a connection prepares each name once, and the server knows
  /// no more than 63 bytes of it.
  func ask(_ sql: String, _ fill: (inout PostgresArguments) -> Void = { _ in }) throws -> PostgresResult {
    var arguments = PostgresArguments()
    fill(&arguments)
    try send("test.\(sql.hashValue)", sql, arguments)
    guard let answer = try answers().first else { throw PostgresError.unexpected("no answer") }
    return answer
  }

  /// Has the server wait, and us for it.
  func sleep(_ seconds: Double) throws { _ = try ask("SELECT pg_sleep(\(seconds))") }

  func integer(_ sql: String) throws -> Int64 { try ask(sql).row(0).integer(0) }
}
