import BankProtocol
import ClaimFormats
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution

/// A claim's file as one JSON object on a line, with the content of `ClaimPage` as data.
package struct ClaimFileJSON {
  private let file: ClaimFile

  package init(_ file: ClaimFile) {
    self.file = file
  }

  package var line: [UInt8] {
    var json = OrderedJSON()
    json.object { json in
      writeClaim(to: &json)
      writeVerdict(to: &json)
      json.key("payments")
      json.array(file.payments) { write($1, to: &$0) }
      json.key("ledger")
      json.array(file.postings) { write($1, to: &$0) }
      json.key("acts")
      json.array(file.acts) { write($1, to: &$0) }
      json.key("remittances")
      json.array(file.told) { write($1, to: &$0) }
      json.key("keys")
      json.array(file.records) { write($1, to: &$0) }
    }
    return json.bytes + "\n".utf8
  }

  private func writeClaim(to json: inout OrderedJSON) {
    let row = file.row
    json.member("claim_number", row.claimNumber)
    json.member("claim_intake_id", row.id)
    json.member("status", row.status.rawValue)
    json.member("payer_id", row.payerID)
    json.member("takes_the_place_of", row.replaced)
    json.member("asks_to_replace", row.replaced == nil ? row.revises : nil)
    json.member("replaced_by", file.replacedBy)
    json.member("received_on", row.receivedOn.description)
    json.member("ruleset", row.ruleset)
    json.member("plan", file.response?.planID)
    json.member("adjudication_id", row.adjudicationID)
    json.member("charge", row.charge)
    json.member("total_allowed", row.amounts?.allowed)
    json.member("member_responsibility", row.amounts?.memberResponsibility)
    json.member("plan_paid", row.amounts?.planPaid)
  }

  private func writeVerdict(to json: inout OrderedJSON) {
    var (reason, lines): (Suspense?, [LineDecision]) = (nil, [])
    switch file.response?.verdict {
    case .suspended(let why): reason = why
    case .decided(let decision): lines = decision.lines
    case nil: break
    }
    json.member("suspended", reason) { json, reason in
      json.object { json in
        json.member("code", reason.code)
        json.member("text", reason.text)
        json.key("lines")
        json.array(reason.lines) { $0.integer($1) }
        json.key("other_claims")
        json.array(reason.otherClaims) { $0.string($1.text) }
        json.key("resemblances")
        json.array(reason.resemblances) { $1.write(to: &$0) }
      }
    }
    json.key("lines")
    json.array(lines) { write($1, to: &$0) }
  }

  private func write(_ line: LineDecision, to json: inout OrderedJSON) {
    json.object { json in
      json.member("number", line.number)
      json.member("code", line.code)
      json.member("charge", line.charge)
      json.member("allowed", line.allowed)
      json.member("paid", line.paid)
      json.member("member_responsibility", line.memberResponsibility)
      json.member("denied", line.isDenied)
      json.member("network", line.network.rawValue)
      json.key("adjustments")
      json.array(line.adjustments) { write($1, to: &$0) }
    }
  }

  private func write(_ adjustment: Adjustment, to json: inout OrderedJSON) {
    json.object { json in
      json.member("group", adjustment.group.rawValue)
      json.member("code", adjustment.reason)
      json.member("remark", adjustment.remark)
      json.member("amount", adjustment.amount)
      json.member("rule", adjustment.explanation.rule.rawValue)
      json.key("inputs")
      json.array(adjustment.explanation.inputs) { json, input in
        json.object { json in
          json.member("name", input.name)
          json.member("value", input.value)
        }
      }
    }
  }

  private func write(_ payment: PaymentRow, to json: inout OrderedJSON) {
    json.object { json in
      json.member("payment_id", payment.id)
      json.member("eob_id", payment.eobID)
      json.member("state", payment.state.rawValue)
      json.member("amount", payment.amount)
      json.member("interest", payment.interest)
      json.member("late_from", payment.late?.first.description)
      json.member("late_through", payment.late?.last.description)
      json.member("withheld", payment.withheld)
      json.member("payee", payment.payee.reference)
      json.member("tracking_id", payment.trackingID?.text)
      json.member("transfer_id", payment.transferID)
      json.member("key", payment.effectKey.text)
    }
  }

  private func write(_ posting: LedgerPosting, to json: inout OrderedJSON) {
    json.object { json in
      json.member("debit", posting.debit.rawValue)
      json.member("credit", posting.credit.rawValue)
      json.member("amount", posting.amount)
      json.member("party", posting.party)
      json.member("key", posting.effectKey.text)
    }
  }

  private func write(_ act: OperatorAct, to json: inout OrderedJSON) {
    json.object { json in
      json.member("act", act.act)
      json.member("by", act.person)
      json.member("reason", act.reason)
      json.key("waived")
      json.array(act.waived) { $0.string($1) }
    }
  }

  private func write(_ told: ReportedPart, to json: inout OrderedJSON) {
    json.object { json in
      json.member("part", told.part.rawValue)
      json.member("remittance", told.remittance)
    }
  }

  private func write(_ record: KeyRecord, to json: inout OrderedJSON) {
    json.object { json in
      json.member("key", record.key.text)
      json.member("status", record.status.rawValue)
      json.member("agent", record.agent.description)
      json.member("epoch", "\(record.epoch)")
      json.member("attempts", record.attempts)
      json.member("fingerprint", record.fingerprint.hex)
      json.member("response_sha256", record.response?.digest)
      json.member("archived", record.isArchived)
    }
  }
}
