import ClaimsDomain
import Testing

@Suite("Another payer's decision in an 837")
struct OtherPayerTests {
  /// A secondary claim with two lines and the first payer's decision: 2320 with AMT*D, 2430 with SVD and CAS.
  private static let envelope = """
    ISA*00*          *00*          *ZZ*CLINIC         *ZZ*PAYER          *260301*1200*^*00501*000000001*0*T*:~
    GS*HC*CLINIC*PAYER*20260301*1200*1*X*005010X222A1~ST*837*0001*005010X222A1~BHT*0019*00*1*20260301*1200*CH~NM1*41*2*CLINIC*****46*CLINIC~
    HL*1**20*1~NM1*85*2*CEDAR CLINIC*****XX*1234567893~HL*2*1*22*0~SBR*S*18*******CI~
    NM1*IL*1*QUENNELL*MARISOL****MI*M1~NM1*PR*2*SECOND HEALTH*****PI*SECOND~
    CLM*C1*150***11:B:1*Y*A*Y*Y~HI*ABK:J069~
    SBR*P*18*******CI~CAS*PR*3*0~AMT*D*%D~OI***Y***Y~NM1*IL*1*QUENNELL*MARISOL****MI*X7~
    NM1*PR*2*FIRST HEALTH*****PI*FIRST~
    SBR*T*18*******CI~OI***Y***Y~NM1*IL*1*QUENNELL*MARISOL****MI*Y8~NM1*PR*2*THIRD HEALTH*****PI*THIRD~
    LX*1~SV1*HC:G0463*100*UN*1***1~DTP*472*D8*20260216~SVD*FIRST*70*HC:G0463**1~CAS*CO*45*20~CAS*PR*1*4*1*2*6~
    DTP*573*D8*20260225~
    LX*2~SV1*HC:J1885*50*UN*1***1~DTP*472*D8*20260216~SVD*FIRST*30*HC:J1885**1~CAS*CO*45*20~
    SE*30*0001~GE*1*1~IEA*1*000000001~
    """

  private static func claim(paid: String = "100") throws -> SubmittedClaim {
    let text = envelope.replacing("\n", with: "").replacing("%D", with: paid)
    return try #require(try Reading(text).claim("C1"))
  }

  @Test("is read in lowercase too: a patient's share counts however it is written")
  func smallLetters() throws {
    let text = Self.envelope.replacing("\n", with: "").replacing("%D", with: "100")
    let small = text.replacing("CAS*PR*", with: "CAS*pr*").replacing("CAS*CO*", with: "CAS*co*")
    #expect(try Reading(small).claim("C1")?.lines.map(\.otherPayers) == Self.claim().lines.map(\.otherPayers))
  }

  @Test("is read by payer and by line; a payer that comes after us has decided nothing")
  func read() throws {
    let claim = try Self.claim()
    let payers = try #require(claim.otherPayers)
    #expect(payers.map(\.id) == [PayerID("FIRST"), PayerID("THIRD")] && payers[0].sequence == .primary)
    #expect(claim.payersBefore.map(\.id) == [PayerID("FIRST")])
    #expect(payers[0].paid == Money(cents: 100_00))
    let first = try #require(claim.lines[0].otherPayers?.first)
    #expect(first.payer == PayerID("FIRST") && first.paid == Money(cents: 70_00))
    #expect(
      first.adjustments.map { "\($0.group)-\($0.reason) \($0.amount)" } == ["CO-45 20.00", "PR-1 4.00", "PR-2 6.00"])
    #expect(claim.payer.id == PayerID("SECOND") && claim.memberID == MemberID("M1"))
  }

  @Test("that cannot be read sends the claim back: the amount another payer paid is never guessed")
  func unreadable() throws {
    let text = Self.envelope.replacing("\n", with: "").replacing("%D", with: "abc")
    #expect(try Reading(text).rejection("C1")?.location.element == "AMT02")
  }
}
