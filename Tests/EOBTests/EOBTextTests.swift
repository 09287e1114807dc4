import ClaimFormats
import ClaimsDomain
import Testing

@Suite("The plain-text letter")
struct EOBTextTests {
  @Test("is never wider than 80 columns and contains nothing that acts on a terminal")
  func hostile() throws {
    let text = EOBText().text(try EOBLetter(try HostileClaim.make()))
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      #expect(line.columns <= 80)
      #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) })
    }
  }

  @Test("is never wider than 80 columns, even with the largest amounts a claim may have")
  func largest() throws {
    let charge = Money.claimLimit
    var eob = try EOBSamples.denied()
    eob.claim.lines[0].charge = charge
    eob.decision = try Decision(
      lines: [try EOBSamples.denial(of: eob.claim.lines[0], .patientResponsibility, "27", .coverageTerminated)],
      ruleset: RulesetID("2026.1"))
    let text = EOBText().text(try EOBLetter(eob))
    #expect(text.contains("$99,999,999.99"))
    for line in text.split(separator: "\n") { #expect(line.columns <= 80) }
  }

  @Test("states first that it is not a bill", arguments: EOBSamples.all.map(\.name))
  func notABill(_ name: String) throws {
    let lines = EOBText().text(try EOBLetter(try EOBSamples.named(name))).split(separator: "\n")
    #expect(lines[2].contains("THIS IS NOT A BILL."))
  }

  @Test("states what is owed for every kind of outcome")
  func headlines() throws {
    func text(_ eob: ExplanationOfBenefits) throws -> String { EOBText().text(try EOBLetter(eob)) }
    #expect(try text(try EOBSamples.paid()).contains("\nYou may owe $449.00.\n"))
    #expect(try text(try EOBSamples.memberOwesAll()).contains("\nYou may owe $1,218.75.\n"))
    #expect(try text(try EOBSamples.denied()).contains("\nYour plan did not pay. You may owe $210.00.\n"))
    var late = try EOBSamples.denied()
    late.decision = try Decision(
      lines: [try EOBSamples.denial(of: late.claim.lines[0], .contractual, "29", .timelyFiling)],
      ruleset: RulesetID("2026.1"))
    #expect(try text(late).contains("\nYour plan did not pay. You owe nothing.\n"))
    #expect(try text(late).contains("Not payable                  $210.00"))
  }
}
