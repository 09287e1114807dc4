import BankProtocol
import ClaimFormats
package import ClaimPipeline
package import ClaimStore
package import ClaimsDomain
package import DurableExecution
import StrictText

/// The acts of a person on a paper form that waits: each is on record with who and why.
package struct FormDesk: Sendable {
  private let store: ClaimStore
  private let signOff: SignOff

  package init(_ store: ClaimStore, by signOff: SignOff) {
    (self.store, self.signOff) = (store, signOff)
  }

  /// The most characters of a field's value.
  package static let valueLimit = 200

  /// Gives a field the value that a person has read in the picture. The value is held to the field's grammar as one that
  /// the program has read. The value that the field has already, given again, confirms it.
  ///
  /// - Parameter version: the version of the form that the person was shown; nil for any.
  /// - Returns: the form, unchanged if the value changes nothing.
  /// - Throws: `FormRefusal`, `StoreFailure`.
  package func correct(
    _ id: FormID, _ field: String, to value: String, seen version: Int? = nil
  ) async throws -> PaperForm {
    guard value.count <= Self.valueLimit, !value.holdsControl else { throw FormRefusal.unusableValue }
    return try await store.transaction { [signOff] transaction in
      let form = try transaction.paperForm(id, locking: true).waiting(id, seen: version)
      let corrected = form.current.correcting(field, to: value.composed)
      let (before, after) = (form.current[field], corrected[field])
      guard before != nil || after != nil else { throw FormRefusal.noField(id, field) }
      guard corrected != form.current else { return form }
      let row = form.row.corrected(try PaperForm.bytes(of: corrected), doubts: corrected.doubtful.count)
      let act = FormAct(
        .correct(field: field, was: before?.value, becomes: after?.value), by: signOff, at: try transaction.now)
      try transaction.replace(row, by: act)
      return try PaperForm(row, acts: form.acts + [act])
    }
  }

  /// Ends a form that is no claim. The images of its pages are removed; what was read stays on record.
  ///
  /// - Returns: the form; unchanged if it was discarded before.
  /// - Throws: `FormRefusal`, `StoreFailure`.
  package func discard(_ id: FormID, seen version: Int? = nil) async throws -> PaperForm {
    try await store.transaction { [signOff] transaction in
      let form = try transaction.paperForm(id, locking: true)
      if let form, form.row.state == .discarded { return form }
      let waiting = try form.waiting(id, seen: version)
      let row = waiting.row.ended(.discarded)
      let act = FormAct(.discard, by: signOff, at: try transaction.now)
      try transaction.replace(row, by: act)
      return try PaperForm(row, acts: waiting.acts + [act])
    }
  }

  /// Makes a form the claim that it says, and takes the claim to a payment.
  ///
  /// The claim enters the chain in the transaction that ends the form, under its intake key. So it enters once,
  /// however often and by whomever the form is accepted. What a process that died has left is finished by the next call,
  /// or by the next run that finishes claims under way. Its day of receipt is that of the form.
  ///
  /// - Parameter limit: the highest charge of a form that its corrector may accept; nil for any.
  /// - Throws: `FormRefusal`, `StoreFailure`.
  package func accept(
    _ id: FormID, seen version: Int? = nil, limit: Money? = nil, by processor: ClaimProcessor
  ) async throws -> AcceptedForm {
    let (form, claim) = try await store.transaction { [signOff] transaction in
      let found = try transaction.paperForm(id, locking: true)
      if let found, let accepted = found.row.state.claim { return (found, try transaction.claim(accepted)) }
      let form = try found.waiting(id, seen: version)
      let claim = try form.claim(acceptedBy: signOff.person, limit: limit)
      let received: ClaimIntakeID
      do {
        received = try processor.receiving(on: form.row.receivedOn).receive(claim, in: transaction)
      } catch let refusal as NotReceived {
        throw FormRefusal.noClaim(id, refusal.reason)
      }
      let row = form.row.ended(.accepted(received))
      let act = FormAct(.accept, by: signOff, at: try transaction.now)
      try transaction.replace(row, by: act)
      return (try PaperForm(row, acts: form.acts + [act]), claim)
    }
    let ended = try await processor.receiving(on: form.row.receivedOn).process([claim].placed).first?.value
    return AcceptedForm(form: form, claim: claim, end: ended ?? .unsettled(.noAnswer))
  }
}

/// A form that was accepted, and how its claim ended.
package struct AcceptedForm: Sendable {
  package let form: PaperForm
  package let claim: SubmittedClaim
  package let end: EndedClaim

  /// Whether the claim is at its end, or waits for a person.
  package var isSettled: Bool {
    guard case .unsettled(let unsettled) = end else { return true }
    return unsettled.reason.followUp == .person && !unsettled.isPaymentUnknown
  }
}

extension PaperForm {
  /// - Throws: `FormRefusal` unless the form is a claim that this person may accept.
  fileprivate func claim(acceptedBy person: String, limit: Money?) throws(FormRefusal) -> SubmittedClaim {
    guard current.doubtful.isEmpty else { throw .inDoubt(id, current.doubtful.map(\.field)) }
    let claim: SubmittedClaim
    switch item {
    case .claim(let made, _): claim = made
    case .rejected(let rejection): throw .noClaim(id, rejection.reason)
    case .fault(let fault): throw .noClaim(id, fault.what)
    }
    if let limit, claim.charge > limit, acts.contains(where: { $0.signOff.person == person }) {
      throw .ownCorrection(id)
    }
    return claim
  }
}

extension FormReading {
  fileprivate subscript(_ field: String) -> FieldReading? { fields.first { $0.field == field } }
}

extension PaperForm? {
  /// - Parameter version: the version that a person was shown; nil for any.
  /// - Throws: `FormRefusal` unless the form waits, in this version.
  fileprivate func waiting(_ id: FormID, seen version: Int?) throws(FormRefusal) -> PaperForm {
    guard let form = self else { throw .unknown(id) }
    switch form.row.state {
    case .waiting: break
    case .accepted(let claim): throw .accepted(id, claim)
    case .discarded: throw .discarded(id)
    }
    guard version == nil || version == form.row.version else { throw .changed(id) }
    return form
  }
}

extension ClaimTransaction {
  fileprivate func claim(_ id: ClaimIntakeID) throws -> SubmittedClaim {
    guard let body = try bodies(of: [id])[id] else { throw StoreFailure.corrupt("the text of claim \(id) is gone") }
    return try SubmittedClaim(body: body, of: id)
  }
}
