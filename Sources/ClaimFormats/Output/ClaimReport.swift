package import ClaimsDomain

/// What `process` says of one claim: a line of JSON, or a row of the table. It is written by `jsonLine`, which keeps
/// the keys' order and writes every key, and can be read back by any decoder.
package struct ClaimReport: Hashable, Sendable, Decodable {
  /// Nil when the claim broke before its number could be read; the other ids are nil where the claim did not come so far.
  package var claimNumber: ClaimNumber?
  package var claimIntakeID: ClaimIntakeID?
  package var adjudicationID: AdjudicationID?
  package var paymentID: PaymentID?
  package var eobID: EOBID?
  package var status: Status
  package var charge: Money?
  /// Nil, like the two after it, unless the claim was decided.
  package var totalAllowed: Money?
  package var memberResponsibility: Money?
  package var planPaid: Money?
  package var adjustments: [ReportedAdjustment]
  package var lines: [ReportedLine]
  package var keys: Keys
  package var isReplay: Bool
  /// Why it was neither paid nor denied.
  package var reason: Reason?

  package enum Status: String, Hashable, Sendable, Decodable, CaseIterable {
    case paid, denied
    /// Waits for a person.
    case suspended
    case rejected
    /// Another claim has taken its place.
    case replaced
    /// Not decided, or not known to be paid: the bank has not answered, or another worker is at the claim.
    case unknown
  }

  /// The effect keys, as far as the claim has come.
  package struct Keys: Hashable, Sendable, Decodable {
    package var intake: String?
    package var eligibility: String?
    package var adjudication: String?
    package var payment: String?
    package var audit: String?

    package init(
      intake: String? = nil, eligibility: String? = nil, adjudication: String? = nil, payment: String? = nil,
      audit: String? = nil
    ) {
      self.intake = intake
      self.eligibility = eligibility
      self.adjudication = adjudication
      self.payment = payment
      self.audit = audit
    }
  }

  package struct Reason: Hashable, Sendable, Decodable {
    package var code: String
    package var text: String
    /// Where in what was sent: `segment 12, CLM02`.
    package var location: String?

    package init(code: String, text: String, location: String? = nil) {
      self.code = code
      self.text = text
      self.location = location
    }
  }

  /// A claim of which nothing is decided yet.
  package init(
    claimNumber: ClaimNumber?, claimIntakeID: ClaimIntakeID? = nil, adjudicationID: AdjudicationID? = nil,
    paymentID: PaymentID? = nil, eobID: EOBID? = nil, status: Status, charge: Money?, keys: Keys = Keys(),
    isReplay: Bool = false, reason: Reason? = nil
  ) {
    self.claimNumber = claimNumber
    self.claimIntakeID = claimIntakeID
    self.adjudicationID = adjudicationID
    self.paymentID = paymentID
    self.eobID = eobID
    self.status = status
    self.charge = charge
    self.keys = keys
    self.isReplay = isReplay
    self.reason = reason
    adjustments = []
    lines = []
  }

  /// Takes the amounts, adjustments and lines from the decision.
  ///
  /// - Throws: `MoneyError.overflow` when the adjustments leave 64 bits.
  package mutating func fill(from decision: Decision) throws(MoneyError) {
    let adjustments = try ReportedAdjustment.totals(of: decision.lines.flatMap(\.adjustments))
    charge = decision.charge
    totalAllowed = decision.allowed
    memberResponsibility = decision.memberResponsibility
    planPaid = decision.paid
    self.adjustments = adjustments
    lines = decision.lines.map(ReportedLine.init)
  }

  enum CodingKeys: String, CodingKey {
    case status, charge, adjustments, lines, keys, reason
    case claimNumber = "claim_number"
    case claimIntakeID = "claim_intake_id"
    case adjudicationID = "adjudication_id"
    case paymentID = "payment_id"
    case eobID = "eob_id"
    case totalAllowed = "total_allowed"
    case memberResponsibility = "member_responsibility"
    case planPaid = "plan_paid"
    case isReplay = "replayed"
  }
}

/// One decided line, in figures.
package struct ReportedLine: Hashable, Sendable, Decodable {
  package var number: Int
  package var code: String
  package var charge: Money
  package var allowed: Money
  package var paid: Money
  package var memberResponsibility: Money
  package var adjustments: [ReportedAdjustment]

  package init(_ line: LineDecision) {
    number = line.number
    code = line.code
    charge = line.charge
    allowed = line.allowed
    paid = line.paid
    memberResponsibility = line.memberResponsibility
    adjustments = line.adjustments.map(ReportedAdjustment.init)
  }

  enum CodingKeys: String, CodingKey {
    case number, code, charge, allowed, paid, adjustments
    case memberResponsibility = "member_responsibility"
  }
}

/// Group, reason code and amount; on the claim, the sum over its lines.
package struct ReportedAdjustment: Hashable, Sendable, Decodable {
  package var group: AdjustmentGroup
  package var code: String
  package var amount: Money

  package init(_ adjustment: Adjustment) {
    group = adjustment.group
    code = adjustment.reason
    amount = adjustment.amount
  }

  /// One entry for each group and code, in the order of first use.
  ///
  /// - Throws: `MoneyError.overflow` when a sum leaves 64 bits.
  package static func totals(of adjustments: [Adjustment]) throws(MoneyError) -> [ReportedAdjustment] {
    var totals: [ReportedAdjustment] = []
    for adjustment in adjustments {
      if let index = totals.firstIndex(where: { $0.group == adjustment.group && $0.code == adjustment.reason }) {
        totals[index].amount = try totals[index].amount + adjustment.amount
      } else {
        totals.append(ReportedAdjustment(adjustment))
      }
    }
    return totals
  }
}
