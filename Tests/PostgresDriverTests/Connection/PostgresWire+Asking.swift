import PostgresDriver

extension PostgresWire {
  /// Runs one statement. Its name is derived from the text, because a connection prepares each name once and the server
  /// reads only 63 bytes of a name.
  func ask(_ sql: String, _ fill: (inout PostgresArguments) -> Void = { _ in }) throws -> PostgresResult {
    var arguments = PostgresArguments()
    fill(&arguments)
    try send("test.\(sql.hashValue)", sql, arguments)
    guard let answer = try answers().first else { throw PostgresError.unexpected("no answer") }
    return answer
  }

  /// Makes the server wait, and blocks until it answers.
  func sleep(_ seconds: Double) throws { _ = try ask("SELECT pg_sleep(\(seconds))") }

  func integer(_ sql: String) throws -> Int64 { try ask(sql).row(0).integer(0) }
}
