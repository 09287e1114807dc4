import ClaimFormats
package import ClaimsDomain
package import Foundation

/// In what two claims differ that came by different ways.
package enum ClaimDifference {
  /// Returns the names of the parts that differ, such as `lines`, each with both values. The digest and the sender belong
  /// to the way; the name of a rendering provider is not on a CMS-1500.
  package static func between(_ claim: SubmittedClaim, _ other: SubmittedClaim) throws -> [String] {
    let (left, right) = (try parts(of: claim), try parts(of: other))
    return Set(left.keys).union(right.keys).sorted().filter { left[$0] != right[$0] }.map {
      "\($0): \(left[$0] ?? "nothing") | \(right[$0] ?? "nothing")"
    }
  }

  private static func parts(of claim: SubmittedClaim) throws -> [String: String] {
    var claim = claim
    claim.digest = ""
    claim.sender = nil
    if claim.kind == .professional {
      claim.renderingProvider?.name = ""
      for index in claim.lines.indices { claim.lines[index].renderingProvider?.name = "" }
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let object = try JSONSerialization.jsonObject(with: encoder.encode(claim)) as? [String: Any] ?? [:]
    return try object.mapValues { value in
      String(
        decoding: try JSONSerialization.data(withJSONObject: value, options: [.sortedKeys, .fragmentsAllowed]),
        as: UTF8.self)
    }
  }

  /// The claims of the 837 beside a file.
  package static func electronic(beside file: URL) throws -> [SubmittedClaim] {
    var reader = try ClaimFileReader(MemoryBytes(Data(contentsOf: file.truth("837"))))
    var claims: [SubmittedClaim] = []
    while let item = try reader.next() {
      guard case .claim(let claim, _) = item else { throw Unread(what: "\(item)") }
      claims.append(claim)
    }
    return claims
  }

  package struct Unread: Error, CustomStringConvertible {
    let what: String
    package var description: String { "the 837 of the truth is not read: \(what)" }
  }
}
