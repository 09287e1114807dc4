import ClaimStore
import BankProtocol
import DurableExecution
package import ClaimFormats
import ClaimPipeline
import ClaimsDomain

extension ClaimReport {
  /// What is said of one result; nil for a fault, which is of a file and not of a claim.
  ///
  /// - Throws: `MoneyError.overflow` when the adjustments leave 64 bits.
  package init?(_ result: ClaimResult) throws {
    switch result.kind {
    case .fault: return nil
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

  private init(_ rejection: ClaimRejection) {
    self.init(
      claimNumber: rejection.claimNumber, status: .rejected, charge: rejection.charge,
      reason: Reason(code: FailureCode.unreadable.rawValue, text: rejection.reason, location: "\(rejection.location)"))
  }

  private init(_ audited: AuditedClaim, _ claim: SubmittedClaim) throws {
    let (row, response) = (audited.row, audited.closed.claim.response)
    self.init(
      claimNumber: claim.claimNumber, claimIntakeID: row.id, adjudicationID: response.adjudicationID,
      status: Status(row.status), charge: claim.charge, keys: Keys(row.keys), isReplay: audited.isReplay)
    switch audited.closed.payment {
    case .closed(let payment, _):
      // What was answered, whatever became of the claim since.
      status = Status(payment.status)
      paymentID = payment.paymentID
      eobID = payment.eobID
    case .refused(let failure):
      reason = Reason(code: failure.code, text: failure.message)
    case .notDue:
      if case .suspended(let why) = response.verdict { reason = Reason(why) }
    }
    if case .decided(let decision) = response.verdict { try fill(from: decision) }
  }

  /// A claim that is not at its end: a person looks at it, or nobody knows yet what comes of it. The reason says why.
  private init(_ unsettled: Unsettled, _ claim: SubmittedClaim) {
    self.init(
      claimNumber: claim.claimNumber, claimIntakeID: unsettled.row?.id, adjudicationID: unsettled.row?.adjudicationID,
      status: Status(unsettled), charge: claim.charge, keys: unsettled.row.map { Keys($0.keys) } ?? Keys(),
      reason: Reason(code: unsettled.reason.code, text: unsettled.reason.message))
  }
}

extension ClaimReport.Reason {
  /// With the claims to look at beside this one.
  fileprivate init(_ suspense: Suspense) {
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
