import ClaimFormats
import ClaimsDomain
import TestSupport
import Testing

/// A form lies in its printer and its scanner as it likes. What is read of it is what stands there, or is in doubt.
@Suite("A form is found however it lies, and typing beside its place never gets into another box")
struct FormFitTests {
  private static func read(_ page: FormPage) throws -> FormReading {
    try #require(try FormReader().readings(of: [page]).first)
  }

  private static func values(_ reading: FormReading) -> [String: String] {
    Dictionary(uniqueKeysWithValues: reading.fields.compactMap { field in field.value.map { (field.field, $0) } })
  }

  private static func random(_ range: ClosedRange<Double>, _ generator: inout SeededGenerator) -> Double {
    .random(in: range, using: &generator)
  }

  @Test("typing that is off by a third of a box is read as if it were in its place", arguments: 0..<4)
  func shifted(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for typed in [TypedPage.professional(), .institutional()] {
      let expected = try Self.read(typed.page())
      let shift = (x: Self.random(-2.4...2.4, &generator), y: Self.random(-4...4, &generator))
      let reading = try Self.read(typed.page(shift: shift))
      #expect(expected.doubts.isEmpty && reading.doubts.isEmpty, "\(shift): \(reading.doubts)")
      #expect(Self.values(reading) == Self.values(expected), "\(shift)")
    }
  }

  @Test("a page that is moved, larger or smaller, or askew is found by its captions", arguments: 0..<4)
  func captioned(seed: UInt64) throws {
    var generator = SeededGenerator(seed: 100 + seed)
    var typed = TypedPage.professional()
    let expected = try Self.read(typed.page())
    typed.printCaptions()
    let page = typed.page(
      shift: (x: Self.random(-25...25, &generator), y: Self.random(-25...25, &generator)),
      scale: Self.random(0.9...1.08, &generator), degrees: Self.random(-3...3, &generator))
    let reading = try Self.read(page)
    #expect(reading.doubts.isEmpty && Self.values(reading) == Self.values(expected), "\(reading.doubts)")
  }

  /// An engine makes words of captions that it cannot read, between the lines that are typed.
  @Test(
    "a fax whose captions cannot be read is found by the form's name, in its place",
    arguments: [
      ("HEALTH INSURANCE CLAIM FORM", 3, true), ("HEAITHINSURANCECLAIMFORM", 3, true),
      ("INSURANCE CLAIM FORM", 3, true),
      ("CLAIM FORM", 3, false), ("HEALTH INSURANCE CLAIM FORM", 6, false), ("LIFE ASSURANCE CLEAN FARM", 3, false),
    ])
  func titled(title: String, line: Int, isFound: Bool) throws {
    var typed = TypedPage.professional(confidence: 90)
    let expected = Self.values(try Self.read(typed.page()))
    for line in [9, 11, 13, 15, 17, 19, 21, 23] {
      typed.type("EVE DD NAME ANER", line: line, column: 4, confidence: 30)
    }
    typed.type(title, line: line, column: 1, confidence: 40)
    let found = try FormReader().found(on: [typed.page(), TypedPage.professional().page(number: 2)]).readings
    #expect(found.map(\.pages) == (isFound ? [[1], [2]] : [[2]]))
    guard isFound else { return }
    for field in found[0].fields where field.doubts.isEmpty { #expect(expected[field.field] == field.value) }
    #expect(found[0].fields.count { $0.doubts.isEmpty } > 40)
  }

  @Test("a sheet that lies on its side or upside down is read like any other", arguments: 1...3)
  func turned(times: Int) throws {
    for typed in [TypedPage.professional(), .institutional()] {
      let expected = try Self.read(typed.page())
      let reading = try Self.read(Self.turned(typed.page(), times))
      #expect(Self.values(reading) == Self.values(expected) && reading.doubts.isEmpty)
      #expect(reading.kind == typed.kind)
    }
  }

  /// The page after so many quarter turns to the right.
  private static func turned(_ page: FormPage, _ times: Int) -> FormPage {
    (0..<times).reduce(page) { page, _ in
      FormPage(
        number: page.number, width: page.height, height: page.width,
        words: page.words.map { word in
          let box = word.box
          return PlacedWord(
            word.text,
            in: PageBox(left: page.height - box.bottom, top: box.left, right: page.height - box.top, bottom: box.right),
            confidence: word.confidence)
        })
    }
  }

  /// From no shift to a whole line and a whole column in steps: at some of them the typing is between two boxes.
  @Test(
    "wherever the typing lies, a value that is not in doubt is the right one", arguments: [FormKind.cms1500, .ub04])
  func neverWrong(kind: FormKind) throws {
    let typed = kind == .cms1500 ? TypedPage.professional() : .institutional()
    let expected = Self.values(try Self.read(typed.page()))
    for step in stride(from: 0, through: 12, by: 2) {
      let shift = (x: Double(step % 5 - 2) * 1.8, y: Double(step) - 6)
      guard let reading = try? Self.read(typed.page(shift: shift)) else { continue }
      for field in reading.fields where field.doubts.isEmpty {
        #expect(field.value == expected[field.field], "\(shift): \(field.field)")
      }
    }
  }

  @Test("the place of a box in doubt is where its words are on the page as it was found")
  func place() throws {
    let typed = TypedPage.professional(changing: ["44,59": ""])
    let reading = try Self.read(typed.page(shift: (x: 2, y: -3)))
    let missing = try #require(reading["24G.1"])
    #expect(missing.doubts == [.missing])
    // Column 59 of line 44 of the form.
    #expect(abs(missing.box.left - (21.6 + 58 * 7.2 + 2)) < 1.5 && abs(missing.box.top - (24 + 43 * 12 - 3)) < 1.5)
  }

  @Test("a page that is no form is reported by its number, and an empty page is left out")
  func others() throws {
    let letter = FormPage(
      number: 2, width: 612, height: 792,
      words: (0..<60).map { index in
        let top = 100 + Double(index / 6) * 17
        let left = 72 + Double(index % 6) * 60
        return PlacedWord("Dear\(index)", in: PageBox(left: left, top: top, right: left + 40, bottom: top + 11))
      })
    let form = TypedPage.professional().page()
    let found = try FormReader().found(on: [form, letter])
    #expect(found.readings.map(\.pages) == [[1]])
    #expect(found.faults.map(\.what) == ["it is no claim form that is read here"])
    #expect(found.faults.map(\.location) == [SourceLocation(.page, 2)])
    #expect(throws: found.faults[0]) { try FormReader().found(on: [letter]) }
    let blank = FormPage(number: 2, width: 612, height: 792, words: [])
    #expect(try FormReader().readings(of: [form, blank]).count == 1)
    #expect(throws: FileFault.self) { try FormReader().readings(of: [blank]) }
  }
}
