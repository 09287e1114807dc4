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
  static func professional(confidence: Int? = nil, total: String = "205 50", changing: [String: String] = [:]) -> TypedPage {
    var page = TypedPage(.cms1500)
    let cells: [(String, Int, Int)] = [
      ("HARBOR HEALTH PLAN", 2, 41), ("1 PIER ROAD", 3, 41), ("DULUTH MN 55802", 4, 41), ("X", 8, 31), ("HH100200300", 8, 50),
      ("MARLOWE, IRIS, Q", 10, 1), ("05 14 1981", 10, 31), ("X", 10, 47), ("MARLOWE, IRIS, Q", 10, 50),
      ("7 WILLOW COURT", 12, 1), ("X", 12, 33), ("7 WILLOW COURT", 12, 50), ("SPRINGFIELD", 14, 1), ("IL", 14, 26),
      ("SPRINGFIELD", 14, 50), ("IL", 14, 74), ("62704", 16, 1), ("62704", 16, 50), ("GRP100", 18, 50), ("X", 20, 41),
      ("05 14 1981", 20, 53), ("X", 20, 75), ("X", 22, 41), ("X", 24, 41), ("X", 26, 57), ("SIGNATURE ON FILE", 29, 7),
      ("SIGNATURE ON FILE", 29, 55), ("0", 37, 42), ("E119", 38, 3), ("I10", 38, 16), ("AUTH7781", 40, 50),
      ("02 16 26 02 16 26", 44, 1), ("11", 44, 19), ("G0463", 44, 25), ("25", 44, 33), ("AB", 44, 45), ("  145 00", 44, 50),
      ("1", 44, 59), ("1245319599", 44, 68), ("02 16 26 02 17 26", 46, 1), ("11", 46, 19), ("J1885", 46, 25),
      ("A", 46, 45), ("   60 50", 46, 50), ("4", 46, 59), ("1245319599", 46, 68), ("361234567", 56, 1), ("X", 56, 19),
      ("CGC-1001", 56, 23), ("X", 56, 38), ("  \(total)", 56, 52), ("CEDAR GROVE CLINIC", 58, 50),
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
