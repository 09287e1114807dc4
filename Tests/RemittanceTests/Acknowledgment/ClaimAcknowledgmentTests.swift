import ClaimFormats
import ClaimsDomain
import Foundation
import TestSupport
import Testing

@Suite("A 277CA reports for each claim that it was accepted, or why it was not", .temporaryFolder)
struct ClaimAcknowledgmentTests {
  private static func claim(
    _ number: String, charge: String, _ outcome: AcknowledgedClaim.Outcome, through last: String = "2026-03-02"
  ) throws -> AcknowledgedClaim {
    let dates = try #require(DateRange(Sample.day("2026-03-02"), through: Sample.day(last)))
    return AcknowledgedClaim(
      claimNumber: ClaimNumber(number), patient: Sample.patient, charge: try Sample.money(charge),
      serviceDates: dates, outcome: outcome)
  }

  private static func acknowledgment(_ providers: [AcknowledgedProvider]) throws -> ClaimAcknowledgment {
    let moment = try Sample.envelope().written
    let receivedOn = try Sample.day("2026-03-18")
    let acknowledgment = ClaimAcknowledgment(
      reference: "ACK-101", payer: Payer(id: PayerID("SAMPLE01"), name: "EVERGLADE HEALTH PLAN"),
      submitterName: "CLEARING SEVEN", submitterID: "CLEARING7", batch: "BATCH-9",
      receivedOn: receivedOn,
      processed: moment, providers: providers)
    return try #require(acknowledgment)
  }

  private static func file(_ acknowledgment: ClaimAcknowledgment) throws -> [UInt8] {
    let first = try #require(X12ControlNumber(1))
    return try ClaimAcknowledgmentFile.bytes([acknowledgment], in: Sample.envelope(), firstTransaction: first)
  }

  private static func sample() throws -> ClaimAcknowledgment {
    let providers = [
      AcknowledgedProvider(
        name: "LARKSPUR CLINIC", identity: .npi("1234567893", taxID: nil),
        claims: [
          try claim("A-1001", charge: "180.00", .accepted(ClaimIntakeID("CLM-1"))),
          try claim(
            "A-1002", charge: "20.50",
            .rejected(ClaimStatusCode(.contradictory, "178"), others: [ClaimStatusCode(.invalid, "187")]),
            through: "2026-03-05"),
        ]),
      AcknowledgedProvider(
        name: "OAKHURST LABS", identity: .taxID("591234567"),
        claims: [try claim("B-1", charge: "9.00", .rejected(ClaimStatusCode(.invalid, "164", entity: "IL")))]),
      AcknowledgedProvider(name: "NOBODY", identity: .taxID("591234568"), claims: []),
    ]
    return try acknowledgment(providers)
  }

  @Test("matches the golden file")
  func golden() throws {
    let text = String(decoding: try Self.file(Self.sample()), as: UTF8.self)
    #expect(text == (try Golden.text("277CA.x12")))
  }

  @Test("is accepted by an independent validator", .x12valid)
  func valid() async throws {
    let folder = try #require(TemporaryFolderTrait.current)
    let complaints = try await X12Valid.complaints(about: Self.file(Self.sample()), in: folder)
    #expect(complaints.isEmpty, "\(complaints.prefix(4_000))")
  }

  @Test("every status code for a rejection is in the published lists and is not an acceptance", .x12valid)
  func codes() async throws {
    let folder = try #require(TemporaryFolderTrait.current)
    let places = [
      "CLM01", "CLM02", "CLM05-1", "SV102", "SV203", "SV104", "SV205", "SV101-2", "SV202-2", "DTP03", "HI01-2", "DMG02",
      "NM109", "HL03", nil,
    ]
    let claims = try places.enumerated().map { index, place in
      let rejection = ClaimRejection(location: SourceLocation(.segment, 9, element: place), reason: "")
      let code = ClaimStatusCode(rejection)
      #expect(!code.category.isAcceptance)
      return try Self.claim("C-\(index)", charge: "1.00", .rejected(code))
    }
    let provider = AcknowledgedProvider(
      name: "LARKSPUR CLINIC", identity: .npi("1234567893", taxID: nil), claims: claims)
    let complaints = try await X12Valid.complaints(about: Self.file(Self.acknowledgment([provider])), in: folder)
    #expect(complaints.isEmpty, "\(complaints.prefix(4_000))")
    #expect(ClaimStatusCode.accepted.category.isAcceptance && ClaimStatusCode.received.category.isAcceptance)
  }
}
