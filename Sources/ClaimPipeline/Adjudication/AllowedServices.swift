import ClaimsDomain
import DurableExecution

/// Which services other claims were allowed for, by signature: those on record, and those of claims decided a moment
/// ago in the same transaction.
struct AllowedServices {
  private var claimsBySignature: [String: Set<ClaimIntakeID>]
  private let signaturesByDigest: [String: [Int: String]]

  /// - Parameter claims: each with the number its accumulators go by, whatever number it names the member with.
  init(_ claims: [(claim: SubmittedClaim, member: MemberID)], in transaction: some ClaimTransaction) throws {
    var signatures: [String: [Int: String]] = [:]
    for (claim, member) in claims {
      signatures[claim.digest] = Dictionary(
        claim.lines.compactMap { line in
          ServiceSignature(of: line, in: claim, member: member).map {
            (line.number, ContentDigest.sha256($0.text.utf8))
          }
        }, uniquingKeysWith: { first, _ in first })
    }
    signaturesByDigest = signatures
    let all = Set(signatures.values.flatMap(\.values))
    claimsBySignature = try all.isEmpty ? [:] : transaction.allowedServices(Array(all))
  }

  /// The number that the directory knows the patient by, whatever number the claim names.
  static func member(of claim: ClaimRow, among spans: [Coverage]) -> MemberID {
    spans.first?.memberID ?? claim.memberID
  }

  /// By line number.
  func signatures(of claim: SubmittedClaim) -> [Int: String] { signaturesByDigest[claim.digest] ?? [:] }

  /// The lines of a claim that another claim was allowed for.
  ///
  /// - Parameter own: the claim itself and those it replaces.
  func duplicates(in claim: SubmittedClaim, besides own: [ClaimIntakeID]) -> Set<Int> {
    Set(
      signatures(of: claim).filter { _, signature in
        claimsBySignature[signature]?.contains { !own.contains($0) } ?? false
      }.keys)
  }

  mutating func allow(_ claim: SubmittedClaim, as id: ClaimIntakeID, by decision: Decision) {
    let signatures = signatures(of: claim)
    for line in decision.lines where !line.isDenied {
      guard let signature = signatures[line.number] else { continue }
      claimsBySignature[signature, default: []].insert(id)
    }
  }
}
