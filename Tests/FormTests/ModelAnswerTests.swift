import Foundation
import Testing

@testable import ClaimFormats

@Suite("What a language model says of a form")
struct ModelAnswerTests {
  private static func answer(_ content: String) throws -> [UInt8] {
    let message = ["choices": [["message": ["role": "assistant", "content": content]]]]
    return [UInt8](try JSONSerialization.data(withJSONObject: message))
  }

  @Test("an object of texts is an answer, with or without fences, and a null is no text")
  func read() throws {
    for content in [#"{"28": "200 00", "26": null}"#, "```json\n{\"28\": \"200 00\", \"26\": null}\n```"] {
      #expect(ModelAnswer(try Self.answer(content))?.boxes == ["28": "200 00"])
    }
  }

  @Test(
    "whatever else it says is no answer",
    arguments: ["", "I cannot read this.", "[1]", #"{"28": 200}"#, #"{"28": {"a": "b"}}"#, "{", "}{"])
  func garbage(content: String) throws {
    #expect(ModelAnswer(try Self.answer(content)) == nil)
    #expect(ModelAnswer(Array(content.utf8)) == nil)
    #expect(ModelAnswer(try Self.answer(#"{"28": "\#(String(repeating: "9", count: 100_000))"}"#)) == nil)
  }

  /// A form with one field, as the engine has read it.
  private static func form(_ value: String?, _ confidence: Int?, _ doubts: [FieldDoubt]) -> FormReading {
    let box = PageBox(left: 0, top: 0, right: 1, bottom: 1)
    return FormReading(
      kind: .cms1500, pages: [3],
      fields: [
        FieldReading(
          field: "24D.7", page: 3, box: box, text: value ?? "", value: value, confidence: confidence, doubts: doubts)
      ])
  }

  @Test("two readers that agree lift a faint box that was half read, by the service's row on its page")
  func agreement() throws {
    let heard = Self.form("G0463", 60, [.faint]).hearing([3: ["24D.1": "g0463"]]).fields[0]
    #expect(heard.doubts.isEmpty && heard.value == "G0463" && heard.modelText == "g0463")
  }

  @Test("no word of a model makes a value, or lifts any other doubt")
  func alone() throws {
    let faint = Self.form("G0463", 60, [.faint])
    for (form, said) in [
      (faint, "60463"), (Self.form("G0463", 49, [.faint]), "G0463"), (Self.form("G0463", nil, [.faint]), "G0463"),
      (Self.form("G0463", 90, [.faint, .straddling]), "G0463"), (Self.form(nil, 90, [.malformed]), "G0463"),
      (Self.form(nil, nil, [.missing]), "G0463"), (Self.form("G0463", 90, [.unknownCode]), "G0463"),
      (Self.form("G0463", 90, [.contradicted]), "G0463"),
    ] {
      let heard = form.hearing([3: ["24D.1": said]]).fields[0]
      #expect(heard.doubts == form.fields[0].doubts && heard.value == form.fields[0].value)
      #expect(heard.modelText == said)
    }
    let sure = Self.form("G0463", 95, [])
    #expect(sure.hearing([3: ["24D.1": "99213"]]) == sure)
    for other in [[3: ["24D.7": "G0463"]], [1: ["24D.1": "G0463"]], [3: ["24D.1": " "]]] {
      #expect(faint.hearing(other) == faint)
    }
    #expect(faint.hearing([3: ["24D.1": "\u{1B}[2J9"]]).fields[0].modelText == "[2J9")
  }
}
