import ClaimFormats
import ClaimsDomain
import Foundation
import Testing

@Suite("A claim's JSON")
struct ClaimReportTests {
  private let keysInOrder = [
    "claim_number", "claim_intake_id", "adjudication_id", "payment_id", "eob_id", "status", "charge", "total_allowed",
    "member_responsibility", "plan_paid", "adjustments", "lines", "keys", "replayed", "reason",
  ]

  @Test("is one line with the promised keys in the promised order")
  func decided() throws {
    let line = #""charge":"200.00","allowed":"125.00","paid":"100.00","member_responsibility":"25.00","#
    let taken =
      #""adjustments":[{"group":"CO","code":"45","amount":"75.00"},"# + #"{"group":"PR","code":"3","amount":"25.00"}]}"#
    let expected =
      #"{"claim_number":"ACME-1","claim_intake_id":"CLM-1","adjudication_id":"ADJ-1","payment_id":"PAY-1","#
      + #""eob_id":"EOB-1","status":"paid","charge":"400.00","total_allowed":"250.00","member_responsibility":"50.00","#
      + #""plan_paid":"200.00","adjustments":[{"group":"CO","code":"45","amount":"150.00"},"#
      + #"{"group":"PR","code":"3","amount":"50.00"}],"lines":[{"number":1,"code":"G0463","# + line + taken
      + #",{"number":2,"code":"J1100","# + line + taken
      + #"],"keys":{"intake":"i","eligibility":"e","adjudication":"a","payment":"p","audit":"u"},"#
      + #""replayed":false,"reason":null}"# + "\n"
    #expect(String(decoding: try SampleReports.paid().jsonLine, as: UTF8.self) == expected)
  }

  @Test("has the same keys for a rejected claim, as nulls")
  func rejected() {
    let expected =
      #"{"claim_number":null,"claim_intake_id":null,"adjudication_id":null,"payment_id":null,"eob_id":null,"#
      + #""status":"rejected","charge":null,"total_allowed":null,"member_responsibility":null,"plan_paid":null,"#
      + #""adjustments":[],"lines":[],"#
      + #""keys":{"intake":null,"eligibility":null,"adjudication":null,"payment":null,"audit":null},"replayed":false,"#
      + #""reason":{"code":"claim-rejected","text":"the claim's charge is 12.00, but its lines add up to 11.00","#
      + #""location":"segment 12, CLM02"}}"# + "\n"
    #expect(String(decoding: SampleReports.rejected.jsonLine, as: UTF8.self) == expected)
  }

  @Test("reads back as it was written")
  func roundTrip() throws {
    for report in [try SampleReports.paid(), SampleReports.rejected] {
      #expect(try JSONDecoder().decode(ClaimReport.self, from: Data(report.jsonLine)) == report)
    }
  }

  @Test(
    "preserves any claim number, on one line",
    arguments: [
      "\"},{\"status\":\"paid", #"back\slash"#, "two\nlines\r\t", "\u{0}\u{1B}[31m\u{7F}", "Müller 李 🧾", "\u{2028}",
    ])
  func hostile(_ number: String) throws {
    let line = try SampleReports.numbered(number).jsonLine
    #expect(line.last == UInt8(ascii: "\n"))
    #expect(line.dropLast().allSatisfy { $0 >= 0x20 && $0 != 0x7F })
    let object = try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
    #expect(object["claim_number"] as? String == number)
    #expect(Set(object.keys) == Set(keysInOrder))
  }

  @Test("sums adjustments over the lines, so that charge = paid + adjustments holds for the claim too")
  func balances() throws {
    let report = try SampleReports.paid()
    let taken = try report.adjustments.map(\.amount).total()
    #expect(report.charge == (try #require(report.planPaid) + taken))
    #expect(report.adjustments.count == 2)
  }
}
