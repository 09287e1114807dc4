import DurableExecution

/// The keys that a transaction has announced (`expect`), and the records found for those that it has not asked for yet.
struct KeysAhead {
  private var expected: Set<KeyText> = []
  private var known: [KeyText: Known] = [:]

  private enum Known {
    case live(KeyRecord)
    /// The key is in the archive or nowhere. The archive had this number last.
    case notLive(archivedUpTo: Int64)
  }

  mutating func expect(_ keys: [KeyText]) { expected.formUnion(keys.filter { known[$0] == nil }) }

  mutating func takeExpected() -> [KeyText] {
    guard !expected.isEmpty else { return [] }
    defer { expected = [] }
    return Array(expected)
  }

  mutating func note(_ keys: [KeyText], live: [KeyRecord], archivedUpTo last: Int64) {
    for key in keys { known[key] = .notLive(archivedUpTo: last) }
    for record in live { known[record.key] = .live(record) }
  }

  /// Returns what is known of the keys. Each answer is given once: the transaction may change the record.
  mutating func take(_ keys: [KeyText]) -> (live: [KeyRecord], notLive: [KeyText], archivedUpTo: Int64, rest: [KeyText])
  {
    guard !known.isEmpty else { return ([], [], 0, keys) }
    var (live, notLive, last, rest): ([KeyRecord], [KeyText], Int64, [KeyText]) = ([], [], 0, [])
    for key in keys {
      switch known.removeValue(forKey: key) {
      case .live(let record)?: live.append(record)
      case .notLive(let archivedUpTo)?:
        notLive.append(key)
        last = max(last, archivedUpTo)
      case nil: rest.append(key)
      }
    }
    return (live, notLive, last, rest)
  }

  /// Forgets keys that the transaction writes.
  mutating func forget(_ keys: some Sequence<KeyText>) {
    guard !known.isEmpty else { return }
    for key in keys { known[key] = nil }
  }

  mutating func forgetAll() { known = [:] }
}
