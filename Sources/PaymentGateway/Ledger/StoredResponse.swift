import Foundation
import GRDB

/// One row of `responses`: the first answer under an idempotency key.
struct StoredResponse {
  var fingerprint: Data
  var response: BankResponse
}

extension StoredResponse: FetchableRecord {
  init(row: Row) throws {
    fingerprint = row[0]
    response = BankResponse(status: row[1], contentType: row[2], body: row[3], isReplay: true)
  }

  static let find = """
    SELECT fingerprint, status, content_type, body FROM responses WHERE idempotency_key = ? AND operation = ?
    """
  static let insert = """
    INSERT INTO responses (idempotency_key, operation, fingerprint, status, content_type, body)
    VALUES (?, ?, ?, ?, ?, ?)
    """
}
