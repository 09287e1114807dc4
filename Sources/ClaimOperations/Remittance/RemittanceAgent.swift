package import ClaimStore
import BankProtocol
package import ClaimsDomain
package import DurableExecution

/// What one step of a check run came to.
package struct CheckStep: Sendable {
  /// Nil where no claim of it could be told.
  package let remittance: RemittanceRow?
  package let heldBack: [HeldBackClaim]
}

/// Tells providers what became of their claims: a check run, payee by payee, each remittance in one transaction with all
/// that it tells.
///
/// A run has its claims from its beginning, so whoever goes on with one that was cut short makes the remittances it would
/// have made. It is closed once its files are where they should be.
package struct RemittanceAgent<Store: ClaimStore>: Sendable {
  private let store: Store
  private let runner: DurableRunner
  private let issuer: RemittanceIssuer
  private let format: any RemittanceFormat
  private let claimsPerCheck: Int
  private let activity = RemittanceActivity<Store.Transaction>()

  /// X12 recommends 10,000 claims a transaction at most (TR3 005010X221A1, CLP); half of it is a file people can still
  /// open.
  package static var claimsPerCheck: Int { 5_000 }

  package init(
    store: Store, runner: DurableRunner, issuer: RemittanceIssuer, format: any RemittanceFormat,
    claimsPerCheck: Int = Self.claimsPerCheck
  ) {
    self.store = store
    self.runner = runner
    self.issuer = issuer
    self.format = format
    self.claimsPerCheck = claimsPerCheck
  }

  /// The run that an earlier process left open.
  ///
  /// - Throws: `StoreFailure`; the same for those below.
  package func openRun() async throws -> CheckRunRow? {
    try await store.transaction { try $0.openCheckRun() }
  }

  /// A run of all that is due; nil where nothing is.
  ///
  /// - Parameter day: of its checks; nil for today by the database's clock (UTC).
  package func begin(on day: CalendarDate?) async throws -> CheckRunRow? {
    try await store.transaction { transaction in
      if let open = try transaction.openCheckRun() { return open }
      return try transaction.beginCheckRun(on: day ?? transaction.now.day)
    }
  }

  /// Makes the next remittance of a run; nil when all is told. Where the database does not take one of its claims, fewer
  /// are told at a time, down to that claim alone, which is held back with its reason.
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

  /// Ends a run whose files are where they should be.
  ///
  /// - Parameter number: of the last remittance whose file is.
  /// - Returns: false when another process has made one after that, or claims are still due.
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
    _ claims: inout DueClaims, in run: CheckRunRow, _ transaction: Store.Transaction
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
    _ transaction: Store.Transaction
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
      advice, number: number, isProduction: issuer.isProduction, written: transaction.now)
    let row = RemittanceRow(
      id: id, number: number, run: run.number, payee: Payee(reference: provider.reference, name: provider.name),
      effectKey: key, claimCount: due.count, claimsPaid: try draft.items.map(\.payment.paid).total(),
      interest: plan.interest, amount: plan.payment, carriedIn: carried, carriedOut: plan.carriedForward,
      digest: ContentDigest.sha256(file))
    return RemittanceRequest(claims: due, row: row, file: file)
  }
}

extension RemittancePayee {
  /// Nil for one that has neither number.
  fileprivate init?(_ provider: Provider) {
    let identity: Identity
    if let npi = provider.npi {
      identity = .npi(npi, taxID: provider.taxID)
    } else if let taxID = provider.taxID {
      identity = .taxID(taxID)
    } else {
      return nil
    }
    // An address without a city is none; the guide asks for it only where it is known.
    self.init(
      name: provider.name, identity: identity, address: provider.address.flatMap { $0.city.isEmpty ? nil : $0 })
  }
}
