import ClaimFormats
import ClaimsDomain
import Foundation
import Testing

@Suite("The table")
struct ClaimTableTests {
  @Test("looks like this")
  func looks() throws {
    var replay = try SampleReports.numbered("A-very-long-claim-number-1")
    replay.isReplay = true
    let table = ClaimTable(width: 80, color: false)
    let rows = [try SampleReports.paid(), replay, SampleReports.rejected].map(table.row)
    let text = table.header + rows.joined()
    #expect(
      text == """
        CLAIM        STATUS         CHARGE   ALLOWED    MEMBER      PAID  WHY
        --------------------------------------------------------------------------------
        ACME-1       paid           400.00    250.00     50.00    200.00  CO-45 PR-3
        A-very-long… paid      =    400.00    250.00     50.00    200.00  CO-45 PR-3
        (no number)  rejected            -         -         -         -  the claim's c…

        """)
  }

  @Test("is never wider than the terminal", arguments: [48, 59, 60, 73, 74, 80, 100, 104, 132, 200])
  func fits(_ width: Int) throws {
    let table = ClaimTable(width: width, color: false)
    let reports = [try SampleReports.paid(), SampleReports.rejected, try SampleReports.numbered("李李李李李李李李李李李李")]
    for line in (table.header + reports.map(table.row).joined()).split(separator: "\n") {
      #expect(line.columns <= width)
    }
  }

  @Test("in a file or a pipe, cuts nothing")
  func uncut() throws {
    let table = ClaimTable(width: nil, color: false)
    let name = "A-very-long-claim-number-1"
    #expect(table.row(try SampleReports.numbered(name)).hasPrefix(name + " "))
    let reason = try #require(SampleReports.rejected.reason)
    #expect(table.row(SampleReports.rejected).contains(reason.text))
  }

  @Test("says of a claim that was replaced since that it is shown as it was")
  func replaced() throws {
    var report = try SampleReports.paid()
    report.isReplacedSince = true
    #expect(ClaimTable(width: nil, color: false).row(report).contains("replaced since"))
    #expect(String(decoding: report.jsonLine, as: UTF8.self).contains(#""replaced_since":true"#))
    #expect(!String(decoding: try SampleReports.paid().jsonLine, as: UTF8.self).contains("replaced_since"))
  }

  @Test("keeps its columns aligned, whatever they contain", arguments: [48, 60, 80, 120])
  func aligned(_ width: Int) throws {
    let table = ClaimTable(width: width, color: false)
    let reports = [try SampleReports.paid(), try SampleReports.numbered("李李"), try SampleReports.numbered("x y z")]
    let ends = try reports.map { report in
      let row = table.row(report)
      let paid = try #require(row.firstRange(of: "200.00"))
      return row[..<paid.upperBound].columns
    }
    #expect(Set(ends).count == 1)
  }

  @Test("shows an amount in full, however large")
  func largeAmounts() throws {
    var report = try SampleReports.paid()
    report.charge = Money(cents: 99_999_999_99)
    report.planPaid = Money(cents: 99_999_999_99)
    for width in [60, 80, 120] {
      let row = ClaimTable(width: width, color: false).row(report)
      #expect(row.contains("99,999,999.99"))
    }
  }

  @Test("has the same text with and without colors")
  func color() throws {
    for report in [try SampleReports.paid(), SampleReports.rejected] {
      let plain = ClaimTable(width: 80, color: false).row(report)
      let painted = ClaimTable(width: 80, color: true).row(report)
      #expect(painted != plain)
      #expect(painted.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
    }
  }

  @Test(
    "JSON escapes characters that act on a terminal, and a decoder reads the same text",
    arguments: [
      "\u{0}", "\u{1B}[2J", "\u{7F}", "\u{85}", "\u{9B}31m", "\u{61C}", "\u{200F}", "\u{2028}", "\u{202E}x",
      "\u{2066}x",
    ])
  func json(text: String) throws {
    let report = ClaimReport(claimNumber: ClaimNumber("é 李 \(text)"), status: .suspended, charge: nil)
    let line = String(decoding: report.jsonLine, as: UTF8.self)
    #expect(
      line.unicodeScalars.allSatisfy {
        $0 == "\n" || !text.unicodeScalars.contains($0) || (0x20...0x7E).contains($0.value)
      })
    #expect(line.contains("é 李 "))
    #expect(try JSONDecoder().decode(ClaimReport.self, from: Data(line.utf8)) == report)
  }

  @Test(
    "contains no claim number that acts on the terminal", arguments: ["\u{1B}[2J", "a\nb", "\u{9B}31m", "\u{202E}evil"])
  func hostile(_ number: String) throws {
    let row = ClaimTable(width: 80, color: false).row(try SampleReports.numbered(number))
    #expect(row.count { $0 == "\n" } == 1)
    #expect(row.dropLast().unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) })
    #expect(!row.contains("\u{202E}"))
  }

  @Test("ends in a summary that distinguishes paid from paid before")
  func summary() throws {
    var replay = try SampleReports.paid()
    replay.isReplay = true
    var summary = ProcessSummary()
    for report in [try SampleReports.paid(), replay, SampleReports.rejected] { try summary.add(report) }
    summary.milliseconds = 1_500
    #expect(
      ClaimTable(width: 80, color: false).summary(summary) == """
        3 claims in 1.5 s
          paid             2  $400.00
          denied           0
          suspended        0
          rejected         1
        = replayed         1  $200.00 of it paid before, not again

        """)
  }
}
