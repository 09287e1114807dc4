import ClaimFormats
import ClaimsDomain
import Foundation
import Testing

@Suite("JSON claims")
struct JSONClaimTests {
  private static func record() throws -> String { try Fixture.text("claim.json") }

  @Test("a claim is read field by field")
  func fields() throws {
    let claim = try #require(try Reading(Self.record()).claim("CGC-2001"))
    #expect(claim.kind == .professional && claim.charge == Money(cents: 240_50))
    #expect(claim.payerSequence == .primary && claim.frequency == .original)
    #expect(claim.diagnoses == ["E119", "I10"] && claim.patient == .subscriber)
    #expect(claim.lines.map(\.number) == [1, 2] && claim.lines.map(\.placeOfService) == ["11", "11"])
    #expect(claim.lines.map(\.units) == [.one, Units(4)])
    #expect(claim.lines[0].procedure == ProcedureCode(code: "G0463", modifiers: ["25"]))
  }

  @Test("one object, an array and one object per line give the same claims")
  func layouts() throws {
    let array = try Reading(Fixture.text("claims.json"))
    #expect(array.claims.count == 3 && array.items.count == 3)
    #expect(try Reading(Fixture.text("claims.ndjson")) == array)
    #expect(try Reading(Self.record()).claims == Array(array.claims[..<1]))
  }

  @Test(
    "records of an array are separated as JSON separates them, and nothing stands after it",
    arguments: [
      ("[<, >]", 2), (" [ < , > ] ", 2), ("[< >]", 1), ("[<,,>]", 1), ("[,<,>]", 1), ("[<]>", 1), ("[<][>]", 1),
    ])
  func separators(text: String, good: Int) throws {
    let records = try Fixture.text("claims.ndjson").split(separator: "\n")
    let reading = try Reading(text.replacing("<", with: records[0]).replacing(">", with: records[1]))
    #expect(reading.claims.count == good && reading.rejections.isEmpty == (good == 2), "\(reading.rejections)")
  }

  @Test("white space, key order and the notation of amounts do not change a claim; a changed value does")
  func digest() throws {
    let plain = try Reading(Self.record()).claims.map(\.digest)
    let other = try Self.record().replacing("\n", with: "").replacing("\"240.50\"", with: "\"240.5\"")
    #expect(try Reading(other).claims.map(\.digest) == plain)
    #expect(try Reading(Self.record().replacing("I10", with: "I11")).claims.map(\.digest) != plain)
  }

  @Test(
    "a wrong value is reported with its path",
    arguments: [
      ("\"charge\": \"60.50\"", "\"charge\": 60.5", "lines[1].charge", "must be text in quotes"),
      ("\"charge\": \"60.50\"", "\"charge\": \"-60.50\"", "lines[1].charge", "the amount is negative"),
      (
        "\"charge\": \"60.50\"", "\"charge\": \"sixty\"", "lines[1].charge",
        "an amount must look like 125, 125.5 or 125.50"
      ),
      (
        "\"charge\": \"60.50\"", "\"chrage\": \"60.50\"", "lines[1].chrage",
        "a claim has no such key; did you mean \"charge\"?"
      ),
      (
        "\"birth_date\": \"1981-05-14\"", "\"birth_date\": \"1981-02-30\"", "subscriber.birth_date",
        "not a day of the calendar (YYYY-MM-DD)"
      ),
      ("\"member_id\": \"HH100200300\"", "\"member_id\": \" \"", "subscriber.member_id", "is empty"),
      ("\"member_id\": \"HH100200300\",", "", "subscriber.member_id", "is missing"),
      ("\"payer_sequence\": \"primary\",", "", "payer_sequence", "is missing"),
      ("\"frequency\": \"1\",", "", "frequency", "is missing"),
      ("\"assigns_benefits\": true,", "", "assigns_benefits", "is missing"),
      ("\"code_qualifier\": \"HC\",", "", "lines[0].code_qualifier", "is missing"),
      ("\"units\": \"4\",", "", "lines[1].units", "is missing"),
      (
        "\"assigns_benefits\": true", "\"assigns_benefits\": true, \"related_causes\": [\"X\"]", "related_causes",
        "must be of AA (automobile), EM (employment) and OA (other accident)"
      ),
      ("\"kind\": \"professional\"", "\"kind\": \"dental\"", "kind", "must be professional or institutional"),
      (
        "\"diagnoses\":", "\"$comment\": \"\", \"diagnosis\":", "diagnosis",
        "a claim has no such key; did you mean \"diagnoses\"?"
      ),
      ("\"E11.9\",\n    \"I10\"", "", "diagnoses", "the claim has no diagnosis"),
      ("\"E11.9\"", "\" . \"", "diagnoses[0]", "is empty"),
      (
        "\"I10\"", (1...12).map { "\"A0\($0)\"" }.joined(separator: ","), "diagnoses",
        "the claim has 13 diagnoses; professional claims may have 12"
      ),
      (
        "\"diagnosis_pointers\": [", "\"diagnosis_pointers\": [0,", "lines[0].diagnosis_pointers",
        "must be from 1 to 2, the number of the claim's diagnoses"
      ),
      (
        "\"diagnosis_pointers\": [", "\"diagnosis_pointers\": [3,", "lines[0].diagnosis_pointers",
        "must be from 1 to 2, the number of the claim's diagnoses"
      ),
      (
        "\"diagnosis_pointers\": [", "\"diagnosis_pointers\": [1, 1, 1,", "lines[0].diagnosis_pointers",
        "a line points to four diagnoses at most"
      ),
      (
        "\"diagnosis_pointers\": [\n        1\n      ]", "\"diagnosis_pointers\": []", "lines[1].diagnosis_pointers",
        "a professional service points to at least one of the claim's diagnoses"
      ),
      (
        ",\n      \"diagnosis_pointers\": [\n        1\n      ]", "", "lines[1].diagnosis_pointers",
        "a professional service points to at least one of the claim's diagnoses"
      ),
    ])
  func wrongValue(part: String, replacement: String, path: String, reason: String) throws {
    let text = try Self.record()
    #expect(text.contains(part))
    let reading = try Reading(text.replacing(part, with: replacement, maxReplacements: 1))
    #expect(reading.rejections.map(\.location) == [SourceLocation(.record, 1, element: path)])
    #expect(reading.rejections.map(\.reason) == [reason])
    #expect(reading.rejections.map(\.claimNumber) == [ClaimNumber("CGC-2001")])
  }

  @Test("everything that is wrong with a claim is reported at once, and each thing once")
  func all() throws {
    let changes = [
      ("\"kind\": \"professional\"", "\"kind\": \"dental\""), ("\"frequency\": \"1\",", ""),
      ("\"member_id\": \"HH100200300\"", "\"member_id\": 7, \"colour\": \"blue\""),
      ("\"birth_date\": \"1981-05-14\"", "\"birth_date\": \"1981-02-30\""),
      ("\"code_qualifier\": \"HC\",", ""), ("\"charge\": \"60.50\"", "\"charge\": \"-60.50\""),
      ("\"units\": \"4\",", ""),
    ]
    let text = try changes.reduce(Self.record()) { text, change in
      #expect(text.contains(change.0))
      return text.replacing(change.0, with: change.1, maxReplacements: 1)
    }
    let rejection = try #require(try Reading(text).rejections.first)
    let all = [rejection.location.element] + rejection.further.map(\.location.element)
    #expect(
      Set(all) == [
        "kind", "frequency", "subscriber.member_id", "subscriber.colour", "subscriber.birth_date",
        "lines[0].code_qualifier", "lines[1].charge", "lines[1].units",
      ] && all.count == 8, "\(all)")
    #expect(rejection.claimNumber == ClaimNumber("CGC-2001"))
  }

  @Test("a comment for people changes nothing")
  func comment() throws {
    let plain = try Reading(Self.record())
    let other = try Reading(Self.record().replacing("{", with: "{\"$comment\": \"made up\",", maxReplacements: 1))
    #expect(other.claims == plain.claims && other.rejections.isEmpty)
  }

  @Test("a hostile record is refused in bounded time with a hundred problems, and word that there are more")
  func hostile() throws {
    let lines = String(repeating: "{},", count: 400_000).dropLast()
    let keys = (0..<2_000).map { "\"\(String(repeating: "k", count: 500))\($0)\": 0" }.joined(separator: ",")
    for text in ["{\"lines\": [\(lines)]}", "{\(keys)}"] {
      let rejection = try #require(try Reading(text).rejections.first)
      #expect(rejection.further.count == 100)
      #expect(rejection.further.last?.reason == "more is wrong from here on; correct what is listed first")
    }
  }

  @Test("codes and modifiers are read in capitals, without surrounding blanks")
  func codes() throws {
    let text = try Self.record().replacing("\"25\"", with: "\" tc \"").replacing("\"G0463\"", with: "\"g0463 \"")
    let claim = try #require(try Reading(text).claim("CGC-2001"))
    #expect(claim.lines[0].procedure == ProcedureCode(code: "G0463", modifiers: ["TC"]))
  }

  @Test("an invalid modifier is refused", arguments: ["", " ", "TCX", "2"])
  func modifiers(modifier: String) throws {
    let reading = try Reading(Self.record().replacing("\"25\"", with: "\"\(modifier)\""))
    #expect(reading.rejections.map(\.location.element) == ["lines[0].modifiers[0]"])
  }

  @Test("only the broken line of NDJSON is rejected, with its number")
  func brokenLine() throws {
    let lines = try Fixture.text("claims.ndjson").split(separator: "\n")
    let reading = try Reading([lines[0], lines[1].dropLast(40), lines[2]].joined(separator: "\n"))
    #expect(reading.claims.count == 2)
    #expect(reading.rejections.map(\.location.number) == [2])
    let column = lines[1].count - 40 + 1
    #expect(reading.rejections.map(\.reason) == ["the record is not valid JSON at line 2, column \(column)"])
  }

  @Test("where a record is not JSON is told by the lines of the file", arguments: ["", "\n", "\n\n  ", "\t"])
  func placeInFile(space: String) throws {
    let good = try Self.record()
    let list = "[\(good),\(space)\(good.replacing("\"payer\":", with: "\"payer\"é"))]"
    let before = try #require(list.range(of: "\"payer\"é")).upperBound
    let lines = list[..<list.index(before: before)].split(separator: "\n", omittingEmptySubsequences: false)
    let place = "line \(lines.count), column \((lines.last?.count ?? 0) + 1)"
    let reading = try Reading(list)
    #expect(reading.claims.count == 1)
    #expect(reading.rejections.map(\.reason) == ["the record is not valid JSON at \(place)"])
  }

  @Test("a byte order mark counts as no character")
  func markedPlace() throws {
    let reasons = try ["", "\u{FEFF}"].map { try Reading($0 + #"{"kind" 1}"#).rejections.map(\.reason) }
    #expect(reasons == Array(repeating: ["the record is not valid JSON at line 1, column 9"], count: 2))
  }

  @Test("a number that no claim can have is not called a fault of JSON")
  func hugeNumber() throws {
    let huge = try Self.record().replacing(
      /"diagnosis_pointers": *\[\s*1/, with: "\"diagnosis_pointers\": [99999999999999999999", maxReplacements: 1)
    let reading = try Reading(huge)
    #expect(reading.claims.isEmpty && reading.rejections.count == 1)
    #expect(reading.rejections.map(\.reason) == ["cannot be read; a number may be too large"])
    #expect(reading.rejections.map(\.location.element) == ["lines[0].diagnosis_pointers[0]"])
  }

  @Test("a truncated array keeps its complete records, and the incomplete one is rejected with the reason")
  func truncatedArray() throws {
    let reading = try Reading(String(try Fixture.text("claims.json").dropLast(200)))
    #expect(reading.claims.count == 2 && reading.rejections.count == 1)
    #expect(reading.faults.map(\.what) == ["the file ends before its last bracket"])
  }

  @Test("an endless record is skipped in bounded memory")
  func endless() throws {
    let endless = "{\"claim_number\": \"" + String(repeating: "A", count: 5_000_000) + "\"}"
    let reading = try Reading("[\(endless), \(Self.record())]")
    #expect(reading.rejections.map(\.reason) == ["the record is longer than 2097152 bytes"])
    #expect(reading.claims.count == 1)
  }

  @Test("endlessly nested braces are refused")
  func nested() throws {
    let reading = try Reading(String(repeating: "{\"a\":", count: 100_000))
    #expect(reading.claims.isEmpty && reading.rejections.count == 1)
  }

  @Test("the published schema has only keys that are read")
  func schema() throws {
    let schema = try #require(
      try JSONSerialization.jsonObject(with: Data(Fixture.bytes("claim.schema.json"))) as? [String: Any])
    let properties = try #require(schema["properties"] as? [String: Any])
    for key in properties.keys {
      let reading = try Reading("{\"\(key)\": 0}")
      #expect(reading.rejections.allSatisfy { $0.reason != "a claim has no such key" }, "\(key)")
    }
  }
}
