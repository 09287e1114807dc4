import ClaimFormats
import Foundation

/// Typing on a form, as words with places: what a page without captions consists of.
struct TypedPage {
  private(set) var words: [PlacedWord] = []

  /// The column of the left edge and the line of the top, in points, and the size of a cell.
  private static let columnWidth = 7.2
  private static let lineHeight = 12.0

  let kind: FormKind

  init(_ kind: FormKind) {
    self.kind = kind
  }

  /// Types a text at a line and column, word by word.
  mutating func type(_ text: String, line: Int, column: Int, confidence: Int? = nil) {
    var column = Double(column)
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      if !word.isEmpty {
        words.append(PlacedWord(String(word), in: place(line, column, word.count), confidence: confidence))
      }
      column += Double(word.count + 1)
    }
  }

  /// Prints a word that is not typed: smaller than typing.
  mutating func print(_ text: String, line: Int, column: Int, confidence: Int? = nil) {
    let box = place(line, Double(column), 1)
    let right = box.left + 3 * Double(text.count)
    words.append(
      PlacedWord(
        text, in: PageBox(left: box.left, top: box.top + 3, right: right, bottom: box.top + 8), confidence: confidence))
  }

  /// The page as it lies: moved, scaled, and turned a little about its corner.
  func page(
    number: Int = 1, shift: (x: Double, y: Double) = (0, 0), scale: Double = 1, degrees: Double = 0
  ) -> FormPage {
    let (sine, cosine) = (sin(degrees * .pi / 180) * scale, cos(degrees * .pi / 180) * scale)
    func moved(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
      (x * cosine - y * sine + shift.x, x * sine + y * cosine + shift.y)
    }
    return FormPage(
      number: number, width: 612, height: 792,
      words: words.map { word in
        let middle = (word.box.top + word.box.bottom) / 2
        let (left, right) = (moved(word.box.left, middle), moved(word.box.right, middle))
        let half = (word.box.bottom - word.box.top) / 2 * scale
        let height = (left.y + right.y) / 2
        return PlacedWord(
          word.text, in: PageBox(left: left.x, top: height - half, right: right.x, bottom: height + half),
          confidence: word.confidence)
      })
  }

  private func place(_ line: Int, _ column: Double, _ count: Int) -> PageBox {
    let (left, top) = kind == .cms1500 ? (21.6, 24.0) : (9.8, 0.0)
    let x = left + Self.columnWidth * (column - 1)
    let y = top + Self.lineHeight * Double(line - 1)
    return PageBox(left: x, top: y, right: x + Self.columnWidth * Double(count), bottom: y + Self.lineHeight)
  }
}

extension TypedPage {
  /// A whole CMS-1500 of a person who does not exist, with two services.
  static func professional(confidence: Int? = nil, total: String = "205 50", changing: [String: String] = [:])
    -> TypedPage
  {
    var page = TypedPage(.cms1500)
    let cells: [(String, Int, Int)] = [
      ("HARBOR HEALTH PLAN", 2, 41), ("1 PIER ROAD", 3, 41), ("DULUTH MN 55802", 4, 41), ("X", 8, 31),
      ("HH100200300", 8, 50),
      ("MARLOWE, IRIS, Q", 10, 1), ("05 14 1981", 10, 31), ("X", 10, 47), ("MARLOWE, IRIS, Q", 10, 50),
      ("7 WILLOW COURT", 12, 1), ("X", 12, 33), ("7 WILLOW COURT", 12, 50), ("SPRINGFIELD", 14, 1), ("IL", 14, 26),
      ("SPRINGFIELD", 14, 50), ("IL", 14, 74), ("62704", 16, 1), ("62704", 16, 50), ("GRP100", 18, 50), ("X", 20, 41),
      ("05 14 1981", 20, 53), ("X", 20, 75), ("X", 22, 41), ("X", 24, 41), ("X", 26, 57), ("SIGNATURE ON FILE", 29, 7),
      ("SIGNATURE ON FILE", 29, 55), ("0", 37, 42), ("E119", 38, 3), ("I10", 38, 16), ("AUTH7781", 40, 50),
      ("02 16 26 02 16 26", 44, 1), ("11", 44, 19), ("G0463", 44, 25), ("25", 44, 33), ("AB", 44, 45),
      ("  145 00", 44, 50),
      ("1", 44, 59), ("1245319599", 44, 68), ("02 16 26 02 17 26", 46, 1), ("11", 46, 19), ("J1885", 46, 25),
      ("A", 46, 45), ("   60 50", 46, 50), ("4", 46, 59), ("1245319599", 46, 68), ("361234567", 56, 1), ("X", 56, 19),
      ("CGC-1001", 56, 23), ("X", 56, 38), (String(repeating: " ", count: max(0, 8 - total.count)) + total, 56, 52),
      ("CEDAR GROVE CLINIC", 58, 50),
      ("12 ORCHARD LANE", 59, 50), ("SPRINGFIELD IL 62701-0001", 60, 50), ("1234567893", 61, 50),
    ]
    for (text, line, column) in cells {
      page.type(changing["\(line),\(column)"] ?? text, line: line, column: column, confidence: confidence)
    }
    return page
  }
}

extension FormReading {
  subscript(_ field: String) -> FieldReading? { fields.first { $0.field == field } }

  /// The boxes in doubt and why, such as `28 total`.
  var doubts: [String] { doubtful.flatMap { field in field.doubts.map { "\(field.field) \($0.rawValue)" } } }
}

extension TypedPage {
  /// The captions of a CMS-1500 that show where it lies, in small print.
  mutating func printCaptions() {
    for (text, line, column) in Self.captions {
      var left = 21.6 + Self.columnWidth * (column - 1)
      let top = 24 + Self.lineHeight * (line - 1) + 1.5
      for word in text.split(separator: " ") {
        let width = 3.1 * Double(word.count)
        words.append(
          PlacedWord(
            String(word), in: PageBox(left: left, top: top, right: left + width, bottom: top + 5), confidence: nil))
        left += width + 1.6
      }
    }
  }

  private static let captions: [(String, Double, Double)] = [
    ("1a. INSURED'S I.D. NUMBER", 7, 50), ("2. PATIENT'S NAME", 9, 1), ("3. PATIENT'S BIRTH DATE", 9, 30),
    ("4. INSURED'S NAME", 9, 50), ("5. PATIENT'S ADDRESS", 11, 1), ("7. INSURED'S ADDRESS", 11, 50),
    ("9. OTHER INSURED'S NAME", 17, 1), ("11. INSURED'S POLICY GROUP OR FECA NUMBER", 17, 50),
    ("b. AUTO ACCIDENT?", 21, 30), ("c. INSURANCE PLAN NAME OR PROGRAM NAME", 23, 50),
    ("13. INSURED'S OR AUTHORIZED PERSON'S SIGNATURE", 27, 50), ("19. ADDITIONAL CLAIM INFORMATION", 35, 1),
    ("21. DIAGNOSIS OR NATURE OF ILLNESS", 37, 1), ("23. PRIOR AUTHORIZATION NUMBER", 39, 50),
    ("24. A. DATE(S) OF SERVICE", 41, 1), ("25. FEDERAL TAX I.D. NUMBER", 55, 1), ("28. TOTAL CHARGE", 55, 50),
    ("31. SIGNATURE OF PHYSICIAN OR SUPPLIER", 57, 1), ("33. BILLING PROVIDER INFO", 57, 49),
  ]

  /// A whole UB-04 of an outpatient visit, with two services.
  static func institutional(
    payers: [(name: String, plan: String, paid: String?)] = [("HARBOR HEALTH PLAN", "HARB1", nil)],
    changing: [String: String] = [:]
  ) -> TypedPage {
    var page = TypedPage(.ub04)
    var cells: [(String, Int, Int)] = [
      ("LAKEVIEW HOSPITAL", 2, 2), ("400 SHORE DRIVE", 3, 2), ("SPRINGFIELD IL 62703", 4, 2), ("LGH-77", 2, 54),
      ("0131", 3, 78), ("377654321", 5, 51), ("020526", 5, 61), ("020626", 5, 68), ("ABERNATHY, GLENN", 7, 2),
      ("31 MILL STREET", 6, 42), ("SPRINGFIELD", 7, 32), ("IL", 7, 65), ("62701", 7, 69), ("07201950", 9, 2),
      ("M", 9, 11), ("3", 9, 23), ("1", 9, 26), ("01", 9, 32), ("0510", 19, 1), ("CLINIC", 19, 6), ("G0463", 19, 31),
      ("020526", 19, 46), ("1", 19, 59), ("41000", 19, 65), ("0540", 20, 1), ("AMBULANCE", 20, 6), ("A0428RH", 20, 31),
      ("1", 20, 59), ("90000", 20, 65), ("0001", 41, 1), ("131000", 41, 64), ("1730165598", 42, 68),
      ("ABERNATHY, GLENN", 47, 1), ("18", 47, 27), ("HH700800900", 47, 30), ("GRP200", 47, 65), ("AUTH9004", 51, 1),
      ("0", 55, 1), ("R0789", 54, 2), ("I10", 54, 10),
    ]
    for (index, payer) in payers.enumerated() {
      cells += [
        (payer.name, 43 + index, 1), (payer.plan, 43 + index, 24), ("Y", 43 + index, 39), ("Y", 43 + index, 42),
      ]
      if let paid = payer.paid { cells.append((paid, 43 + index, 53 - paid.count)) }
      guard index > 0 else { continue }
      cells += [("ABERNATHY, GLENN", 47 + index, 1), ("18", 47 + index, 27), ("HH70080090\(index)", 47 + index, 30)]
    }
    for (text, line, column) in cells { page.type(changing["\(line),\(column)"] ?? text, line: line, column: column) }
    return page
  }
}
