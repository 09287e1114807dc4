import ClaimFormats
import ClaimsDomain
import Testing

@Suite("The summary")
struct ProcessSummaryTests {
  @Test("counts every claim once, and replays separately")
  func counts() throws {
    var replay = try SampleReports.paid()
    replay.isReplay = true
    var summary = ProcessSummary()
    for report in [try SampleReports.paid(), replay, SampleReports.rejected] { try summary.add(report) }
    summary.milliseconds = 1_042
    let expected =
      #"{"summary":{"claims":3,"paid":2,"denied":0,"suspended":0,"rejected":1,"replaced":0,"unknown":0,"replayed":1,"#
      + #""amount_paid":"400.00","seconds":1.042}}"# + "\n"
    #expect(String(decoding: summary.jsonLine, as: UTF8.self) == expected)
    #expect(summary.amountReplayed == Money(cents: 200_00))
  }

  @Test("adds no amount for a claim that is not paid")
  func onlyPaid() throws {
    var suspended = try SampleReports.paid()
    suspended.status = .suspended
    var summary = ProcessSummary()
    try summary.add(suspended)
    #expect(summary.amountPaid == .zero)
  }

  @Test("refuses an amount beyond 64 bits instead of wrapping around, and counts nothing in that case")
  func overflow() throws {
    var huge = try SampleReports.paid()
    huge.planPaid = Money(cents: .max)
    var summary = ProcessSummary()
    try summary.add(huge)
    let before = summary
    #expect(throws: MoneyError.overflow) { try summary.add(huge) }
    #expect(summary == before)
  }

  @Test(
    "writes milliseconds as seconds without floating point",
    arguments: [(0, "0"), (7, "0.007"), (40, "0.04"), (500, "0.5"), (2_000, "2"), (61_230, "61.23"), (-1_500, "-1.5")])
  func seconds(milliseconds: Int, text: String) {
    var json = OrderedJSON()
    json.seconds(milliseconds: milliseconds)
    #expect(String(decoding: json.bytes, as: UTF8.self) == text)
  }
}
