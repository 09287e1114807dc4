import DurableSQL

extension ClaimTransaction {
  /// The transaction, for any statement: every row of a claim that was written is in the database.
  var sql: SQLTransaction {
    get throws {
      try send { _, _ in true }
      return besideClaims
    }
  }

  /// The transaction, for statements that insert rows of claims: the claims they refer to are in the database.
  var afterInserts: SQLTransaction {
    get throws {
      try send { _, unsent in if case .insert = unsent { true } else { false } }
      return besideClaims
    }
  }

  /// The transaction, for statements that read decided or suspended claims: only claims that are merely received may not
  /// be in the database yet.
  var afterUpdates: SQLTransaction {
    get throws {
      try send { row, unsent in if case .insert = unsent { row.status != .received } else { true } }
      return besideClaims
    }
  }

  private func send(_ isDue: (ClaimRow, WrittenClaims.Unsent) -> Bool) throws {
    let due = written.take(isDue)
    guard !due.isEmpty else { return }
    var inserts: [StoredClaim] = []
    var updates: [(row: ClaimRow, over: Int)] = []
    for (row, unsent) in due {
      switch unsent {
      case .insert(let care, let body): inserts.append(StoredClaim(row: row, care: care, body: body))
      case .update(let version): updates.append((row, version))
      }
    }
    try besideClaims.insert(inserts)
    try besideClaims.update(updates)
  }
}
