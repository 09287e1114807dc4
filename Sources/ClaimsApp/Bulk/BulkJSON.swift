package import ClaimFormats
package import ClaimStore

extension BulkPlan {
  package func write(to json: inout OrderedJSON) {
    json.object { json in
      json.member("act", act)
      json.member("subjects", subjects.count)
      json.member("charge", charge)
      json.member("waiting_to_be_paid", waitingToBePaid)
      json.member("paid", paid)
      json.member("digest", digest)
    }
  }
}

extension BulkResult {
  package func write(to json: inout OrderedJSON) {
    json.object { json in
      json.member("subject", subject)
      json.member("outcome", outcome.rawValue)
      json.member("detail", detail)
    }
  }
}

extension OrderedJSON {
  /// Writes how many claims have each outcome.
  package mutating func write(_ outcomes: [BulkOutcome: Int]) {
    object { json in
      for outcome in BulkOutcome.allCases { json.member(outcome.rawValue, outcomes[outcome] ?? 0) }
    }
  }
}
