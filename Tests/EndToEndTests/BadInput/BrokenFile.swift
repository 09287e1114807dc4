import Testing

/// A file that is not a file of claims, and the program's message about it.
struct BrokenFile: Sendable, CustomTestStringConvertible {
  let name: String
  let bytes: [UInt8]
  let said: String

  var testDescription: String { name }

  init(_ name: String, _ bytes: [UInt8], said: String) {
    self.name = name
    self.bytes = bytes
    self.said = said
  }

  init(_ name: String, _ text: String, said: String) { self.init(name, Array(text.utf8), said: said) }

  static let all = [
    BrokenFile("empty.837", "", said: "the file is empty; send a file of claims"),
    BrokenFile("blank.837", " \n\n", said: "the file is empty; send a file of claims"),
    BrokenFile(
      "notes.txt", "call the provider on Monday\n",
      said: "this is neither X12 (no ISA segment) nor JSON; send X12 837, FHIR R4 or JSON claims"),
    BrokenFile(
      "rubbish.bin", rubbish, said: "this is binary data, not a file of claims; send X12 837, FHIR R4 or JSON claims"),
    BrokenFile(
      "inbox.xml", "<?xml version=\"1.0\"?>\n",
      said: "this is XML, not a file of claims; send X12 837, FHIR R4 or JSON claims"),
    BrokenFile(
      "fhir.json", "{\"resourceType\": \"Coverage\", \"id\": \"1\"}",
      said:
        "this FHIR file holds no Claim; it begins with Coverage; send Claims, a Bundle with Claims, or one Claim per line"
    ),
    BrokenFile(
      "headless.837", "ST*837*0001~\nCLM*A*1***11:B:1~\n",
      said:
        "this is X12 without a whole ISA segment, so its separators are not known; send the file with its envelope, "
        + "ISA to IEA"),
  ]

  private static var rubbish: [UInt8] {
    var random = SeededGenerator(seed: 11)
    return [0] + (0..<4_000).map { _ in UInt8.random(in: 0...255, using: &random) }
  }
}
