package import DurableExecution

extension SQLTransaction {
  package func keys(status: KeyStatus?, effect: String?, limit: Int) throws -> [KeyRecord] {
    // What is pending is live.
    let tables: [KeyTable] = status == .pending ? [.live] : [.live, .archive]
    let newest = try tables.flatMap { table in
      try ask(table.newest(status), [.text(optional: effect), .count(limit)]) {
        try KeyRecord(columns: &$0, isArchived: table == .archive)
      }
    }
    return newest.sorted { ($0.createdAt, $0.lamport, $0.key) < ($1.createdAt, $1.lamport, $1.key) }.suffix(limit)
  }
}
