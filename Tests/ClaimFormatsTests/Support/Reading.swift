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

  /// The number of claims and rejections.
  var accounted: Int { claims.count + rejections.count }

  /// Whether every CLM is a claim or a rejection, and whatever else is rejected is a claim whose CLM is lost.
  func accounts(for segments: Int) -> Bool {
    segments <= accounted && accounted - segments <= rejections.count { $0.claimNumber == nil }
  }

  func claim(_ number: String) -> SubmittedClaim? { claims.first { $0.claimNumber == ClaimNumber(number) } }

  func rejection(_ number: String) -> ClaimRejection? { rejections.first { $0.claimNumber == ClaimNumber(number) } }
}
