import ClaimsDomain
import Foundation
import StrictText

/// The values of a JSON claim that have limits, or have to agree with one another. It is read from a whole claim, or from
/// one of which not all can be read, so that its sender learns of all faults at once.
struct ClaimOutline {
  /// A value that may be missing, or be there and not be readable.
  struct Part<Value> {
    let isThere: Bool
    let value: Value?

    init(_ value: Value?) {
      (isThere, self.value) = (value != nil, value)
    }

    fileprivate init(unreadable value: Value?) {
      (isThere, self.value) = (true, value)
    }
  }

  struct Line {
    let number: Part<Int>
    let code: Part<String>
    let codeQualifier: Part<String>
    let revenueCode: Part<String>
    let modifiers: Part<[String]>
    let charge: Part<Money>
    let units: Part<Units>
    let placeOfService: Part<String>
    let dates: Part<DateRange>
    let pointers: Part<[Int]>
  }

  let kind: Part<String>
  let claimNumber: Part<ClaimNumber>
  let payerID: Part<PayerID>
  let sequence: Part<String>
  let facilityCode: Part<String>
  let memberID: Part<MemberID>
  let charge: Part<Money>
  let causes: Part<[String]>
  let billingProvider: Part<Provider>
  let renderingProvider: Part<Provider>
  let diagnoses: Part<[String]>
  let statementDates: Part<DateRange>
  /// The first lines, as many as a claim may have; nil for a line that is no object. Absent when the list cannot be read.
  let lines: Part<[Line?]>
  /// How many lines there are.
  let lineCount: Int

  init(_ claim: ClaimDocument) {
    kind = Part(claim.kind)
    claimNumber = Part(claim.claimNumber)
    payerID = Part(claim.payer.id)
    sequence = Part(claim.payerSequence)
    facilityCode = Part(claim.facilityCode)
    memberID = Part(claim.subscriber.memberID)
    charge = Part(claim.charge)
    causes = Part(claim.relatedCauses)
    billingProvider = Part(claim.billingProvider)
    renderingProvider = Part(claim.renderingProvider)
    diagnoses = Part(claim.diagnoses)
    statementDates = Part(claim.statementDates)
    lines = Part(claim.lines.map(Line.init))
    lineCount = claim.lines.count
  }
}

extension ClaimOutline.Line {
  init(_ line: LineDocument) {
    self.init(
      number: .init(line.number), code: .init(line.code), codeQualifier: .init(line.codeQualifier),
      revenueCode: .init(line.revenueCode), modifiers: .init(line.modifiers), charge: .init(line.charge),
      units: .init(line.units), placeOfService: .init(line.placeOfService), dates: .init(line.serviceDates),
      pointers: .init(line.diagnosisPointers))
  }
}

extension ClaimOutline {
  /// What can be checked of a rejected claim. Values that `problems` reports are left out.
  func partial(at location: SourceLocation) -> PartialClaim {
    let lines = lines.value ?? []
    let numbers = lines.compactMap { $0?.number.value }
    let isInOrder = zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }
    let kind = kind.value.flatMap(ClaimKind.init)
    return PartialClaim(
      at: location, kind: kind, charge: Self.readable(charge),
      facilityCode: ClaimDocument.word(facilityCode.value), billingProvider: billingProvider.value,
      renderingProvider: renderingProvider.value,
      diagnoses: diagnosisProblems(kind ?? .institutional).isEmpty ? (diagnoses.value ?? []).map(\.withoutDots) : [],
      statementDates: statementDates.value,
      lines: lines.compactMap { line in line.map { partial($0, isNumbered: isInOrder) } },
      hasAllLines: lines.count == lineCount && !lines.contains { $0 == nil })
  }

  private func partial(_ line: Line, isNumbered: Bool) -> PartialClaim.Line {
    var procedure: ProcedureCode?
    if let code = ClaimDocument.word(line.code.value), let qualifier = ClaimDocument.word(line.codeQualifier.value) {
      procedure = ProcedureCode(qualifier: qualifier, code: code)
    }
    let place = line.placeOfService.isThere ? line.placeOfService : facilityCode
    let dates = line.dates.isThere ? line.dates : statementDates
    return PartialClaim.Line(
      number: isNumbered ? line.number.value : nil, charge: Self.readable(line.charge),
      units: line.units.value.flatMap { $0 < Units(0) ? nil : $0 }, procedure: procedure,
      placeOfService: ClaimDocument.word(place.value), serviceDates: dates.value)
  }

  private static func readable(_ amount: Part<Money>) -> Money? {
    amount.value.flatMap { $0.isNegative || $0 > .claimLimit ? nil : $0 }
  }
}

// MARK: Of a claim that cannot be read as a whole

extension ClaimOutline: Decodable {
  init(from decoder: any Decoder) throws {
    let claim = try decoder.container(keyedBy: ClaimDocument.CodingKeys.self)
    kind = claim.part(.kind)
    claimNumber = claim.part(.claimNumber)
    payerID = claim.part(.payer, PartID.self, \.id)
    sequence = claim.part(.payerSequence)
    facilityCode = claim.part(.facilityCode)
    memberID = claim.part(.subscriber, PartMember.self, \.memberID)
    charge = claim.part(.charge)
    causes = claim.part(.relatedCauses)
    billingProvider = claim.part(.billingProvider)
    renderingProvider = claim.part(.renderingProvider)
    diagnoses = claim.part(.diagnoses)
    statementDates = claim.part(.statementDates)
    guard var list = try? claim.nestedUnkeyedContainer(forKey: .lines) else {
      (lines, lineCount) = (Part(nil), 0)
      return
    }
    var read: [Line?] = []
    while !list.isAtEnd, read.count < ClaimKind.institutional.lineLimit {
      read.append(try list.decode(ReadableLine.self).line)
    }
    (lines, lineCount) = (Part(unreadable: read), list.count ?? read.count)
  }

  private struct PartID: Decodable {
    let id: PayerID
  }

  private struct PartMember: Decodable {
    let memberID: MemberID

    enum CodingKeys: String, CodingKey {
      case memberID = "member_id"
    }
  }

  private struct ReadableLine: Decodable {
    let line: Line?

    init(from decoder: any Decoder) throws {
      guard let line = try? decoder.container(keyedBy: LineDocument.CodingKeys.self) else {
        self.line = nil
        return
      }
      self.line = Line(
        number: line.part(.number), code: line.part(.code), codeQualifier: line.part(.codeQualifier),
        revenueCode: line.part(.revenueCode), modifiers: line.part(.modifiers), charge: line.part(.charge),
        units: line.part(.units), placeOfService: line.part(.placeOfService), dates: line.part(.serviceDates),
        pointers: line.part(.diagnosisPointers))
    }
  }
}

extension KeyedDecodingContainer {
  fileprivate func part<Value: Decodable>(_ key: Key) -> ClaimOutline.Part<Value> { part(key, Value.self) { $0 } }

  fileprivate func part<Read: Decodable, Value>(
    _ key: Key, _ type: Read.Type, _ value: (Read) -> Value?
  ) -> ClaimOutline.Part<Value> {
    guard contains(key), (try? decodeNil(forKey: key)) == false else { return .init(nil) }
    return .init(unreadable: (try? decode(type, forKey: key)).flatMap(value))
  }
}
