import BankProtocol
package import ClaimFormats
package import ClaimOperations
package import ClaimPipeline
package import ClaimStore
package import ClaimsDomain
package import DurableExecution

extension ClaimReport {
  /// Creates the report of one result; returns nil for a fault, which concerns a file rather than a claim.
  ///
  /// - Throws: `MoneyError.overflow` when the adjustments exceed 64 bits.
  package init?(_ result: ClaimResult) throws {
    switch result.kind {
    case .fault, .passedOver: return nil
    case .form(let form): self.init(form)
    case .rejected(let rejection): self.init(rejection)
    case .claim(let claim, let location, let ended):
      switch ended {
      case .audited(let audited): try self.init(audited, claim)
      case .rejected(let failure, let key, let isReplay):
        self.init(
          claimNumber: claim.claimNumber, status: .rejected, charge: claim.charge, keys: Keys(intake: key.text),
          isReplay: isReplay, reason: Reason(code: failure.code, text: failure.message, location: location))
      case .unsettled(let unsettled): self.init(unsettled, claim)
      }
    }
  }

  /// The most further faults that a report has: an empty record is a hundred times shorter than all that is wrong with it.
  private static let furtherLimit = 10

  private init(_ rejection: ClaimRejection) {
    let further = rejection.further.prefix(Self.furtherLimit).map { fault in
      Reason.Further(text: fault.reason, location: "\(fault.location)")
    }
    self.init(
      claimNumber: rejection.claimNumber, status: .rejected, charge: rejection.charge,
      reason: Reason(
        code: FailureCode.unreadable.rawValue, text: rejection.reason, location: "\(rejection.location)",
        further: further))
  }

  /// Reports a paper form that is no claim: it waits for a person, or a person has discarded it.
  private init(_ form: KeptForm) {
    let reason =
      form.isDiscarded
      ? Reason(
        code: FailureCode.formDiscarded.rawValue, text: "a person has discarded form \(form.id)",
        location: "\(form.location)", formID: form.id)
      : Reason(
        code: FailureCode.formInDoubt.rawValue, text: form.waitsFor, location: "\(form.location)", formID: form.id)
    self.init(claimNumber: nil, status: form.isDiscarded ? .rejected : .suspended, charge: nil, reason: reason)
  }

  private init(_ audited: AuditedClaim, _ claim: SubmittedClaim) throws {
    let (row, response) = (audited.row, audited.closed.claim.response)
    self.init(
      claimNumber: claim.claimNumber, claimIntakeID: row.id, adjudicationID: response.adjudicationID,
      status: Status(row.status), charge: claim.charge, keys: Keys(row.keys), isReplay: audited.isReplay)
    switch audited.closed.payment {
    case .closed(let payment, _):
      // The status that was answered, whatever has happened to the claim since.
      status = Status(payment.status)
      paymentID = payment.paymentID
      eobID = payment.eobID
    case .refused(let failure):
      reason = Reason(code: failure.code, text: failure.message)
    case .notDue:
      if case .suspended(let why) = response.verdict { reason = Reason(why) }
    }
    if row.status == .replaced { isReplacedSince = true }
    if case .decided(let decision) = response.verdict { try fill(from: decision) }
  }

  /// Reports a claim that is not finished: a person has to look at it, or its outcome is not known yet. The reason says
  /// why.
  private init(_ unsettled: Unsettled, _ claim: SubmittedClaim) {
    self.init(
      claimNumber: claim.claimNumber, claimIntakeID: unsettled.row?.id, adjudicationID: unsettled.row?.adjudicationID,
      status: Status(unsettled), charge: claim.charge, keys: unsettled.row.map { Keys($0.keys) } ?? Keys(),
      reason: Reason(code: unsettled.reason.code, text: unsettled.reason.message))
  }
}

extension KeptForm {
  /// What a form that waits, waits for.
  package var waitsFor: String {
    switch doubts {
    case 0: "form \(id) makes no claim as it was read: a person has to look at it"
    case 1: "one field of form \(id) is in doubt: a person has to look at it"
    default: "\(doubts) fields of form \(id) are in doubt: a person has to look at them"
    }
  }
}

extension ClaimReport.Reason {
  /// Creates a reason that names the claims to compare with this one.
  init(_ suspense: Suspense) {
    let others = suspense.otherClaims.map(\.text).joined(separator: " ")
    self.init(code: suspense.code, text: others.isEmpty ? suspense.text : "\(suspense.text); compare \(others)")
  }
}

extension ClaimReport.Status {
  init(_ status: ClaimStatus) {
    switch status {
    case .paid: self = .paid
    case .denied: self = .denied
    case .suspended: self = .suspended
    case .replaced: self = .replaced
    case .received, .adjudicated: self = .unknown
    }
  }

  init(_ unsettled: Unsettled) {
    switch unsettled.reason.followUp {
    case .now, .later: self = .unknown
    case .person: self = unsettled.isPaymentUnknown ? .unknown : .suspended
    }
  }
}

extension ClaimReport.Keys {
  init(_ keys: ClaimKeys) {
    self.init(
      intake: keys.intake.text, eligibility: keys.eligibility?.text, adjudication: keys.adjudication?.text,
      payment: keys.payment?.text, audit: keys.audit?.text)
  }
}

/// The result for one item of the input.
package struct ClaimResult: Sendable {
  package let source: String
  package let kind: Kind
  /// Checks that the claim failed without being rejected.
  package let warnings: [PartnerFinding]
  /// The day of receipt that the claim's file states, if that is the one that counts.
  package let receivedOn: CalendarDate?
  /// Whether this is the last result of its source, which was read to its end or as far as it can be.
  package var endsSource = false

  init(source: String, kind: Kind, warnings: [PartnerFinding] = [], receivedOn: CalendarDate? = nil) {
    self.receivedOn = receivedOn
    self.source = source
    self.kind = kind
    self.warnings = warnings
  }

  package enum Kind: Sendable {
    /// A claim and its place in the source, for people: `segment 195`.
    case claim(SubmittedClaim, at: String, EndedClaim)
    /// A claim that could not be read.
    case rejected(ClaimRejection)
    /// A fault of the file rather than of a claim.
    case fault(FileFault)
    /// A paper form that is on record, and is not a claim.
    case form(KeptForm)
    /// The file was found in a folder, and is about something else than claims.
    case passedOver(FileFault)
  }
}

/// Everything on record about one claim, as an examiner would pull its file.
package struct ClaimFile: Sendable {
  package let row: ClaimRow
  package let response: AdjudicationResponse?
  package let payments: [PaymentRow]
  package let postings: [LedgerPosting]
  package let records: [KeyRecord]
  /// The claim that replaced this one.
  package let replacedBy: ClaimIntakeID?
  /// What people have done by hand to this claim and to the claim that it replaces.
  package let acts: [OperatorAct]
  /// What was reported to the provider about the claim.
  package let told: [ReportedPart]

  /// - Throws: `StoreFailure`.
  package init(_ row: ClaimRow, in transaction: ClaimTransaction) throws {
    self.row = row
    let keys = [row.keys.intake, row.keys.eligibility, row.keys.adjudication, row.keys.payment, row.keys.audit]
      .compactMap(\.self)
    let reversal = ReversalKey(claimID: row.id).text
    let found = try transaction.records(for: keys + (row.status == .replaced ? [reversal] : []))
    records = keys.compactMap { found[$0] }
    response = try row.keys.adjudication.flatMap { found[$0]?.response }.map { stored in
      try StoredDocument.read(AdjudicationResponse.self, from: stored.bytes, "the decision of claim \(row.id)")
    }
    replacedBy = try found[reversal]?.response.map { stored in
      try StoredDocument.read(ReversalResponse.self, from: stored.bytes, "the reversal of claim \(row.id)").replacedBy
    }
    // What was done to the prior claim explains why this one is as it is.
    let prior = try row.revises.flatMap { try transaction.claims([$0])[$0]?.keys.intake }
    acts = try transaction.acts(on: [prior].compactMap(\.self) + keys)
    payments = try transaction.payments(of: [row.id])
    postings = try transaction.postings(of: row.id)
    told = try transaction.told(of: row.id)
  }
}
