import ClaimFormats
import ClaimsDomain

extension MoneyDifference.Claim {
  /// With its line feed.
  package var jsonLine: [UInt8] {
    var json = OrderedJSON()
    json.object { json in
      json.member("claim_intake_id", id.text)
      json.member("claim_number", number.text)
      json.member("plan_paid_was", paid.was)
      json.member("plan_paid_now", waitsFor == nil ? paid.now : nil)
      json.member("waits_for", waitsFor)
    }
    return json.bytes + [UInt8(ascii: "\n")]
  }
}

extension MoneyDifference {
  /// The last line, with its line feed.
  package var jsonLine: [UInt8] {
    var json = OrderedJSON()
    json.object { json in
      json.key("summary")
      json.object { json in
        json.member("claims", claims)
        json.member("changed", changed)
        json.member("undecided", undecided)
        for (name, pairs) in [("by_plan", byPlan), ("by_provider", byProvider), ("by_rule", byRule)] {
          json.key(name)
          json.object { json in
            for (key, pair) in pairs.sorted(by: { $0.key < $1.key }) {
              json.key(key)
              json.object { json in
                json.member("was", pair.was)
                json.member("now", pair.now)
              }
            }
          }
        }
      }
    }
    return json.bytes + [UInt8(ascii: "\n")]
  }
}
