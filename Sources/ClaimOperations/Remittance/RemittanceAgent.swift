import BankProtocol
package import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// The result of one step of a check run.
package struct CheckStep: Sendable {
  /// The remittance of the step; nil when none of its claims could be reported.
  package let remittance: RemittanceRow?
  package let heldBack: [HeldBackClaim]
}

/// Reports the outcomes of claims to providers: a check run that goes payee by payee, with each remittance and
/// everything it reports in one transaction.
///
/// The claims of a run are fixed when it begins, so a process that continues an interrupted run makes the same
/// remittances. The run is closed once its files are delivered.
package struct RemittanceAgent: Sendable {
  private let store: ClaimStore
  private let runner: DurableRunner
  private let issuer: RemittanceIssuer
  private let format: any RemittanceFormat
  private let claimsPerCheck: Int
  private let activity = RemittanceActivity<ClaimTransaction>()

  /// X12 recommends at most 10,000 claims per transaction (TR3 005010X221A1, CLP). Half of that makes a file that
  /// people can still open.
  package static var claimsPerCheck: Int { 5_000 }

  package init(
    store: ClaimStore, runner: DurableRunner, issuer: RemittanceIssuer, format: any RemittanceFormat,
    claimsPerCheck: Int = Self.claimsPerCheck
  ) {
    self.store = store
    self.runner = runner
    self.issuer = issuer
    self.format = format
    self.claimsPerCheck = claimsPerCheck
  }

  /// Returns the run that an earlier process left open.
  ///
  /// - Throws: `StoreFailure`, as do the methods below.
  package func openRun() async throws -> CheckRunRow? {
    try await store.transaction { try $0.openCheckRun() }
  }

  /// Begins a run of everything that is due; returns nil when nothing is.
  ///
  /// - Parameters:
  ///   - day: the date of the run's checks; nil for today by the database's clock (UTC).
  ///   - time: a time since which no run may have been begun, or none is begun now; nil for any number of runs.
  package func begin(on day: CalendarDate?, ifNoneSince time: Timestamp? = nil) async throws -> CheckRunRow? {
    try await store.transaction { transaction in
      if let open = try transaction.openCheckRun() { return open }
      // A time in the future comes from a clock that ran ahead.
      if let time, let last = try transaction.lastCheckRunBegan(), try time <= last && last <= transaction.now {
        return nil
      }
      return try transaction.beginCheckRun(on: day ?? transaction.now.day)
    }
  }

  /// Makes the next remittance of a run; returns nil when everything is reported. If the database refuses one of its
  /// claims, the remittance is retried with fewer claims, down to that claim alone, which is held back with the reason.
  package func next(in run: CheckRunRow) async throws -> CheckStep? {
    var limit = claimsPerCheck
    while true {
      do {
        return try await next(in: run, limit: limit)
      } catch {
        guard FailureCode(ofOneClaim: error)?.followUp == .person else { throw error }
        guard limit > 1 else { return try await holdBackFirst(in: run, because: "\(error)") }
        limit /= 2
      }
    }
  }

  private func next(in run: CheckRunRow, limit: Int) async throws -> CheckStep? {
    let (issuer, format) = (issuer, format)
    return try await store.transaction { transaction in
      guard let open = try transaction.openCheckRun(), open.number == run.number else { return nil }
      let due = try transaction.due(in: run, limit: limit)
      guard !due.isEmpty else { return nil }
      var claims = try DueClaims(due, issuer: issuer, format: format, in: transaction)
      let remittance = try issue(&claims, in: run, transaction)
      try transaction.holdBack(claims.heldBack.map(\.due))
      return CheckStep(remittance: remittance, heldBack: claims.heldBack)
    }
  }

  private func holdBackFirst(in run: CheckRunRow, because reason: String) async throws -> CheckStep? {
    try await store.transaction { transaction in
      guard let open = try transaction.openCheckRun(), open.number == run.number else { return nil }
      let due = try transaction.due(in: run, limit: 1)
      try transaction.holdBack(due)
      return CheckStep(remittance: nil, heldBack: due.map { HeldBackClaim($0, reason: reason) })
    }
  }

  /// Closes a run whose files have been delivered.
  ///
  /// - Parameter number: the number of the last remittance whose file was delivered.
  /// - Returns: false when another process has made a later remittance, or claims are still due.
  package func close(_ run: CheckRunRow, deliveredThrough number: Int) async throws -> Bool {
    try await store.transaction { transaction in
      guard let open = try transaction.openCheckRun(), open.number == run.number else { return true }
      guard try transaction.remittances(in: run, after: number, limit: 1).isEmpty,
        try transaction.due(in: run, limit: 1).isEmpty
      else { return false }
      try transaction.close(run)
      return true
    }
  }

  private func issue(
    _ claims: inout DueClaims, in run: CheckRunRow, _ transaction: ClaimTransaction
  ) throws -> RemittanceRow? {
    guard let provider = claims.payee else { return nil }
    guard let payee = RemittancePayee(provider) else {
      claims.holdBackAll(because: "its payee has neither an NPI nor a tax number, which an 835 must name it by")
      return nil
    }
    let request: RemittanceRequest
    do {
      request = try self.request(claims, to: provider, payee, in: run, transaction)
    } catch let error as StoreFailure {
      throw error
    } catch {
      claims.holdBackAll(because: "\(error)")
      return nil
    }
    switch try runner.run(activity, ActivityCall(request), in: transaction) {
    case .completed: return request.row
    case .failed(let failure, _): throw StoreFailure.corrupt("remittance \(request.row.id): \(failure)")
    case .inProgress, .mismatch:
      throw StoreFailure.corrupt("remittance \(request.row.id) is on record, and claims of it are not told")
    }
  }

  private func request(
    _ claims: DueClaims, to provider: Provider, _ payee: RemittancePayee, in run: CheckRunRow,
    _ transaction: ClaimTransaction
  ) throws -> RemittanceRequest {
    let due = claims.told.map(\.due)
    let key = RemittanceKey(payee: provider.reference, claims: due).text
    let id = RemittanceRequest.remittanceID(under: key)
    let carried = try transaction.lastRemittance(to: provider.reference)?.carriedOut
    let draft = CheckDraft(payee: payee, items: claims.told.map(\.item), carried: carried)
    let plan = try draft.plan(trace: id.text)
    let advice = try draft.advice(plan, from: issuer, on: run.day, trace: id.text)
    let number = try transaction.nextRemittanceNumber()
    let file = try format.file(
      advice, number: number, isProduction: issuer.isProduction, written: try transaction.now)
    let row = RemittanceRow(
      id: id, number: number, run: run.number, payee: Payee(reference: provider.reference, name: provider.name),
      effectKey: key, claimCount: due.count, claimsPaid: try draft.items.map(\.payment.paid).total(),
      interest: plan.interest, amount: plan.payment, carriedIn: carried, carriedOut: plan.carriedForward,
      digest: ContentDigest.sha256(file))
    return RemittanceRequest(claims: due, row: row, file: file)
  }
}

extension RemittancePayee {
  /// Returns nil for a provider with neither an NPI nor a tax number.
  fileprivate init?(_ provider: Provider) {
    let identity: Identity
    if let npi = provider.npi {
      identity = .npi(npi, taxID: provider.taxID)
    } else if let taxID = provider.taxID {
      identity = .taxID(taxID)
    } else {
      return nil
    }
    // An address without a city is treated as missing; the guide requires the address only when it is known.
    self.init(
      name: provider.name, identity: identity, address: provider.address.flatMap { $0.city.isEmpty ? nil : $0 })
  }
}
