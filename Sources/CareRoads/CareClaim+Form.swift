extension CareClaim {
  /// The claim as a CMS-1500 typed on plain paper, in a PDF with text. It is written for the member and one service.
  var form: [UInt8] {
    let typing = cells.map { cell in
      // Ten characters and six lines to the inch.
      let x = 21.6 + Double(cell.column - 1) * 7.2
      let y = 792 - (24.0 + Double(cell.line - 1) * 12 + 9.2)
      return "BT /F1 12 Tf \(x) \(y) Td (\(cell.text)) Tj ET"
    }
    return TypedPage.pdf(typing.joined(separator: "\n"))
  }

  /// The contents of the boxes, by the names of the boxes, with which a form in doubt is corrected.
  var boxes: [String: String] {
    let day = "03 \(services.first?.dayDigits ?? "") 26"
    var boxes = [
      "carrier.1": "SAMPLE HEALTH PLAN", "carrier.2": "12 HERON WAY", "carrier.3": "SPRINGFIELD IL 62701",
      "1a": member, "2": "MARCHBANK, DELPHINE", "4": "MARCHBANK, DELPHINE", "3": "07 21 1990", "11a": "07 21 1990",
      "5": "4 SAMPLE STREET", "7": "4 SAMPLE STREET", "11": "SMPL2026", "12": "SIGNATURE ON FILE",
      "13": "SIGNATURE ON FILE", "31": "SIGNATURE ON FILE", "21.indicator": "0", "21A": diagnosis, "24A.1": day,
      "24A.1.to": day, "24B.1": place, "24D.1": services.first?.code ?? "", "24E.1": "A", "24F.1": dollars,
      "24G.1": "1", "24J.1": provider.npi ?? "", "25": provider.taxID, "26": number, "28": dollars,
      "33.name": provider.name, "33.street": "12 ORCHARD LANE", "33.city": "SPRINGFIELD IL 62701",
      "33a": provider.npi ?? "",
    ]
    for box in ["5", "7"] {
      boxes.merge(["\(box).city": "SPRINGFIELD", "\(box).state": "IL", "\(box).zip": "62701"]) { $1 }
    }
    return boxes
  }

  private struct Cell {
    let line: Int
    let column: Int
    let text: String

    init(_ line: Int, _ column: Int, _ text: String) { (self.line, self.column, self.text) = (line, column, text) }
  }

  private var cells: [Cell] { people + condition + services.prefix(1).flatMap(service) + providers }

  private var people: [Cell] {
    [
      Cell(2, 41, "SAMPLE HEALTH PLAN"), Cell(3, 41, "12 HERON WAY"), Cell(4, 41, "SPRINGFIELD IL 62701"),
      Cell(8, 31, "X"), Cell(8, 50, member), Cell(10, 1, "MARCHBANK, DELPHINE"), Cell(10, 31, "07"),
      Cell(10, 34, "21"), Cell(10, 37, "1990"), Cell(10, 47, "X"), Cell(10, 50, "MARCHBANK, DELPHINE"),
      Cell(12, 1, "4 SAMPLE STREET"), Cell(12, 33, "X"), Cell(12, 50, "4 SAMPLE STREET"), Cell(14, 1, "SPRINGFIELD"),
      Cell(14, 26, "IL"), Cell(14, 50, "SPRINGFIELD"), Cell(14, 74, "IL"), Cell(16, 1, "62701"), Cell(16, 50, "62701"),
      Cell(18, 50, "SMPL2026"),
    ]
  }

  private var condition: [Cell] {
    [
      Cell(20, 41, "X"), Cell(20, 53, "07"), Cell(20, 56, "21"), Cell(20, 59, "1990"), Cell(20, 73, "X"),
      Cell(22, 41, "X"), Cell(24, 41, "X"), Cell(26, 57, "X"), Cell(29, 7, "SIGNATURE ON FILE"),
      Cell(29, 55, "SIGNATURE ON FILE"), Cell(36, 57, "X"), Cell(37, 42, "0"), Cell(38, 3, diagnosis),
    ]
  }

  private func service(_ service: Service) -> [Cell] {
    let (dollars, cents) = ("\(service.cents / 100)", service.dollars.suffix(2))
    return [
      Cell(44, 1, "03"), Cell(44, 4, service.dayDigits), Cell(44, 7, "26"), Cell(44, 10, "03"),
      Cell(44, 13, service.dayDigits), Cell(44, 16, "26"), Cell(44, 19, place), Cell(44, 25, service.code),
      Cell(44, 45, "A"), Cell(44, 55 - dollars.count, dollars), Cell(44, 56, String(cents)), Cell(44, 59, "1"),
      Cell(44, 68, provider.npi ?? ""),
    ]
  }

  private var providers: [Cell] {
    let (dollars, cents) = (dollars.dropLast(3), dollars.suffix(2))
    return [
      Cell(56, 1, provider.taxID), Cell(56, 19, "X"), Cell(56, 23, number), Cell(56, 38, "X"),
      Cell(56, 57 - dollars.count, String(dollars)), Cell(56, 58, String(cents)), Cell(60, 1, "SIGNATURE ON FILE"),
      Cell(58, 50, provider.name), Cell(59, 50, "12 ORCHARD LANE"), Cell(60, 50, "SPRINGFIELD IL 62701"),
      Cell(61, 50, provider.npi ?? ""),
    ]
  }
}
