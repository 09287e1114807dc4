import StrictText
import Testing

@Suite struct StrictJSONTests {
  @Test(arguments: [
    #"{"a":[1,-2.5e+3,true,false,null,"x"],"b":{}}"#, " [ ] ", "\"x\"", "7", #"{"a":{"b":1},"c":{"b":1}}"#,
    #"{"a\"\\/":"\"\\ ä"}"#,
  ])
  func `what is well formed stays as it is`(_ text: String) throws {
    let checked = String(decoding: try StrictJSON.checked(Array(text.utf8)), as: UTF8.self)
    #expect(checked == text)
  }

  @Test(arguments: [
    (#"{"a":1,"a":2}"#, "a", "is there twice"), (#"{"a":1,"\u0061":2}"#, "a", "is there twice"),
    (#"{"x":[{},{"\u00e9":1,"e\u0301":1}]}"#, "x[1].\u{E9}", "is there twice"),
    (#"{"m":"PO2001\u0000X"}"#, "m", "holds a control character"),
    ("{\"m\":\"PO2001\0X\"}", "m", "holds a control character"),
    (#"{"m":"\u001b[31m"}"#, "m", "holds a control character"),
    (#"{"m":["a","\n"]}"#, "m[1]", "holds a control character"),
    ("{\"m\":\"\u{7F}\"}", "m", "holds a control character"),
    (#"{"m":"\u009b31m"}"#, "m", "holds a control character"),
    ("{\"m\":\"\u{85}\"}", "m", "holds a control character"),
    (#"{"m":"\ud800"}"#, "m", "holds an unpaired surrogate"),
    (#"{"m":"\udc00\ud800"}"#, "m", "holds an unpaired surrogate"),
    (#"{"m":"\ud800\u0041"}"#, "m", "holds an unpaired surrogate"),
    (#"{"a\u0000b":1}"#, "", "has a name that holds a control character"),
    ("", "", "is not valid JSON at line 1, column 1"), ("{", "", "is not valid JSON at line 1, column 2"),
    (#"{"a"}"#, "", "is not valid JSON at line 1, column 5"),
    (#"{"a":1}}"#, "", "is not valid JSON at line 1, column 8"),
    (#"{"a":1 "b":2}"#, "", "is not valid JSON at line 1, column 8"),
    (#"["\x"]"#, "", "is not valid JSON at line 1, column 5"),
    ("[1, 01]", "", "is not valid JSON at line 1, column 5"), ("[1.]", "", "is not valid JSON at line 1, column 2"),
    ("[+1]", "", "is not valid JSON at line 1, column 2"), ("[-]", "", "is not valid JSON at line 1, column 2"),
    ("[.5]", "", "is not valid JSON at line 1, column 2"), ("[1e]", "", "is not valid JSON at line 1, column 2"),
    ("[1e+-1]", "", "is not valid JSON at line 1, column 2"), ("[tru]", "", "is not valid JSON at line 1, column 2"),
    ("[1true]", "", "is not valid JSON at line 1, column 2"),
    ("[nullnull]", "", "is not valid JSON at line 1, column 2"),
    (#"["\u12"]"#, "", "is not valid JSON at line 1, column 5"),
    (#"["\u+123"]"#, "", "is not valid JSON at line 1, column 5"),
    (#"["\"#, "", "is not valid JSON at line 1, column 4"),
    ("{\n  \"é\": 1,\n}", "", "is not valid JSON at line 3, column 1"),
    ("{\n  \"é\": 1;\n}", "", "is not valid JSON at line 2, column 9"),
  ])
  func `what decoders differ about is refused, with its place`(
    _ text: String, _ path: String, _ reason: String
  ) {
    let defect = #expect(throws: StrictJSON.Defect.self) { try StrictJSON.checked(Array(text.utf8)) }
    #expect(defect?.path == path)
    #expect(defect?.reason == reason)
  }

  @Test(arguments: [
    "0", "-0", "10", "0.50", "-12.5", "1e9", "1E-9", "2.5e+10", "true", "false", "null",
    "123456789012345678901234567890",
  ])
  func `numbers and names pass as they are written`(_ word: String) throws {
    #expect(try StrictJSON.checked(Array("[\(word)]".utf8)) == Array("[\(word)]".utf8))
  }

  @Test func `a place in a part of a text is told as one of the text`() throws {
    let defect = try #require(throws: StrictJSON.Defect.self) { try StrictJSON.checked(Array("{\n  1}".utf8)) }
    #expect(defect.counted { TextPlace(line: 7, column: 3) }.reason == "is not valid JSON at line 8, column 3")
    let first = try #require(throws: StrictJSON.Defect.self) { try StrictJSON.checked(Array("{1}".utf8)) }
    #expect(first.counted { TextPlace(line: 7, column: 3) }.reason == "is not valid JSON at line 7, column 4")
    let other = try #require(throws: StrictJSON.Defect.self) { try StrictJSON.checked(Array(#"{"a":1,"a":2}"#.utf8)) }
    #expect(other.counted { TextPlace(line: 7, column: 3) } == other)
  }

  @Test func `bytes that are not UTF-8 are refused`() {
    #expect(throws: StrictJSON.Defect.self) { try StrictJSON.checked(Array("[\"".utf8) + [0xFF] + Array("\"]".utf8)) }
    // A surrogate, encoded as if UTF-8 could represent one.
    #expect(throws: StrictJSON.Defect.self) {
      try StrictJSON.checked(Array("[\"".utf8) + [0xED, 0xA0, 0x80] + Array("\"]".utf8))
    }
  }

  @Test func `a text is composed, however it is written`() throws {
    let written = ["e\u{301}", "\u{E9}", #"e\u0301"#, #"\u00e9"#]
    let checked = try written.map { try StrictJSON.checked(Array("\"\($0)\"".utf8)) }
    #expect(checked == Array(repeating: Array("\"\u{E9}\"".utf8), count: 4))
  }

  @Test(arguments: ["[", "{\"a\":"])
  func `nothing is nested without end`(_ opening: String) {
    let text = String(repeating: opening, count: 1_000_000)
    #expect(throws: StrictJSON.Defect(path: "", reason: "is nested more than 32 levels deep")) {
      try StrictJSON.checked(Array(text.utf8))
    }
  }
}

@Suite struct PlainTextTests {
  @Test func `every control character is found, and nothing else`() {
    for value in UInt32(0)...0x2FF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let isControl = value < 0x20 || (0x7F...0x9F).contains(value)
      #expect("a\(scalar)b".holdsControl == isControl)
    }
    #expect(!"Müller 李 🧾 \u{202E}".holdsControl)
  }

  @Test func `texts that Swift holds to be equal have the same bytes`() {
    for (left, right) in [("e\u{301}", "\u{E9}"), ("\u{212B}", "\u{C5}"), ("\u{1100}\u{1161}", "\u{AC00}")] {
      #expect(left == right)
      #expect(Array(left.composed.utf8) == Array(right.composed.utf8))
    }
    #expect(Array("PO2001".composed.utf8) == Array("PO2001".utf8))
  }
}
