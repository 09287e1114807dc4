import ClaimPipeline
package import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// A claim's state as derived from its events. The fold of the events is the state; the claim's row is a copy for fast
/// reading.
package struct ClaimFold: Hashable, Sendable {
  /// The status; nil until the claim is taken in.
  package private(set) var status: ClaimStatus?
  package private(set) var intakeKey: KeyText?
  package private(set) var adjudicationKey: KeyText?
  package private(set) var paymentKey: KeyText?
  package private(set) var auditKey: KeyText?
  package private(set) var adjudicationID: AdjudicationID?
  package private(set) var amounts: DecidedAmounts?
  package private(set) var paymentID: PaymentID?
  /// The part of the decided amount that an event reports as paid, by the bank or by withholding what the payee owed,
  /// without interest; nil while no event reports one.
  package private(set) var amountPaid: Money?
  package private(set) var auditID: String?

  package init() {}

  /// - Parameter events: the events of one claim's stream, in the order in which they were written.
  /// - Throws: `UnreadableFacts` for an event that cannot be read.
  package init(of events: some Sequence<EffectEvent>) throws(UnreadableFacts) {
    for event in events { try apply(event) }
  }

  package mutating func apply(_ event: EffectEvent) throws(UnreadableFacts) {
    let facts = try Self.facts(of: event)
    switch event.key.effect {
    case IntakeKey.effect: intakeKey = event.key
    case AdjudicationKey.effect: adjudicationKey = event.key
    case PaymentKey.effect: paymentKey = event.key
    case AuditKey.effect: auditKey = event.key
    default: break
    }
    if let word = facts["status"] {
      guard let told = ClaimStatus(rawValue: word) else { throw UnreadableFacts(key: event.key) }
      status = told
    } else if event.key.effect == PaymentKey.effect {
      // A payment refused by the bank or by the books leaves its claim to a person.
      status = .suspended
    }
    if let id = facts["adjudication_id"] { adjudicationID = AdjudicationID(id) }
    if let id = facts["payment_id"] { paymentID = PaymentID(id) }
    if let id = facts["audit_id"] { auditID = id }
    do {
      try takeAmounts(from: facts)
    } catch {
      throw UnreadableFacts(key: event.key)
    }
  }

  private mutating func takeAmounts(from facts: [String: String]) throws(MoneyError) {
    if let paid = facts["amount"] {
      amountPaid =
        try Money(parsing: paid) + Money(parsing: facts["withheld"] ?? "0.00")
        - Money(parsing: facts["interest"] ?? "0.00")
    }
    guard let allowed = facts["allowed"], let member = facts["member_responsibility"], let paid = facts["plan_paid"]
    else { return }
    amounts = DecidedAmounts(
      allowed: try Money(parsing: allowed), memberResponsibility: try Money(parsing: member),
      planPaid: try Money(parsing: paid))
  }

  private static func facts(of event: EffectEvent) throws(UnreadableFacts) -> [String: String] {
    do {
      return try StoredDocument.decode([String: String].self, from: event.facts)
    } catch {
      throw UnreadableFacts(key: event.key)
    }
  }

  /// An event whose facts are not in a form that any agent writes.
  package struct UnreadableFacts: Error {
    package let key: KeyText
  }
}
