package import ClaimsDomain
package import DurableExecution
package import DurableSQL

/// The store of a payer: a durable store that also keeps claims, decisions, payments, and the payer's other records.
package struct ClaimStore: DurableStore {
  private let base: any SQLStore
  private let timings = StoreTimings()

  package var writers: Int { base.writers }

  package init(_ base: any SQLStore) {
    self.base = base
  }

  package func transaction<Value: Sendable>(
    _ body: @escaping @Sendable (ClaimTransaction) throws -> Value
  ) async throws -> Value {
    try await timings.measure(writing: true) {
      try await base.transaction { sql in
        let transaction = ClaimTransaction(sql)
        let value = try body(transaction)
        // Sends what the transaction has still to write.
        _ = try transaction.sql
        return value
      }
    }
  }

  package func read<Value: Sendable>(
    _ body: @escaping @Sendable (ClaimTransaction) throws -> Value
  ) async throws -> Value {
    try await timings.measure(writing: false) { try await base.read { try body(ClaimTransaction($0)) } }
  }

  /// Returns when work may have been queued, or when the time is over. This is only a hint: the caller then checks the
  /// queue.
  package func awaitWork(upTo duration: Duration) async { await base.awaitWork(upTo: duration) }

  /// Closes the connections. If the write-ahead log cannot be cleared now, the next process that opens the store clears it.
  package func close() { try? base.close() }

  /// Compares the store's tables with those that this program creates, without changing anything.
  ///
  /// - Returns: nil if the comparison is impossible because the program may not create anything to compare with.
  /// - Throws: `StoreFailure`.
  package func shapeComparison() async throws -> ShapeComparison? { try await base.shapeComparison() }
}

/// All queries and updates in a claim's transaction, in every role. Every operation takes a batch, which may have one
/// element.
package struct ClaimTransaction: MemberDirectory, ClaimRecords, DecisionRecords, AccumulatorLedger, PaymentRecords,
  PayeeBalances, GeneralLedger, AuditTrail, RulesetRegister, ClaimQueue, OperatorRecords, VerificationRecords,
  RemittanceRecords, BankRecords, PayeeHolds, DeskRecords, BulkRecords, BatchRecords,
  WebhookRecords, ProposedActs, PurgeRecords, FormRecords
{
  /// The transaction, for statements that do not depend on the rows of claims. Some of those may not be sent yet.
  let besideClaims: SQLTransaction
  let written = WrittenClaims()

  init(_ sql: SQLTransaction) {
    besideClaims = sql
  }
}

/// The runner's own statements.
extension ClaimTransaction: DurableTransaction {
  package var now: Timestamp {
    get throws { try besideClaims.now }
  }

  package func records(for keys: [KeyText]) throws -> [KeyText: KeyRecord] { try besideClaims.records(for: keys) }

  package func expect(_ keys: [KeyText]) { besideClaims.expect(keys) }

  package func insert(_ records: [KeyRecord]) throws { try besideClaims.insert(records) }

  package func replace(_ changes: [RecordChange]) throws { try besideClaims.replace(changes) }

  package func extend(_ expiries: [(key: KeyText, until: Timestamp)]) throws { try besideClaims.extend(expiries) }

  package func hold(_ leases: [(key: KeyText, epoch: Epoch)]) throws -> Set<KeyText> { try besideClaims.hold(leases) }

  package func renew(_ leases: [(key: KeyText, epoch: Epoch)], until: Timestamp) throws -> Set<KeyText> {
    try besideClaims.renew(leases, until: until)
  }

  package func append(_ events: [EffectEvent]) throws {
    try besideClaims.append(events)
    try enqueue(events.compactMap { event in WebhookMessage(of: event).map { (event, $0) } })
  }

  package func effects(in stream: String, ofType type: String) throws -> [KeyText] {
    try besideClaims.effects(in: stream, ofType: type)
  }

  package func sagas(_ ids: [String]) throws -> [String: SagaRecord] { try besideClaims.sagas(ids) }

  package func save(_ sagas: [SagaChange]) throws { try besideClaims.save(sagas) }

  package func keep(_ flows: [FlowRecord]) throws { try besideClaims.keep(flows) }

  package func unfinishedFlows(named name: String, after key: KeyText?, limit: Int) throws -> [FlowRecord] {
    try besideClaims.unfinishedFlows(named: name, after: key, limit: limit)
  }

  package func archive(expiredBefore instant: Timestamp, limit: Int) throws -> Int {
    try besideClaims.archive(expiredBefore: instant, limit: limit)
  }

  package func keys(
    status: KeyStatus?, effect: String?, before record: KeyRecord? = nil, limit: Int
  ) throws -> [KeyRecord] {
    try besideClaims.keys(status: status, effect: effect, before: record, limit: limit)
  }

  /// Returns a secret of 32 bytes that every process on the store shares. The first process to ask creates it.
  package func secret(named name: String) throws -> [UInt8] { try besideClaims.secret(named: name) }

  /// Returns a secret that exists already; nil if no process has created it.
  package func existingSecret(named name: String) throws -> [UInt8]? {
    try besideClaims.existingSecret(named: name)
  }

  package func acts(on keys: [KeyText]) throws -> [OperatorAct] { try besideClaims.acts(on: keys) }

  package func latest(act: String, limit: Int) throws -> [OperatorAct] {
    try besideClaims.latest(act: act, limit: limit)
  }

  package func write(act: String, of key: KeyText, by signOff: SignOff, waiving waived: [String]) throws {
    try besideClaims.write(act: act, of: key, by: signOff, waiving: waived)
  }

  package func release(_ record: KeyRecord, by signOff: SignOff) throws {
    try besideClaims.release(record, by: signOff)
  }
}

/// The content that each ruleset name refers to. The first use of a name fixes it permanently.
package protocol RulesetRegister {
  /// Returns the digest of a ruleset name: the given one if the name is new, otherwise the one it was first used with.
  func register(_ ruleset: RulesetID, digest: String) throws -> String
}

/// The names of the effects whose keys the store itself looks up: the second part of a key, as in `idemp:elig:…`.
package enum EffectName {
  package static let eligibility = "elig"
  package static let void = "void"
  package static let `return` = "return"
}

extension Timestamp {
  /// The day in UTC.
  package var day: CalendarDate {
    let dayMicroseconds: Int64 = 86_400_000_000
    let (days, rest) = microseconds.quotientAndRemainder(dividingBy: dayMicroseconds)
    return CalendarDate(dayNumber: Int(rest < 0 ? days - 1 : days)) ?? .openEnd
  }
}
