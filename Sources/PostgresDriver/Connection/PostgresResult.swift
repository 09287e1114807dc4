import CLibpq

/// The answer to one statement, in binary format.
package final class PostgresResult {
  private let handle: OpaquePointer

  init(taking handle: OpaquePointer) {
    self.handle = handle
  }

  deinit {
    PQclear(handle)
  }

  package var rowCount: Int { Int(PQntuples(handle)) }

  /// The number of rows that an UPDATE, INSERT or DELETE changed; 0 for any other command.
  package var changedRows: Int {
    guard let text = PQcmdTuples(handle) else { return 0 }
    return Int(String(cString: text)) ?? 0
  }

  /// The server's name for what was done: `COMMIT`, `UPDATE 3`.
  package var command: String { String(cString: PQcmdStatus(handle)) }

  package func row(_ index: Int) -> PostgresRow { PostgresRow(result: self, index: Int32(index)) }

  fileprivate func isNull(_ row: Int32, _ column: Int32) -> Bool { PQgetisnull(handle, row, column) == 1 }

  fileprivate func type(_ column: Int32) -> Oid { PQftype(handle, column) }

  fileprivate func bytes(_ row: Int32, _ column: Int32) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(
      start: PQgetvalue(handle, row, column), count: Int(PQgetlength(handle, row, column)))
  }
}

extension PostgresResult {
  /// Converts an answer to a result; nil if the server skipped the statement. The answer is freed, or is owned by the
  /// result.
  static func reading(_ answer: OpaquePointer) -> Result<PostgresResult, PostgresError>? {
    if PQresultStatus(answer) == PGRES_PIPELINE_ABORTED {
      PQclear(answer)
      return nil
    }
    if let failure = failure(in: answer) {
      PQclear(answer)
      return .failure(failure)
    }
    return .success(PostgresResult(taking: answer))
  }

  static func failure(in answer: OpaquePointer) -> PostgresError? {
    switch PQresultStatus(answer) {
    case PGRES_COMMAND_OK, PGRES_TUPLES_OK: return nil
    default: break
    }
    func field(_ code: Character) -> String? {
      code.asciiValue.flatMap { PQresultErrorField(answer, Int32($0)) }.map { String(cString: $0) }
    }
    guard let state = field("C") else {
      return .connectionLost(PQresultErrorMessage(answer).map { String(cString: $0).trimmed } ?? "no reason given")
    }
    let code = SQLState(rawValue: state)
    // The messages of data errors quote the value.
    let message = code.errorClass == .dataException ? code.dataFault : field("M") ?? "no reason given"
    return .server(
      PostgresError.ServerError(state: code, message: message, constraint: field("n"), table: field("t")))
  }
}

/// One row of an answer. Columns count from 0.
package struct PostgresRow {
  fileprivate let result: PostgresResult
  fileprivate let index: Int32

  package func isNull(_ column: Int) -> Bool { result.isNull(index, Int32(column)) }

  /// - Throws: `PostgresError.unexpected` if the column is not text.
  package func text(_ column: Int) throws(PostgresError) -> String {
    guard PostgresType(result.type(Int32(column))) == .text else { throw .unexpected("a column that is no text") }
    return String(decoding: try value(column), as: UTF8.self)
  }

  /// Reads an integer of any width, or a boolean as 1 or 0.
  ///
  /// - Throws: `PostgresError.unexpected` if the column holds another type.
  package func integer(_ column: Int) throws(PostgresError) -> Int64 {
    let bytes = try value(column)
    switch PostgresType(result.type(Int32(column))) {
    case .bigint: return Int64(bigEndian: bytes.loadUnaligned(as: Int64.self))
    case .integer: return Int64(Int32(bigEndian: bytes.loadUnaligned(as: Int32.self)))
    case .smallint: return Int64(Int16(bigEndian: bytes.loadUnaligned(as: Int16.self)))
    case .boolean: return bytes.first == 1 ? 1 : 0
    case .text, .bytea, nil: throw .unexpected("a column that is no whole number")
    }
  }

  /// - Throws: `PostgresError.unexpected` if the column holds another type.
  package func bytes(_ column: Int) throws(PostgresError) -> [UInt8] {
    guard PostgresType(result.type(Int32(column))) == .bytea else { throw .unexpected("a column that is no bytea") }
    return [UInt8](try value(column))
  }

  /// NULL has no bytes; without this check, it would be read as empty text or past its end.
  private func value(_ column: Int) throws(PostgresError) -> UnsafeRawBufferPointer {
    guard !isNull(column) else { throw .unexpected("NULL where a value has to be") }
    return result.bytes(index, Int32(column))
  }
}

/// The types that our tables and statements use, by their fixed numbers (PostgreSQL: `pg_type.dat`).
private enum PostgresType {
  case boolean, bytea, bigint, smallint, integer, text

  init?(_ number: Oid) {
    switch number {
    case 16: self = .boolean
    case 17: self = .bytea
    case 20: self = .bigint
    case 21: self = .smallint
    case 23: self = .integer
    // The numbers are those of text, varchar and name.
    case 25, 1043, 19: self = .text
    default: return nil
    }
  }
}
