package import ClaimFormats
package import ClaimOperations
package import ClaimStore
import DurableExecution

/// A CMS-1500 of a fictional person, typed on plain paper as a billing program does: at ten characters and six lines an
/// inch.
package struct SampleForm: Sendable {
  package var number = "FORM-1"
  package var member = "W100000001"
  package var birthDay = "17"
  package var charge = "200"
  package var total = "200"
  package var billingNPI = "1234567893"
  /// Words that the engine was hardly sure of.
  package var faint: Set<String> = []
  /// How sure the engine is of a faint word, in percent.
  package var confidence = 31
  /// What distinguishes the picture from that of another form.
  package var paper = "a"

  package init(_ change: (inout SampleForm) -> Void = { _ in }) { change(&self) }

  private struct Cell {
    let line: Int
    let column: Int
    let text: String

    init(_ line: Int, _ column: Int, _ text: String) { (self.line, self.column, self.text) = (line, column, text) }
  }

  private var cells: [Cell] { people + condition + service + providers }

  private var people: [Cell] {
    [
      Cell(2, 41, "SAMPLE HEALTH"), Cell(3, 41, "9 HARBOR ROAD"), Cell(4, 41, "SALEM OR 97301"), Cell(8, 31, "X"),
      Cell(8, 50, member), Cell(10, 1, "SAMPLE, ROBIN"), Cell(10, 31, "05"), Cell(10, 34, birthDay),
      Cell(10, 37, "1980"),
      Cell(10, 42, "X"), Cell(10, 50, "SAMPLE, ROBIN"), Cell(12, 1, "1 ORCHARD LANE"), Cell(12, 33, "X"),
      Cell(12, 50, "1 ORCHARD LANE"), Cell(14, 1, "SPRINGFIELD"), Cell(14, 26, "IL"), Cell(14, 50, "SPRINGFIELD"),
      Cell(14, 74, "IL"), Cell(16, 1, "62704"), Cell(16, 50, "62704"), Cell(18, 50, "G100"),
    ]
  }

  private var condition: [Cell] {
    [
      Cell(20, 41, "X"), Cell(20, 53, "05"), Cell(20, 56, birthDay), Cell(20, 59, "1980"), Cell(20, 68, "X"),
      Cell(22, 41, "X"), Cell(24, 41, "X"), Cell(26, 57, "X"), Cell(29, 7, "SIGNATURE ON FILE"),
      Cell(29, 55, "SIGNATURE ON FILE"), Cell(36, 57, "X"), Cell(37, 42, "0"), Cell(38, 3, "Z0000"),
    ]
  }

  private var service: [Cell] {
    [
      Cell(44, 1, "03"), Cell(44, 4, "02"), Cell(44, 7, "26"), Cell(44, 10, "03"), Cell(44, 13, "02"),
      Cell(44, 16, "26"), Cell(44, 19, "11"), Cell(44, 25, "G0463"), Cell(44, 45, "A"),
      Cell(44, 55 - charge.count, charge), Cell(44, 56, "00"), Cell(44, 59, "1"), Cell(44, 68, "1234567893"),
    ]
  }

  private var providers: [Cell] {
    [
      Cell(56, 1, "123456789"), Cell(56, 19, "X"), Cell(56, 23, number), Cell(56, 38, "X"),
      Cell(56, 57 - total.count, total), Cell(56, 58, "00"), Cell(60, 1, "SIGNATURE ON FILE"),
      Cell(58, 50, "JUNIPER FAMILY PRACTICE"), Cell(59, 50, "2 MILL STREET"), Cell(60, 50, "SPRINGFIELD IL 62704"),
      Cell(61, 50, billingNPI),
    ]
  }

  private static let (left, top, pitch, lead) = (21.6, 24.0, 7.2, 12.0)

  /// The page as an engine reads it from a picture.
  package var page: FormPage {
    let words = cells.flatMap { cell in
      cell.text.split(separator: " ").map { word in
        let column = cell.column + cell.text.distance(from: cell.text.startIndex, to: word.startIndex)
        let (x, y) = (Self.left + Double(column - 1) * Self.pitch, Self.top + Double(cell.line - 1) * Self.lead)
        let box = PageBox(left: x, top: y + 1, right: x + Double(word.count) * Self.pitch, bottom: y + 11)
        return PlacedWord(String(word), in: box, confidence: faint.contains(String(word)) ? confidence : 96)
      }
    }
    return FormPage(number: 1, width: 612, height: 792, words: words)
  }

  /// The form as it is found in a file.
  ///
  /// - Throws: `FileFault` if it does not read as a form.
  package func found() throws(FileFault) -> FoundForm {
    let image = FormPageImage(
      page: 1, width: 612_000, height: 792_000, pixelsPerInch: 300, image: Array("picture of \(paper)".utf8))
    let readings = try FormReader().readings(of: [page])
    return FoundForm(reading: readings[0], pages: [image])
  }

  /// The form as a PDF with text.
  package var pdf: [UInt8] {
    let typing = cells.map { cell in
      let x = Self.left + Double(cell.column - 1) * Self.pitch
      let y = 792 - (Self.top + Double(cell.line - 1) * Self.lead + 9.2)
      return "BT /F1 12 Tf \(x) \(y) Td (\(cell.text)) Tj ET"
    }
    return PDFText.file(typing.joined(separator: "\n"))
  }
}

/// The least PDF that a page of text in Courier can be.
private enum PDFText {
  static func file(_ content: String) -> [UInt8] {
    let objects = [
      "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
      "<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream",
      "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
    ]
    var (text, places) = ("%PDF-1.4\n", [Int]())
    for (index, object) in objects.enumerated() {
      places.append(text.utf8.count)
      text += "\(index + 1) 0 obj\n\(object)\nendobj\n"
    }
    let table = places.map { place in
      let digits = String(place)
      return String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n"
    }
    let start = text.utf8.count
    text += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n" + table.joined()
    text += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n"
    return Array(text.utf8)
  }
}

/// Finds the same forms in every file.
package struct SampleFormSource: FormSource {
  private let forms: Result<FoundForms, FileFault>

  /// - Parameter faults: those of the file's other pages.
  package init(_ forms: [SampleForm], faults: [FileFault] = []) {
    self.forms = Result { () throws(FileFault) in
      var found: [FoundForm] = []
      for form in forms { found.append(try form.found()) }
      return FoundForms(found, faults: faults)
    }
  }

  package func forms(in bytes: [UInt8]) async throws(FileFault) -> FoundForms { try forms.get() }

  package func crop(_ box: PageBox, of page: FormPageImage) async throws(FileFault) -> [UInt8] {
    Array("crop of page \(page.page)".utf8)
  }
}
