import ClaimFormats
import ClaimsDomain
import Testing

@Suite("A file has any number of forms, and a form any number of pages")
struct FormPagesTests {
  /// A page of six services of 10.00 each, of a form that goes on.
  private static func page(_ number: Int, account: String = "CGC-1001", total: String) -> FormPage {
    var typed = TypedPage.professional(
      total: total, changing: ["56,23": account, "44,50": "   10 00", "46,50": "   10 00"])
    for line in [48, 50, 52, 54] {
      typed.type("02 16 26 02 16 26 11", line: line, column: 1)
      typed.type("J1885", line: line, column: 25)
      typed.type("A", line: line, column: 45)
      typed.type("   10 00", line: line, column: 50)
      typed.type("1", line: line, column: 59)
      typed.type("1245319599", line: line, column: 68)
    }
    return typed.page(number: number)
  }

  @Test("a form that says CONTINUED goes on with the page after it, and its services are counted through")
  func continued() throws {
    let pages = [Self.page(1, total: "CONTINUED"), Self.page(2, total: "120 00")]
    let readings = try FormReader().readings(of: pages)
    #expect(readings.count == 1 && readings[0].pages == [1, 2] && readings[0].doubts.isEmpty)
    guard case .claim(let claim, _) = readings[0].item(digest: "d", at: SourceLocation(.record, 1)) else {
      Issue.record("no claim")
      return
    }
    #expect(claim.lines.map(\.number) == Array(1...12) && claim.charge == Money(cents: 120_00))
  }

  @Test("forms that do not say so are separate, even of the same person")
  func separate() throws {
    let pages = [Self.page(1, total: "60 00"), Self.page(2, total: "60 00")]
    #expect(try FormReader().readings(of: pages).map(\.pages) == [[1], [2]])
  }

  @Test("a form whose next page is another account has no total, and the other form is read by itself")
  func torn() throws {
    let pages = [Self.page(1, total: "CONTINUED"), Self.page(2, account: "CGC-2002", total: "60 00")]
    let readings = try FormReader().readings(of: pages)
    #expect(readings.map(\.pages) == [[1], [2]] && readings[0].doubts == ["28 missing"] && readings[1].doubts.isEmpty)
  }

  @Test("no form goes on over a page that could not be read: both parts wait for a person", arguments: [true, false])
  func lost(isRead: Bool) throws {
    let letter = FormPage(
      number: 2, width: 612, height: 792,
      words: (0..<60).map { index in
        let (left, top) = (72 + Double(index % 6) * 60, 100 + Double(index / 6) * 17)
        return PlacedWord("Dear\(index)", in: PageBox(left: left, top: top, right: left + 40, bottom: top + 11))
      })
    let pages = [Self.page(1, total: "CONTINUED"), Self.page(3, total: "180 00")] + (isRead ? [letter] : [])
    let found = try FormReader().found(
      on: pages.sorted { $0.number < $1.number }, unreadable: isRead ? [] : [2])
    #expect(found.readings.map(\.pages) == [[1], [3]])
    #expect(found.readings.map(\.doubts) == [["28 missing"], ["28 total"]])
    #expect(found.faults.map(\.location) == (isRead ? [SourceLocation(.page, 2)] : []))
  }

  @Test("a page that could not be read before or after a form changes nothing about it")
  func beside() throws {
    let found = try FormReader().found(on: [Self.page(2, total: "60 00")], unreadable: [1, 3])
    #expect(found.readings.map(\.pages) == [[2]] && found.readings[0].doubts.isEmpty)
  }

  @Test("a page that says something else than the one before it is in doubt, box by box")
  func contradicting() throws {
    var other = TypedPage.professional(total: "411 00", changing: ["40,50": "AUTH9999"])
    other.type("", line: 1, column: 1)
    let pages = [TypedPage.professional(total: "CONTINUED").page(), other.page(number: 2)]
    let reading = try #require(try FormReader().readings(of: pages).first)
    #expect(reading.pages == [1, 2] && reading.doubts == ["23@2 contradicted"])
    #expect(reading.correcting("23@2", to: "AUTH7781").doubts.isEmpty)
    #expect(reading.correcting("23", to: "AUTH9999").doubts.isEmpty)
  }
}

@Suite("A UB-04 is the claim that an 837 would have been")
struct InstitutionalFormTests {
  private static func reading(_ page: TypedPage) throws -> FormReading {
    try #require(try FormReader().readings(of: [page.page()]).first)
  }

  private static func claim(_ page: TypedPage) throws -> SubmittedClaim {
    let reading = try reading(page)
    guard case .claim(let claim, _) = reading.item(digest: "d", at: SourceLocation(.record, 1)) else {
      throw FileFault(what: "\(reading.doubts)", advice: "")
    }
    return claim
  }

  @Test("every fact of a UB-04 has its place in the claim")
  func facts() throws {
    let claim = try Self.claim(.institutional())
    #expect(claim.kind == .institutional && claim.claimNumber == ClaimNumber("LGH-77"))
    #expect(claim.payer == Payer(id: PayerID("HARB1"), name: "HARBOR HEALTH PLAN") && claim.payerSequence == .primary)
    #expect(claim.facilityCode == "13" && claim.frequency == .original && claim.charge == Money(cents: 1310_00))
    #expect(claim.statementDates?.first == CalendarDate(parsing: "2026-02-05"))
    #expect(claim.lines.map(\.revenueCode) == ["0510", "0540"] && claim.lines[1].procedure?.modifiers == ["RH"])
    #expect(claim.lines[1].serviceDates == claim.statementDates && claim.diagnoses == ["R0789", "I10"])
    #expect(
      claim.priorAuthorization == "AUTH9004" && claim.stay?.patientStatus == "01" && claim.assignsBenefits == true)
    #expect(claim.billingProvider.address?.city == "SPRINGFIELD" && claim.billingProvider.npi == "1730165598")
  }

  @Test("days, liability and payers before us are read from the codes of the form")
  func codes() throws {
    var page = TypedPage.institutional()
    page.type("02", line: 11, column: 1)
    page.type("020426", line: 11, column: 4)
    page.type("80", line: 14, column: 44)
    page.type("300", line: 14, column: 53)
    page.type("14", line: 14, column: 57)
    page.type("25000", line: 14, column: 64)
    page.type("21", line: 9, column: 35)
    let claim = try Self.claim(page)
    #expect(claim.relatedCauses == ["AA"] && claim.earlierPayer == "14" && claim.stay?.coveredDays == 3)
    #expect(claim.stay?.isForDenial == true && SuspenseReason(claim) == .billedForDenial)
  }

  @Test("with a second payer and no payment, nothing says who is asked, and the claim waits")
  func unclearPayer() throws {
    let claim = try Self.claim(
      .institutional(payers: [("HARBOR HEALTH PLAN", "HARB1", nil), ("LAKESIDE", "LAKE9", nil)]))
    #expect(claim.payerSequence == .other && SuspenseReason(claim, coordinates: true) == .otherPayerFirst)
  }

  @Test(
    "the first payer that has not paid is asked, in its turn, and the claim waits for the other's decision as an 837 does"
  )
  func secondary() throws {
    let claim = try Self.claim(
      .institutional(payers: [("LAKESIDE", "LAKE9", "50000"), ("HARBOR HEALTH PLAN", "HARB1", nil)]))
    #expect(claim.payer.id == PayerID("HARB1") && claim.payerSequence == .secondary)
    #expect(claim.subscriber.memberID == MemberID("HH700800901"))
    #expect(claim.otherPayers == [OtherPayer(id: PayerID("LAKE9"), sequence: .primary, paid: Money(cents: 500_00))])
    #expect(SuspenseReason(claim, coordinates: true) == .otherPayerUnbalanced)
  }

  @Test("when every payer has paid, nobody is asked")
  func allPaid() throws {
    let reading = try Self.reading(.institutional(payers: [("HARBOR HEALTH PLAN", "HARB1", "50000")]))
    #expect(reading.doubts == ["FL54A contradicted"])
  }

  @Test("a total right below the last service is the total, and no service")
  func totalRow() throws {
    let page = TypedPage.institutional(changing: ["41,1": "", "41,64": ""])
    var moved = page
    moved.type("0001", line: 21, column: 1)
    moved.type("131000", line: 21, column: 64)
    #expect(try Self.claim(moved).lines.count == 2 && (try Self.claim(moved)).charge == Money(cents: 1310_00))
  }
}
