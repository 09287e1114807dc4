import ClaimFormats
import ClaimsDomain
import Foundation
import TestSupport
import Testing

@Suite("Published remittances give the published figures", .temporaryFolder)
struct PublishedRemittanceTests {
  private static let all: [(id: String, make: @Sendable () throws -> RemittanceAdvice)] = [
    ("R1", PublishedRemittances.r1), ("R2", PublishedRemittances.r2), ("R3", PublishedRemittances.r3),
    ("R4", PublishedRemittances.r4), ("R5", PublishedRemittances.r5), ("R6", PublishedRemittances.r6),
    ("R8", PublishedRemittances.r8), ("R11", PublishedRemittances.r11),
  ]

  @Test("each matches its golden file, reads back equal and balances", arguments: all)
  func golden(id: String, make: @Sendable () throws -> RemittanceAdvice) throws {
    let advice = try make()
    let bytes = try Sample.file([advice])
    #expect(String(decoding: bytes, as: UTF8.self) == (try Golden.text("\(id).835")), "\(id)")
    #expect(try ReadBack(bytes).advices == [advice])
    #expect(try Audited(bytes).isClean)
  }

  @Test("an independent validator accepts them", .x12valid)
  func valid() async throws {
    let folder = try #require(TemporaryFolderTrait.current)
    let complaints = try await X12Valid.complaints(about: Sample.file(Self.all.map { try $0.make() }), in: folder)
    #expect(complaints.isEmpty, "\(complaints.prefix(4_000))")
  }

  @Test(
    "R1: 120.00 less CO 25.00 and PR-2 15.00 pays 80.00; the published CO-42 is read and never written")
  func r1() throws {
    let text = try Sample.text(PublishedRemittances.r1())
    #expect(text.contains("CLP*A-1001*1*120.00*80.00*15.00*12*"))
    #expect(text.contains("SVC*HC:99213*120.00*80.00**1~") && text.contains("AMT*B6*95.00~"))
    let old = text.replacing("CAS*CO*45*25.00", with: "CAS*CO*42*25.00")
    #expect(try old != text && Audited(old).isClean)
    #expect(throws: RemittanceError.self) { try ReadBack(Array(old.utf8)) }
  }

  @Test("R2: 200.00 less PR-1 50.00 pays 150.00")
  func r2() throws {
    let text = try Sample.text(PublishedRemittances.r2())
    #expect(text.contains("CLP*A-1001*1*200.00*150.00*50.00*") && text.contains("BPR*I*150.00*C*CHK*"))
  }

  @Test("R3: claim payments 450.00 and 495.00, responsibilities 300.00 and 600.00, one transfer of 945.00")
  func r3() throws {
    let text = try Sample.text(PublishedRemittances.r3())
    #expect(text.contains("BPR*I*945.00*C*ACH*CCP*01*"))
    #expect(text.contains("CLP*R3-1*1*800.00*450.00*300.00*") && text.contains("CLP*R3-2*1*1200.00*495.00*600.00*"))
  }

  @Test("R4: a secondary payer that allows 550.00 of 541.00 pays 34.00, with OA-94 below zero")
  func r4() throws {
    let text = try Sample.text(PublishedRemittances.r4())
    #expect(text.contains("CLP*R4-1*2*541.00*34.00**12*"))
    #expect(text.contains("CAS*OA*23*516.00**94*-9.00~") && text.contains("AMT*B6*550.00~"))
  }

  @Test("R5: nine dental claims on a check of 810.80; 180.00 less 152.00 and 11.20 is 16.80")
  func r5() throws {
    let advice = try PublishedRemittances.r5()
    #expect(
      advice.claims.map(\.paid.description).joined(separator: " ")
        == "132.00 74.00 108.00 14.00 16.80 132.00 108.00 82.00 144.00")
    #expect(
      advice.payment.amount.description == "810.80" && advice.claims[4].patientResponsibility.description == "11.20")
  }

  @Test("R6: 34.25, then 0.00 for what came too late, then 11.50, in one payment of 45.75")
  func r6() throws {
    let advice = try PublishedRemittances.r6()
    #expect(advice.claims.map(\.paid.description) == ["34.25", "0.00", "11.50"])
    #expect(advice.payment.amount.description == "45.75")
  }

  @Test("R7: BPR02 5.75 with claims of 5.75 and a PLB of -1.27 is refused at the check, by -1.27")
  func r7() throws {
    let claims = [try Sample.claim(charge: "5.75", paid: "5.75")]
    let raise = ProviderAdjustment(.adjustment, reference: "9876514", try Sample.money("-1.27"))
    let sum = try #require(
      try RemittanceDifference(expected: Sample.money("7.02"), found: Sample.money("5.75")))
    #expect(sum.difference.description == "-1.27")
    #expect(throws: RemittanceError.imbalance(sum, at: .check("70001"))) {
      try Sample.advice(paying: "5.75", claims, [raise])
    }
    let text = try Sample.text(Sample.advice(paying: "7.02", claims, [raise])).replacing(
      "BPR*I*7.02", with: "BPR*I*5.75")
    #expect(try Audited(text).sums == ["check -1.27"])
  }

  @Test(
    "R8: a reversal has status 22 and every amount negated, with the same groups and reasons; then the corrected claim")
  func r8() throws {
    let advice = try PublishedRemittances.r8()
    #expect(advice.claims.map(\.status) == [.reversal, .primary])
    let text = try Sample.text(advice)
    // A reversal has no CLP05.
    #expect(text.contains("CLP*A-1001*22*-150.00*-50.00**12*CLM-OLD*"))
    #expect(text.contains("SVC*HC:99213*-150.00*-50.00**1~"))
    #expect(text.contains("CAS*CO*45*-75.00~\nCAS*PR*1*-25.00~"))
    #expect(text.contains("CLP*A-1001*1*150.00*75.00**12*CLM-NEW*") && text.contains("REF*F8*CLM-OLD~"))
    #expect(throws: RemittanceError.correctionBeforeReversal(ClaimNumber("A-1001"))) {
      try Sample.advice(paying: "25.00", advice.claims.reversed())
    }
    #expect(throws: RemittanceError.reversalOfReversal(ClaimNumber("A-1001"))) { try advice.claims[0].reversed() }
  }

  @Test("R9: a check of -25.00 pays 0.00 with FB -25.00; the next check takes FB 25.00")
  func r9() throws {
    let first = try CheckPlan(claimsPaid: [Sample.money("-25.00")], carried: nil, trace: "T1")
    #expect(first.said == "0.00 FB:T1 -25.00 carried 25.00")
    let second = try CheckPlan(claimsPaid: [Sample.money("100.00")], carried: first.carriedForward, trace: "T2")
    #expect(second.said == "75.00 FB:T1 25.00")
  }

  @Test("R10: 600.00 and a reversal of 800.00, then 50.00: two checks of 0.00, the balance in and out on the second")
  func r10() throws {
    let first = try CheckPlan(
      claimsPaid: [Sample.money("600.00"), Sample.money("-800.00")], carried: nil, trace: "A")
    #expect(first.said == "0.00 FB:A -200.00 carried 200.00")
    let second = try CheckPlan(claimsPaid: [Sample.money("50.00")], carried: first.carriedForward, trace: "B")
    #expect(second.said == "0.00 FB:A 200.00 FB:B -150.00 carried 150.00")
    let advice = try Sample.advice(
      paying: "0.00", [Sample.claim(charge: "50.00", paid: "50.00")], second.adjustments, trace: "B")
    let text = try Sample.text(advice)
    #expect(text.contains("BPR*H*0.00*C*NON*") && text.contains("PLB*1234567893*20261231*FB:A*200.00*FB:B*-150.00~"))
    #expect(try Audited(text).isClean)
  }

  @Test("R11: lines paid 70.00 and 15.00, a claim adjustment of 5.00: 80.00 of 100.00")
  func r11() throws {
    let text = try Sample.text(PublishedRemittances.r11())
    #expect(text.contains("CLP*R11-1*2*100.00*80.00**12*CLM-R11-1*11~\nCAS*OA*23*5.00~"))
  }
}

extension CheckPlan {
  fileprivate var said: String {
    let lines = adjustments.map { "\($0.reason.rawValue):\($0.reference ?? "") \($0.amount)" }
    return ([payment.description] + lines + (carriedForward.map { ["carried \($0.amount)"] } ?? []))
      .joined(separator: " ")
  }
}
