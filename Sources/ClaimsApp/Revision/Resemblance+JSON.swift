import ClaimFormats
import ClaimsDomain

extension Resemblance {
  /// The score with its reasons, as codes and in words for people.
  func write(to json: inout OrderedJSON) {
    json.object { json in
      json.member("claim_intake_id", claimID.text)
      json.member("line", line)
      json.member("other_line", otherLine)
      json.member("score", score)
      json.key("traits")
      json.array(traits) { $0.string($1.rawValue) }
      json.member("text", text)
    }
  }
}
