package import ClaimFormats
package import ClaimPipeline
package import ClaimStore
package import ClaimsDomain
import DurableExecution

/// A claim on the work list: what it waits for, and what a person can do about it.
package struct SuspendedClaim: Sendable {
  package let row: ClaimRow
  /// The code of the reason, such as `other-payer-first`.
  package let code: String
  /// The reason in words for people.
  package let text: String
  /// Why the claim waits; nil when its payment was refused.
  package let reason: SuspenseReason?
  /// Commands, each of which resolves the claim.
  package let advice: [String]
  /// The claim as submitted; nil when it cannot be read.
  package let claim: SubmittedClaim?
  /// The numbers of the lines that wait; empty when the whole claim waits.
  package let lines: [Int]
  /// Claims to compare with this one.
  package let otherClaims: [ClaimIntakeID]
  /// How the claim resembles them, where that is the reason.
  package let resemblances: [Resemblance]
  /// What a decided claim waits for; nil for one that is not decided.
  package let unpaid: UnpaidClaim?
  /// The day on which it began to wait; the day of receipt where that is not on record.
  package let since: CalendarDate
  /// How many days it has waited, by the database's clock.
  package let daysWaiting: Int
  /// The person who looks after the claim; nil if it is unassigned.
  package let assignment: ClaimAssignment?
  /// What people have written down about it, and about the claim that it replaces.
  package let notes: [ClaimNote]

  /// - Throws: `StoreFailure`.
  package init(_ row: ClaimRow, in transaction: ClaimTransaction) throws {
    self.row = row
    since = try transaction.suspendedSince(row)?.day ?? row.receivedOn
    daysWaiting = max(0, try transaction.now.day.dayNumber - since.dayNumber)
    assignment = try transaction.assignment(of: row.id)
    notes = try (row.revises.map { try transaction.notes(on: $0) } ?? []) + transaction.notes(on: row.id)
    let file = try ClaimFile(row, in: transaction)
    claim = try transaction.bodies(of: [row.id])[row.id].flatMap { try? SubmittedClaim(body: $0, of: row.id) }
    if case .suspended(let suspense)? = file.response?.verdict {
      (code, text, reason) = (suspense.code, suspense.text, suspense.reason)
      (lines, otherClaims, unpaid) = (suspense.lines, suspense.otherClaims, nil)
      resemblances = suspense.resemblances
      let standing = claim?.namedPriorClaim.flatMap { try? StandingClaim(named: $0.text, in: transaction).row.id }
      let give = suspense.command(for: row.id, claim, standing: standing)
      advice = [give, "claims suspense deny \(row.id) --code \(suspense.reason.denialCode) --reason …"].compactMap(
        \.self)
    } else {
      let refused = file.records.last { $0.status == .failed }
      let failure = refused?.response.flatMap {
        try? StoredDocument.read(StoredRefusal.self, from: $0.bytes, "the refusal of claim \(row.id)")
      }
      reason = nil
      (lines, otherClaims, resemblances) = ([], [], [])
      let release = "claims suspense release \(row.id) --reason …"
      unpaid = try UnpaidClaim.of([row], in: transaction)[row.id]
      switch unpaid {
      case .held:
        (code, text) = (FailureCode.payeeOnHold.rawValue, ActivityFailure.payeeOnHold.message)
        advice =
          ["claims hold --list, and once the hold is lifted: " + release]
          + ["claims suspense deny \(row.id) --code CO-16 --remark CODE --reason …"]
      case .released:
        (code, text, advice) = ("payment-released", "its payment was released, and is not made yet", [release])
      case .refused, nil:
        code = failure?.code ?? "payment-refused"
        text = failure?.title ?? "its payment was refused"
        advice = [
          refused.map { "claims keys release '\($0.key)' --reason …, then run the claim again" } ?? "see its keys"
        ]
      }
    }
  }

  /// The claim as a line of JSON, including its line feed.
  package var jsonLine: [UInt8] { OrderedJSON.line { write(to: &$0) } }

  package func write(to json: inout OrderedJSON) {
    json.object { json in
      json.member("claim_intake_id", row.id.text)
      json.member("claim_number", row.claimNumber.text)
      json.member("received_on", row.receivedOn.description)
      json.member("charge", row.charge)
      json.member("code", code)
      json.member("text", text)
      json.key("lines")
      json.array(lines) { $0.integer($1) }
      json.key("other_claims")
      json.array(otherClaims) { $0.string($1.text) }
      json.key("resemblances")
      json.array(resemblances) { $1.write(to: &$0) }
      json.member("suspended_on", since.description)
      json.member("days_waiting", daysWaiting)
      json.member("assigned_to", assignment?.assignee)
      json.key("notes")
      json.array(notes) { json, note in
        json.object { json in
          json.member("by", note.person)
          json.member("at", note.at.iso8601)
          json.member("text", note.text)
        }
      }
    }
  }

  /// How long it has waited, with whom, and how many notes there are, in a few words.
  package var standing: String {
    let days = daysWaiting == 1 ? "1 day" : "\(daysWaiting) days"
    let with = (assignment?.assignee).map { ", with \($0.displayed)" } ?? ""
    return "\(days)\(with)" + (notes.isEmpty ? "" : notes.count == 1 ? ", 1 note" : ", \(notes.count) notes")
  }
}

extension Suspense {
  /// Returns the command that gives a claim what it waits for, with the lines, payers, and claims concerned as far as
  /// they are known; nil when only the provider can give it.
  ///
  /// - Parameter standing: the claim that has replaced the one this claim names.
  fileprivate func command(
    for id: ClaimIntakeID, _ claim: SubmittedClaim?, standing: ClaimIntakeID?
  ) -> String? {
    switch reason.remedy {
    case .price where !lines.isEmpty:
      "claims suspense price \(id) \(lines.map { "\($0) AMOUNT" }.joined(separator: " ")) --reason …"
    case .otherPayer:
      "claims suspense other-payer \(id)\(claim.map(payers) ?? "") --reason …"
    case .priorClaim: "claims suspense release \(id) --replaces \(standing?.text ?? "CLM-…") --reason …"
    default: reason.command(for: id)
    }
  }

  /// Returns options for the payers whose decision is needed, each with its turn.
  private func payers(of claim: SubmittedClaim) -> String {
    let own = claim.payerSequence.turn ?? .max
    var payers = (claim.otherPayers ?? []).filter { ($0.sequence.turn ?? .max) < own }
    if reason == .otherPayerUndecided { payers.removeAll(where: claim.hasDecided) }
    if reason == .payersContradict {
      let turn = payers.isEmpty ? claim.otherPayers?.first?.id.text : payers[0].id.text
      return " --payer \(turn ?? "ID") --turn TURN --our-turn TURN --paid AMOUNT --left AMOUNT"
    }
    guard let first = payers.first else { return " --payer ID --turn P --paid AMOUNT --left AMOUNT" }
    return " --payer \(first.id) --turn \(first.sequence.rawValue) --paid AMOUNT --left AMOUNT"
      + payers.dropFirst().map { " --other-payer \($0.id),\($0.sequence.rawValue),PAID,LEFT" }.joined()
  }
}

extension SuspenseReason {
  /// Returns the command that gives a claim what it waits for; nil when only its provider can, by sending it again.
  package func command(for id: ClaimIntakeID) -> String? {
    switch remedy {
    case .release: "claims suspense release \(id) --reason …"
    case .price: "claims suspense price \(id) LINE AMOUNT --reason …"
    case .otherPayer: "claims suspense other-payer \(id) --payer ID --turn P --paid AMOUNT --left AMOUNT --reason …"
    case .document: "claims suspense accept \(id) DOCUMENT --reason …"
    case .priorClaim: "claims suspense release \(id) --replaces CLM-… --reason …"
    case .rules where self == .planUnknown: "claims suspense release \(id) --plans DIR --reason …"
    case .rules: "claims rules import …, then claims suspense release \(id) --reason …"
    case .sendAgain: isAboutPriorClaim ? "claims suspense release \(id) --reason …" : nil
    }
  }

  /// The code a person would use to deny the claim. The 835 requires a remark code with CO-16.
  package var denialCode: String {
    switch self {
    case .nearDuplicate, .claimNumberKnown: "OA-18"
    case .otherPayerFirst, .otherPayerUndecided, .otherPayerUnbalanced, .payersContradict: "CO-22"
    case .lateReplacement: "CO-29"
    case .memberDiffers: "CO-140"
    default: "CO-16 --remark CODE"
    }
  }
}
