package import ClaimsDomain

/// Writes the outcome of a claim as a ClaimResponse: of one that is decided, and of one that waits.
package struct FHIRClaimResponse {
  private let answer: FHIRClaimAnswer
  private let lines: [(line: LineDecision, amounts: [FHIRAmount])]
  private let totals: [FHIRAmount]

  /// - Throws: `MoneyError.overflow`.
  package init(_ answer: FHIRClaimAnswer) throws(MoneyError) {
    var lines: [(LineDecision, [FHIRAmount])] = []
    for line in answer.decision?.lines ?? [] { lines.append((line, try FHIRAmount.amounts(of: line))) }
    (self.answer, self.lines) = (answer, lines)
    if let decision = answer.decision { totals = try FHIRAmount.totals(of: decision) } else { totals = [] }
  }

  package var bytes: [UInt8] {
    var json = OrderedJSON()
    write(to: &json)
    return json.bytes
  }

  /// The outcome as FHIR has it: a claim that waits for a person or the bank is still queued.
  private var outcome: String {
    switch answer.report.status {
    case .paid, .denied, .replaced: "complete"
    case .suspended, .unknown: "queued"
    case .rejected: "error"
    }
  }

  package func write(to json: inout OrderedJSON) {
    let (claim, report) = (answer.claim, answer.report)
    json.object { json in
      json.part("resourceType", "ClaimResponse")
      json.part("id", report.claimIntakeID?.text)
      answer.writeContained(to: &json)
      if let id = report.claimIntakeID { json.identifiers([(FHIRWritten.claims, id.text)]) }
      json.part("status", answer.isReplaced ? "cancelled" : "active")
      answer.writeType(to: &json)
      json.reference("patient", to: "patient")
      json.part("created", answer.receivedOn.description)
      json.reference("insurer", to: "insurer", display: claim.payer.name)
      json.reference("requestor", to: "provider", display: claim.billingProvider.name)
      json.part("request") { json in json.part("identifier") { $0.part("value", claim.claimNumber.text) } }
      json.part("outcome", outcome)
      json.part("disposition", disposition)
      json.list("item", lines) { json, item in
        json.number("itemSequence", item.line.number)
        json.adjudication(item.line, item.amounts, network: false)
      }
      answer.writeTotals(totals, to: &json)
      if report.status == .paid, let paid = answer.decision?.paid { writePayment(paid, to: &json) }
      answer.writeInsurance(to: &json, isNumbered: true)
      if report.status == .rejected, let reason = report.reason {
        json.list("error", [reason]) { json, reason in json.part("code") { $0.concept([], text: reason.text) } }
      }
    }
  }

  private var disposition: String {
    let status = answer.report.status.rawValue
    guard let reason = answer.report.reason else { return status }
    return "\(status): \(reason.text)"
  }

  private func writePayment(_ paid: Money, to json: inout OrderedJSON) {
    json.part("payment") { json in
      json.concept("type", FHIRWritten.paymentType, "complete")
      json.money("amount", paid)
      if let reference = answer.paymentReference { json.part("identifier") { $0.part("value", reference) } }
    }
  }
}
