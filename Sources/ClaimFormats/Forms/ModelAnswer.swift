import Foundation

/// What a model says that the boxes of a page hold, from the answer of an endpoint for chat completions:
/// `choices[0].message.content`, which is one JSON object with a text for each box. Nobody vouches for any of it.
package struct ModelAnswer: Hashable, Sendable {
  /// By the names of the boxes.
  package let boxes: [String: String]

  /// In bytes.
  private static let longestContent = 100_000
  private static let mostBoxes = 1_000

  private struct Completion: Decodable {
    struct Choice: Decodable {
      struct Message: Decodable { let content: String }
      let message: Message
    }
    let choices: [Choice]
  }

  /// - Returns: nil when the answer is anything else.
  package init?(_ bytes: [UInt8]) {
    guard let completion = try? JSONDecoder().decode(Completion.self, from: Data(bytes)),
      let content = completion.choices.first?.message.content, content.utf8.count <= Self.longestContent,
      let object = try? JSONDecoder().decode([String: String?].self, from: Data(Self.unfenced(content).utf8)),
      object.count <= Self.mostBoxes
    else { return nil }
    boxes = object.compactMapValues { $0 }
  }

  /// Models like to put what they are asked for between fences.
  private static func unfenced(_ content: String) -> Substring {
    guard let start = content.firstIndex(of: "{"), let end = content.lastIndex(of: "}"), start < end else { return "" }
    return content[start...end]
  }
}

extension FormReading {
  /// Another prompt is another question, with a key of its own.
  package static let modelPromptVersion = "1"

  /// What a model is asked about a page.
  package static func modelPrompt(for kind: FormKind) -> String {
    let layout = FormLayout.of(kind)
    let boxes = layout.boxes.filter { $0.mark == nil }.map { $0.field(service: $0.row ?? 0) }
    let marks = Dictionary(grouping: layout.boxes.filter { $0.mark != nil }, by: \.name).sorted { $0.key < $1.key }
      .map { "\($0.key) (one of \($0.value.compactMap(\.mark).joined(separator: ", ")))" }
    return """
      The picture is a page of a \(kind == .cms1500 ? "CMS-1500 (02/12)" : "UB-04") claim form. Read what is typed in its \
      boxes. Answer with one JSON object and nothing else. Its keys are names of boxes, its values the text of each box \
      exactly as it is typed. Leave out a box that is empty or that you cannot read; do not correct, complete or guess \
      anything. The boxes: \(boxes.joined(separator: ", ")). Of these, name the choice that is marked: \
      \(marks.joined(separator: "; ")).
      """
  }

  /// Returns the form with what a model says of its boxes in doubt beside what was read.
  ///
  /// The model is one more reader. It makes no value: a box that only the model has read keeps its doubt, and a person is shown
  /// what the model says. Where a box is only faint, the engine was half sure of it or more, and the model reads the same
  /// value, two readers agree, and the box is in doubt no longer.
  ///
  /// - Parameter answers: by page, the texts of boxes by name.
  package func hearing(_ answers: [Int: [String: String]]) -> FormReading {
    let layout = FormLayout.of(kind)
    var reading = self
    for index in reading.fields.indices where !reading.fields[index].doubts.isEmpty {
      let field = reading.fields[index]
      guard let (box, service) = layout.box(of: field.field) else { continue }
      let row = box.row == nil ? 0 : (service - 1) % layout.rows + 1
      guard let text = answers[field.page]?[box.field(service: row)]?.trimmingBlanks, !text.isEmpty else { continue }
      reading.fields[index].modelText = text.printable
      let isHalfSure = field.doubts == [.faint] && (field.confidence ?? 0) >= Self.halfSure
      if isHalfSure, let value = box.outcome(ofPersons: text).value, value == field.value {
        reading.fields[index].doubts = []
      }
    }
    return reading
  }

  /// In percent: what the page contradicts, or what may have lost a part, has less.
  private static let halfSure = 50
}
