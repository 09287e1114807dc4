import ClaimFormats
import ClaimsDomain

/// Everything that is read from some bytes.
struct Reading: Equatable {
  var items: [IntakeItem] = []

  init(_ bytes: some Sequence<UInt8>, longestRead: Int = .max) throws {
    var reader = try ClaimFileReader(MemoryBytes(bytes, longestRead: longestRead))
    while let item = try reader.next() { items.append(item) }
  }

  init(_ text: String) throws {
    try self.init(text.utf8)
  }

  var claims: [SubmittedClaim] {
    items.compactMap { if case .claim(let claim, _) = $0 { claim } else { nil } }
  }

  var rejections: [ClaimRejection] {
    items.compactMap { if case .rejected(let rejection) = $0 { rejection } else { nil } }
  }

  var faults: [FileFault] {
    items.compactMap { if case .fault(let fault) = $0 { fault } else { nil } }
  }

  /// The number of claims and rejections, which must equal the number of CLM segments in the file.
  var accounted: Int { claims.count + rejections.count }

  func claim(_ number: String) -> SubmittedClaim? { claims.first { $0.claimNumber == ClaimNumber(number) } }

  func rejection(_ number: String) -> ClaimRejection? { rejections.first { $0.claimNumber == ClaimNumber(number) } }
}
