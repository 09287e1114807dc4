import ClaimFormats
import ClaimsDomain
import Foundation
import Testing

@Suite("The day on which a file says that its claims were made")
struct StatedDayTests {
  /// The stated day of each claim of a file.
  private static func days(_ text: String) throws -> [StatedDay?] {
    var reader = try ClaimFileReader(MemoryBytes(text.utf8))
    var days: [StatedDay?] = []
    while let item = try reader.next() {
      if case .claim = item { days.append(reader.statedDay) }
    }
    return days
  }

  private static func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(parsing: text)) }

  private static func claim(bht04: String, gs04: String = "20260302") throws -> String {
    try Fixture.text("professional.x12")
      .replacing("*B20260302*20260302*", with: "*B20260302*\(bht04)*")
      .replacing("*HARBORHEALTH*20260302*0815*1*", with: "*HARBORHEALTH*\(gs04)*0815*1*")
  }

  @Test("an 837 says it in BHT04, whatever its group and its interchange say")
  func transaction() throws {
    let days = try Self.days(try Self.claim(bht04: "20260228"))
    let place = SourceLocation(.segment, 4, element: "BHT04")
    #expect(!days.isEmpty && Set(days) == [.day(try Self.day("2026-02-28"), at: place)])
  }

  @Test("each transaction has a day of its own")
  func twoTransactions() throws {
    let text = try Fixture.text("two-interchanges.x12")
    let stated = text.matches(of: /BHT\*[^*~]*\*[^*~]*\*[^*~]*\*(\d{8})\*/).map { String($0.output.1) }
    try #require(stated.count > 1)
    let other = try #require(
      text.range(of: "*\(stated[1])*", range: text.ranges(of: "BHT*")[1].lowerBound..<text.endIndex))
    let days = try Self.days(text.replacingCharacters(in: other, with: "*20260115*")).compactMap(\.self)
    let found = days.compactMap { if case .day(let day, _) = $0 { day } else { nil } }
    #expect(found.contains(try Self.day("2026-01-15")) && Set(found).count == 2, "\(days)")
  }

  @Test("where BHT04 is absent, GS04 of its group says it")
  func group() throws {
    let days = try Self.readings(try Self.claim(bht04: "", gs04: "20260227"))
    #expect(days == [.day(try Self.day("2026-02-27"), at: SourceLocation(.segment, 2, element: "GS04"))])
  }

  /// The stated days of claims and rejections: a guide may reject a claim whose header lacks a part.
  private static func readings(_ text: String) throws -> Set<StatedDay?> {
    var reader = try ClaimFileReader(MemoryBytes(text.utf8))
    var days: Set<StatedDay?> = []
    while try reader.next() != nil { days.insert(reader.statedDay) }
    return days
  }

  @Test(
    "a day that cannot be read is none, and is not taken from elsewhere",
    arguments: [("2026022", "CCYYMMDD"), ("20260230", "does not exist"), ("YESTERDAY", "CCYYMMDD")])
  func unreadable(bht04: String, why: String) throws {
    for day in try Self.readings(try Self.claim(bht04: bht04)) {
      guard case .unknown(let location, let reason) = day else {
        Issue.record("\(String(describing: day))")
        continue
      }
      #expect(location == SourceLocation(.segment, 4, element: "BHT04"))
      #expect(reason.contains(why) && !reason.contains(bht04), "\(reason)")
    }
  }

  @Test("an 837 that says it nowhere is told so, with the place")
  func nowhere() throws {
    for day in try Self.readings(try Self.claim(bht04: "", gs04: "")) {
      guard case .unknown(let location, let reason) = day else {
        Issue.record("\(String(describing: day))")
        continue
      }
      #expect(location.element == "BHT04" && reason.contains("neither BHT04 nor GS04"), "\(location) \(reason)")
    }
  }

  @Test(
    "a FHIR claim says it in created, as a day or a moment",
    arguments: ["2026-02-28", "2026-02-28T23:30:00-08:00"])
  func fhir(created: String) throws {
    let place = SourceLocation(.record, 1, element: "Claim.created")
    #expect(
      try Self.days(try Self.fhirClaim(created: created)) == [.day(try Self.day("2026-02-28"), at: place)])
  }

  @Test("a FHIR claim without created, or with a part of a day, states none", arguments: [nil, "2026-02", "2026"])
  func fhirNone(created: String?) throws {
    guard case .unknown(let location, _)? = try Self.days(try Self.fhirClaim(created: created)).first ?? nil else {
      Issue.record("it states a day")
      return
    }
    #expect(location == SourceLocation(.record, 1, element: "Claim.created"))
  }

  private static func fhirClaim(created: String?) throws -> String {
    let line = try #require(
      try Fixture.fhir("claims.ndjson").split(separator: "\n").first { $0.contains(/"resourceType": ?"Claim"/) })
    var claim = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    claim["created"] = created
    return String(decoding: try JSONSerialization.data(withJSONObject: claim), as: UTF8.self)
  }

  @Test("a JSON claim has no place for it")
  func json() throws {
    guard case .unknown(let location, let reason)? = try Self.days(try Fixture.text("claim.json")).first ?? nil else {
      Issue.record("it states a day")
      return
    }
    #expect(location == SourceLocation(.record, 1) && reason.contains("JSON"), "\(reason)")
  }

  @Test("a UB-04 says it in its creation date, unless that is in doubt; a CMS-1500 has no box for it")
  func forms() throws {
    func form(_ kind: FormKind, _ value: String?, doubts: [FieldDoubt] = []) -> StatedDay {
      let box = PageBox(left: 0, top: 0, right: 1, bottom: 1)
      let field = FieldReading(
        field: "FL45.created", page: 1, box: box, text: "", value: value, confidence: nil, doubts: doubts)
      return FormReading(kind: kind, pages: [1], fields: value == nil ? [] : [field])
        .statedDay(at: SourceLocation(.page, 1))
    }
    #expect(
      form(.ub04, "2026-03-09")
        == .day(try Self.day("2026-03-09"), at: SourceLocation(.page, 1, element: "FL45.created")))
    for none in [form(.ub04, nil), form(.ub04, "2026-03-09", doubts: [.faint]), form(.cms1500, "2026-03-09")] {
      guard case .unknown = none else {
        Issue.record("\(none)")
        continue
      }
    }
  }
}
