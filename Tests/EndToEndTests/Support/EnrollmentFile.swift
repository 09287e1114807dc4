/// An 834 of fictional people.
struct EnrollmentFile {
  /// BGN02. Another batch is a different file.
  var batch = "1"
  /// The segments of loop 2000, person after person.
  var people: [String]

  var text: String {
    let transaction =
      ["ST*834*0001*005010X220A1", "BGN*00*\(batch)*20260401*1200****2", "N1*P5**FI*999888777", "N1*IN**FI*654456654"]
      + people
    let envelope = [
      "ISA*00*          *00*          *ZZ*SPONSOR        *ZZ*SAMPLE01       *260401*0900*^*00501*000000007*0*P*:",
      "GS*BE*SPONSOR*SAMPLE01*20260401*0900*7*X*005010X220A1",
    ]
    let trailer = ["SE*\(transaction.count + 1)*0001", "GE*1*7", "IEA*1*000000007"]
    return (envelope + transaction + trailer).joined(separator: "~\n") + "~\n"
  }

  static func subscriber(_ type: String, _ id: String, _ coverage: String...) -> [String] {
    ["INS*Y*18*\(type)*20*A***FT", "REF*0F*\(id)", "NM1*IL*1*MARCHBANK*DELPHINE****ZZ*\(id)", "DMG*D8*19900721*F"]
      + coverage
  }

  /// - Parameter last: DTP*357, the last day of eligibility for the subscriber and everyone covered through the
  ///   subscriber.
  static func ended(_ id: String, on last: String) -> [String] {
    var segments = subscriber("024", id)
    segments.insert("DTP*357*D8*\(last)", at: 2)
    return segments
  }

  static func child(_ type: String, of id: String, _ coverage: String...) -> [String] {
    ["INS*N*19*\(type)*20*A", "REF*0F*\(id)", "NM1*IL*1*MARCHBANK*PIP", "DMG*D8*20150505*M"] + coverage
  }
}
