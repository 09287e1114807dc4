package import ClaimsDomain
internal import StrictText

/// Reads the Claims of a FHIR R4 file in constant memory: a Claim, a Bundle, or one resource per line (NDJSON).
///
/// The file is read twice: first to find the resources that claims refer to, then to read the claims. Each Claim yields
/// exactly one claim or rejection, in file order. Other resources yield nothing of their own.
package struct FHIRClaimReader {
  private let source: any ClaimBytes
  private let index: FHIRIndex
  private var scanner: FHIRScanner
  private var lines: LineCount
  private let isTest: Bool
  /// Whether the whole file was read, and holds other resources than claims.
  package var isForeign: Bool {
    hasEnded && !hasClaim && !index.hasHistory && !scanner.isCutOff && index.firstType != nil
  }
  private var hasClaim = false
  private var hasEnded = false
  /// `created` of the claim returned last; nil when that could not be read as a resource.
  package private(set) var statedDay: StatedDay?

  /// The offset in the source of the first byte that is not read yet.
  var position: Int { scanner.position }

  /// - Parameter partners: The profiles that determine whether claims without a sender are tests.
  /// - Throws: `InputError` when the source cannot be read.
  package init(_ source: any ClaimBytes, partners: PartnerProfiles = PartnerProfiles()) throws(InputError) {
    self.source = source
    index = try FHIRIndex(of: source)
    scanner = FHIRScanner(source)
    lines = LineCount(of: source)
    isTest = partners.profile(of: nil).takesForTest(nil)
  }

  /// Returns the next claim or rejection, and nil at the end. A file that is cut off, or without a Claim, ends with a
  /// fault that says so.
  ///
  /// - Throws: `InputError` when the source cannot be read.
  package mutating func next() throws(InputError) -> IntakeItem? {
    guard !hasEnded else { return nil }
    if index.hasHistory {
      hasEnded = true
      return .fault(
        FileFault(
          what: "this is a history Bundle, which holds earlier versions of its claims",
          advice: "send a collection, or one Claim"))
    }
    while let found = try scanner.next() {
      guard let item = try item(found) else { continue }
      hasClaim = true
      return item
    }
    hasEnded = true
    return fault.map { .fault($0) }
  }

  private var fault: FileFault? {
    if scanner.isCutOff {
      return .isCutOff(after: scanner.number)
    }
    guard !hasClaim else { return nil }
    return FileFault(
      what: "this FHIR file holds no Claim; it begins with \(index.firstType ?? "nothing")",
      advice: "send Claims, a Bundle with Claims, or one Claim per line")
  }

  private mutating func item(_ found: FHIRScanner.Found) throws(InputError) -> IntakeItem? {
    statedDay = nil
    guard let range = found.range else { return .rejected(rejection(found, "a resource must be a JSON object")) }
    guard let type = found.type else {
      return .rejected(rejection(found, "the resource does not say its type (resourceType)"))
    }
    // The only resource of a file is a Bundle without entries.
    if type == "Bundle", index.count > 1 {
      return .rejected(rejection(found, "a Bundle among other resources is not read; send it as a file of its own"))
    }
    guard type == "Claim" else { return nil }
    guard range.count <= JSONLimits.recordLength else {
      return .rejected(rejection(found, "the record is longer than \(JSONLimits.recordLength) bytes"))
    }
    let bytes = try source.bytes(in: range)
    let value: FHIRValue
    do throws(StrictJSON.Defect) {
      value = try FHIRValue(parsing: bytes)
    } catch let defect {
      let error = try defect.counted { () throws(InputError) in try lines.place(of: range.lowerBound) }
      // A record with duplicate names does not reliably identify a claim.
      return .rejected(
        rejection(
          found, error.path.isEmpty ? "the record \(error.reason)" : error.reason,
          element: error.path.isEmpty ? nil : "Claim.\(error.path)"))
    }
    let element = FHIRElement(resource: value)
    let references = try FHIRReferences(of: element, base: found.fullURL, index: index, source: source)
    let claim = FHIRClaim(element, references)
    statedDay = claim.statedDay(inRecord: found.number)
    return item(claim, found)
  }

  private func item(_ claim: FHIRClaim, _ found: FHIRScanner.Found) -> IntakeItem {
    do throws(FHIRProblem) {
      let isTest = isTest || claim.isMarkedAsTest
      let digest = claim.references.digest(of: claim.root, prefix: isTest ? "test~" : "")
      return .claim(try claim.submitted(isTest: isTest, digest: digest), at: SourceLocation(.record, found.number))
    } catch {
      var rejection = rejection(found, error.reason, element: error.place)
      rejection.further = error.further.map { problem in
        .init(location: SourceLocation(.record, found.number, element: problem.place), reason: problem.reason)
      }
      rejection.partial = claim.partial(at: SourceLocation(.record, found.number))
      rejection.claimNumber = try? claim.number
      rejection.payerID = try? claim.payer.id
      rejection.charge = (try? claim.root.money("total")).flatMap(\.self)
      return .rejected(rejection)
    }
  }

  private func rejection(_ found: FHIRScanner.Found, _ reason: String, element: String? = nil) -> ClaimRejection {
    ClaimRejection(location: SourceLocation(.record, found.number, element: element), reason: reason)
  }
}
