import DurableExecution
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

  @Test("what a model reads is set beside a box in doubt, by the service's row on its page, and changes nothing else")
  func beside() throws {
    let (faint, missing) = (Self.form("G0463", 60, [.faint]), Self.form(nil, nil, [.missing]))
    for (form, said, value) in [
      (faint, "g0463", "G0463"), (faint, " 60463 ", "60463"), (missing, "G0463", "G0463"),
      (Self.form("G0463", 90, [.faint, .straddling]), "G0463", "G0463"),
      (Self.form(nil, 90, [.malformed]), "G0463", "G0463"), (Self.form("G0463", 90, [.unknownCode]), "G0463", "G0463"),
      (Self.form("G0463", 90, [.contradicted]), "99213", "99213"),
    ] {
      var expected = form
      expected.fields[0].modelValue = value
      #expect(form.hearing([3: ["24D.1": said]]) == expected, "\(form.fields[0].doubts), \(said)")
    }
  }

  @Test("what is said of a box without doubt, of another row or page, or against the box's grammar is left out")
  func leftOut() throws {
    let faint = Self.form("G0463", 60, [.faint])
    for other in [[3: ["24D.7": "G0463"]], [1: ["24D.1": "G0463"]], [3: ["99": "G0463"]], [3: [:]], [:]] {
      #expect(faint.hearing(other) == faint)
    }
    for said in [
      "", " ", "G046", "\u{1B}[2JG0463", "G0463\u{0}", "the code is G0463", String(repeating: "G", count: 9_999),
    ] {
      #expect(faint.hearing([3: ["24D.1": said]]) == faint, "\(said.count)")
    }
    let sure = Self.form("G0463", 95, [])
    #expect(sure.hearing([3: ["24D.1": "99213"]]) == sure)
  }

  @Test("another prompt has another version, since the version is in the key", arguments: FormKind.allCases)
  func promptVersion(kind: FormKind) {
    let prompts: [FormKind: String] = [.cms1500: "6dff15a8016a443c", .ub04: "74e1418a9aa24c99"]
    let digest = ContentDigest.sha256(FormReading.modelPrompt(for: kind).utf8).prefix(16)
    #expect(FormReading.modelPromptVersion == "1")
    #expect(prompts[kind] == String(digest), "the prompt has changed: give it another version")
  }
}
