import ClaimsDomain

extension RemittanceVerdict {
  /// One line of JSON with its line feed.
  package func jsonLine(file: String) -> [UInt8] {
    var json = OrderedJSON()
    json.object { json in
      json.member("file", file)
      json.member("transaction", control)
      json.member("segment", segment)
      json.member("check", trace)
      json.member("claims", claims)
      json.member("payment", payment)
      json.member("balanced", isBalanced)
      json.key("findings")
      json.array(findings) { $1.write(to: &$0) }
      json.member("findings_left_off", findingsLeftOff)
    }
    return json.bytes + [UInt8(ascii: "\n")]
  }
}

extension RemittanceFinding {
  /// Every finding has the same keys; those that do not apply are null.
  fileprivate func write(to json: inout OrderedJSON) {
    json.object { json in
      json.member("level", level.rawValue)
      json.member("claim", claim)
      json.member("claim_number", claimNumber)
      json.member("line", line)
      json.member("location", location.description)
      json.member("rule", level.rule)
      json.member("expected", sum?.expected)
      json.member("found", sum?.found)
      json.member("difference", sum?.difference)
      json.member("reason", reason)
    }
  }
}
