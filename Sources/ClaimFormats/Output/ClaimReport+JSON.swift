import ClaimsDomain

extension ClaimReport {
  /// The report as a line of JSON, with its line feed.
  package var jsonLine: [UInt8] { OrderedJSON.line { write(to: &$0) } }

  package func write(to json: inout OrderedJSON) { json.object { writeMembers(to: &$0) } }

  private func writeMembers(to json: inout OrderedJSON) {
    json.member("claim_number", claimNumber)
    json.member("claim_intake_id", claimIntakeID)
    json.member("adjudication_id", adjudicationID)
    json.member("payment_id", paymentID)
    json.member("eob_id", eobID)
    json.member("status", status.rawValue)
    json.member("charge", charge)
    json.member("total_allowed", totalAllowed)
    json.member("member_responsibility", memberResponsibility)
    json.member("plan_paid", planPaid)
    json.key("adjustments")
    json.array(adjustments) { $1.write(to: &$0) }
    json.key("lines")
    json.array(lines) { $1.write(to: &$0) }
    json.key("keys")
    keys.write(to: &json)
    json.member("replayed", isReplay)
    if let isReplacedSince { json.member("replaced_since", isReplacedSince) }
    json.member("reason", reason) { $1.write(to: &$0) }
  }
}

extension ClaimReport.Keys {
  fileprivate func write(to json: inout OrderedJSON) {
    json.object { json in
      json.member("intake", intake)
      json.member("eligibility", eligibility)
      json.member("adjudication", adjudication)
      json.member("payment", payment)
      json.member("audit", audit)
    }
  }
}

extension ClaimReport.Reason {
  fileprivate func write(to json: inout OrderedJSON) {
    json.object { json in
      json.member("code", code)
      json.member("text", text)
      json.member("location", location)
      if let formID { json.member("form_id", formID) }
      guard let further else { return }
      json.key("further")
      json.array(further) { json, fault in
        json.object { json in
          json.member("text", fault.text)
          json.member("location", fault.location)
        }
      }
    }
  }
}

extension ReportedAdjustment {
  fileprivate func write(to json: inout OrderedJSON) {
    json.object { json in
      json.member("group", group.rawValue)
      json.member("code", code)
      json.member("amount", amount)
    }
  }
}

extension ReportedLine {
  fileprivate func write(to json: inout OrderedJSON) {
    json.object { json in
      json.member("number", number)
      json.member("code", code)
      json.member("charge", charge)
      json.member("allowed", allowed)
      json.member("paid", paid)
      json.member("member_responsibility", memberResponsibility)
      json.key("adjustments")
      json.array(adjustments) { $1.write(to: &$0) }
    }
  }
}
