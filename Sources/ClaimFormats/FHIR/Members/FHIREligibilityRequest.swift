import ClaimsDomain
import StrictText

/// A CoverageEligibilityRequest of FHIR R4, as the inquiry that a 270 would be.
package struct FHIREligibilityRequest: Sendable {
  package let inquiry: EligibilityInquiry
  /// `Resource.id`, if there is one that may be sent back.
  let id: String?
  let purposes: [String]
  let patient: FHIRCoverage
  let payer: Payer
  let day: CalendarDate?

  /// Why a request cannot be read: one clear line, and a path such as `CoverageEligibilityRequest.patient`.
  package struct Refusal: Error, Hashable, Sendable, CustomStringConvertible {
    package let place: String?
    package let reason: String

    package var description: String { (place.map { "\($0): " } ?? "") + reason }
  }

  /// Reads the only request of a file: a bare one with contained resources, or a Bundle.
  ///
  /// - Throws: `Refusal`.
  package init(_ bytes: [UInt8]) throws(Refusal) {
    let source = MemoryBytes(bytes)
    let asked: [Asked]
    do throws(InputError) {
      asked = try Self.requests(in: source)
    } catch {
      throw Refusal(place: nil, reason: "\(error)")
    }
    guard asked.count == 1, let request = asked.first else {
      throw Refusal(place: nil, reason: "send one CoverageEligibilityRequest at a time; there are \(asked.count)")
    }
    do throws(StrictJSON.Defect) {
      _ = try FHIRValue(parsing: request.bytes)
    } catch {
      throw Refusal(place: error.path.isEmpty ? nil : error.path, reason: "the request \(error.reason)")
    }
    do throws(FHIRProblem) {
      try self.init(request.root, request.references)
    } catch {
      throw Refusal(place: error.place, reason: error.reason)
    }
  }

  private struct Asked {
    let bytes: [UInt8]
    let root: FHIRElement
    let references: FHIRReferences
  }

  private static func requests(in source: MemoryBytes) throws(InputError) -> [Asked] {
    let index = try FHIRIndex(of: source)
    var scanner = FHIRScanner(source)
    var asked: [Asked] = []
    while let found = try scanner.next(), asked.count < 2 {
      guard found.type == "CoverageEligibilityRequest", let range = found.range,
        range.count <= FHIRLimits.resourceLength
      else { continue }
      let bytes = try source.bytes(in: range)
      let root = FHIRElement(resource: (try? FHIRValue(parsing: bytes)) ?? .null)
      let references = try FHIRReferences(of: root, base: found.fullURL, index: index, source: source)
      asked.append(Asked(bytes: bytes, root: root, references: references))
    }
    return asked
  }
}

extension FHIREligibilityRequest {
  private static let purposes: Set = ["benefits", "validation", "discovery"]

  fileprivate init(_ root: FHIRElement, _ references: FHIRReferences) throws(FHIRProblem) {
    try root.refuseModifiers()
    guard try root.text("status") == "active" else {
      throw root.problem("status", "only an active request is answered")
    }
    purposes = try root.texts("purpose")
    guard !purposes.isEmpty, Set(purposes).isSubset(of: Self.purposes) else {
      throw root.problem("purpose", "must be of benefits, validation and discovery")
    }
    guard let person = try references.resource("patient", of: root), person.place == "Patient" else {
      throw root.problem("patient", "the patient must be a Patient that is sent with the request")
    }
    let insurances = try root.list("insurance")
    var focal: [FHIRElement] = []
    for insurance in insurances {
      let isFocal = try insurance.bool("focal") ?? (insurances.count == 1)
      if isFocal { focal.append(insurance) }
    }
    guard focal.count == 1, let coverage = try references.resource("coverage", of: focal[0]) else {
      throw root.problem("insurance", "it must name one coverage, which is sent with the request")
    }
    let period = try root.child("servicedPeriod")
    let (date, start) = (try root.day("servicedDate"), try period?.day("start"))
    day = date ?? start
    patient = try FHIRCoverage(coverage, of: person, references)
    payer = try FHIRClaim(root, references).payer
    let id = root.value["id"]?.text
    self.id = id.flatMap { $0.wholeMatch(of: /[A-Za-z0-9.\-]{1,64}/) == nil ? nil : $0 }
    let subscriber = patient.subscriber
    inquiry = EligibilityInquiry(
      location: SourceLocation(.record, 1), transaction: 0,
      subscriber: EligibilityInquiry.StatedPerson(
        name: subscriber.name, memberID: subscriber.memberID, birthDate: subscriber.birthDate),
      dependent: patient.patient.dependent.map {
        EligibilityInquiry.StatedPerson(name: $0.name, memberID: nil, birthDate: $0.birthDate)
      }, day: day)
  }
}
