package import ClaimsDomain

/// The result that `process` reports for one claim: a line of JSON, or a row of the table. `jsonLine` writes every key
/// in a fixed order, and any decoder can read it back.
package struct ClaimReport: Hashable, Sendable, Decodable {
  /// Nil when the claim failed before its number could be read; the other ids are nil when it did not get that far.
  package var claimNumber: ClaimNumber?
  package var claimIntakeID: ClaimIntakeID?
  package var adjudicationID: AdjudicationID?
  package var paymentID: PaymentID?
  package var eobID: EOBID?
  package var status: Status
  package var charge: Money?
  /// Nil unless the claim was decided, like the two amounts after it.
  package var totalAllowed: Money?
  package var memberResponsibility: Money?
  package var planPaid: Money?
  package var adjustments: [ReportedAdjustment]
  package var lines: [ReportedLine]
  package var keys: Keys
  package var isReplay: Bool
  /// Whether another claim has replaced this one since it was answered as it is here. Nil if none has.
  package var isReplacedSince: Bool?
  /// Why the claim was neither paid nor denied.
  package var reason: Reason?

  package enum Status: String, Hashable, Sendable, Decodable, CaseIterable {
    case paid, denied
    /// The claim waits for a person.
    case suspended
    case rejected
    /// Another claim has replaced this one.
    case replaced
    /// Not decided, or not known to be paid: the bank has not responded, or another worker is processing the claim.
    case unknown
  }

  /// The effect keys of the steps that the claim has reached.
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
    /// The location in the input: `segment 12, CLM02`.
    package var location: String?
    /// The paper form that waits for a person, or that one has discarded; nil for anything else.
    package var formID: FormID?
    /// What else is wrong with a rejected claim; nil if nothing else was found.
    package var further: [Further]?

    /// One more fault of a rejected claim.
    package struct Further: Hashable, Sendable, Decodable {
      package var text: String
      package var location: String

      package init(text: String, location: String) {
        (self.text, self.location) = (text, location)
      }
    }

    package init(
      code: String, text: String, location: String? = nil, formID: FormID? = nil, further: [Further] = []
    ) {
      self.code = code
      self.text = text
      self.location = location
      self.formID = formID
      self.further = further.isEmpty ? nil : further
    }

    enum CodingKeys: String, CodingKey {
      case code, text, location, further
      case formID = "form_id"
    }
  }

  /// Creates a report for a claim that is not decided yet.
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
  /// - Throws: `MoneyError.overflow` if the sum of the adjustments exceeds 64 bits.
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
    case isReplacedSince = "replaced_since"
  }
}

/// The amounts of one decided line.
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

/// The group, reason code and amount of an adjustment; for a claim, the amount is the sum over its lines.
package struct ReportedAdjustment: Hashable, Sendable, Decodable {
  package var group: AdjustmentGroup
  package var code: String
  package var amount: Money

  package init(_ adjustment: Adjustment) {
    group = adjustment.group
    code = adjustment.reason
    amount = adjustment.amount
  }

  /// Returns one entry for each group and code, in order of first use.
  ///
  /// - Throws: `MoneyError.overflow` if a sum exceeds 64 bits.
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
