/// The parts of a line of `--output json` that the tests use.
struct ClaimLine: Decodable, Hashable {
  struct Keys: Decodable, Hashable {
    let intake: String?
    let payment: String?
    let audit: String?
  }

  struct Reason: Decodable, Hashable {
    let text: String
    let location: String?
    let further: [Further]?
  }

  struct Further: Decodable, Hashable {
    let text: String
    let location: String
  }

  let claimNumber: String?
  let status: String
  let planPaid: String?
  let keys: Keys
  let replayed: Bool
  let reason: Reason?

  enum CodingKeys: String, CodingKey {
    case status, keys, replayed, reason
    case claimNumber = "claim_number"
    case planPaid = "plan_paid"
  }
}
