import ClaimFormats
import ClaimsDomain
import Testing

@Suite("A claim that is not finished here")
struct ClaimStatusTests {
  @Test(
    "is shown as replaced or unknown, and does not count as paid", arguments: [ClaimReport.Status.replaced, .unknown])
  func shown(_ status: ClaimReport.Status) throws {
    var report = try SampleReports.paid()
    report.status = status
    var summary = ProcessSummary()
    try summary.add(report)
    let (json, word) = (String(decoding: report.jsonLine, as: UTF8.self), status.rawValue)
    #expect(json.contains(#""status":"\#(word)""#))
    let table = ClaimTable(width: 80, color: false)
    #expect(table.row(report).contains(" \(word) "))
    #expect(table.summary(summary).contains("\n  \(word) "))
    #expect(String(decoding: summary.jsonLine, as: UTF8.self).contains(#""\#(word)":1"#))
    #expect(summary.amountPaid == .zero, "no part of it counts as paid")
  }
}
