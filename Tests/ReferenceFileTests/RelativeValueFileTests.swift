import ClaimFormats
import ClaimsDomain
import Testing

@Suite("RVU files")
struct RelativeValueFileTests {
  @Test("Are read as CMS publishes them, with titles and stacked column names, and as plain CSV")
  func shapes() throws {
    let published = try FeeFiles.schedule()
    let plain = try FeeFiles.schedule(FeeFiles.plain)
    let key = PhysicianFeeEntry.Key(code: "99213")
    #expect(published.entries[key] == plain.entries[key])
    #expect(published.entries.count == 9)
    let colonoscopy = try #require(published.entries[PhysicianFeeEntry.Key(code: "45379")])
    #expect(colonoscopy.indicators.endoscopicBase == "45378")
    #expect(colonoscopy.indicators.multipleProcedure == "3")
    #expect(colonoscopy.indicators.globalDays == "000")
    #expect(published.entries[PhysicianFeeEntry.Key(code: "71046", modifier: "TC")]?.isNotApplicable[.facility] == true)
  }

  @Test("Give the same fees with a byte order mark, carriage returns and Windows-1252 in a description")
  func quirks() throws {
    let text = FeeFiles.published.replacing("\n", with: "\r\n").replacing("Words", with: "Caf\u{1}")
    let bytes = [0xEF, 0xBB, 0xBF] + text.utf8.map { $0 == 1 ? 0xE9 : $0 }
    let schedule = try RelativeValueFile(MemoryBytes(bytes), name: "rvu.csv").schedule()
    #expect(try schedule.entries == FeeFiles.schedule().entries)
  }

  @Test(
    "With a mistake are refused with the line, the reason and what to do",
    arguments: [
      ("99213,,A,1.3", "99213,,A,1.333", "2: work RVU must be a number from 0 to 9999 with at most 2 decimals"),
      ("99213,,A", "9921,,A", "2: HCPCS code must be a HCPCS code of five capital letters and digits, not \"9921\""),
      ("99213,,A", "99213,,Z", "2: status code must be one of A, B, C"),
      ("0,XXX", "00,XXX", "2: PC/TC indicator must be an indicator of one letter or digit, not \"00\""),
      (",32.3465", ",", "2: conversion factor must be a number from 0 to 9999 with at most 4 decimals, not \"\""),
      ("endo_base", "base", ": there is no column for the endoscopic base; give the MPFS RVU file"),
    ])
  func mistakes(part: String, instead: String, refusal: String) throws {
    let text = FeeFiles.plain.replacing(part, with: instead)
    let error = try #require(throws: PlanFileError.self) { try FeeFiles.schedule(text) }
    #expect(error.description.contains(refusal), "\(error)")
    #expect(error.advice != nil)
    #expect(!error.description.contains("\n"))
  }

  @Test("That contain a code twice, or no code, are refused")
  func twiceOrNever() throws {
    let row = FeeFiles.plain.split(separator: "\n")[1]
    let twice = try #require(throws: PlanFileError.self) { try FeeFiles.schedule(FeeFiles.plain + row) }
    #expect(twice.description == "rvu.csv:3: 99213 is there twice; leave one of the two rows out")
    let header = FeeFiles.plain.split(separator: "\n")[0]
    let empty = try #require(throws: PlanFileError.self) { try FeeFiles.schedule(String(header)) }
    #expect(empty.description.hasPrefix("rvu.csv: there is no code in the file"))
    #expect(throws: PlanFileError.self) { try FeeFiles.schedule("") }
  }

  @Test("That are not text in columns are refused within limits")
  func limits() throws {
    for text in [
      String(repeating: "x", count: 100_000), String(repeating: ",", count: 100_000),
      FeeFiles.published + "99214,\"open",
    ] {
      let error = try #require(throws: PlanFileError.self) { try FeeFiles.schedule(text) }
      #expect(error.line == 1 || error.reason.contains("quote"), "\(error)")
    }
  }
}
