/// A document whose every key is known.
struct ClosedClaimDocument: Decodable {
  let document: ClaimDocument

  init(from decoder: any Decoder) throws {
    try ClaimShape.claim.check(decoder)
    document = try ClaimDocument(from: decoder)
  }
}
