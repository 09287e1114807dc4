import Foundation

/// What a model reads in the boxes of a page, from the answer of an endpoint for chat completions:
/// `choices[0].message.content`, which is one JSON object with a text for each box. None of it is trusted.
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

  /// Leaves out what models tend to put around an object, such as a fence.
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

  /// Returns the form with what a model reads in its boxes in doubt beside what the engine has read.
  ///
  /// No value and no doubt changes, also where both read the same: how often both misread the same box has not been measured,
  /// and what a form says decides money. What the grammar of a box does not accept is left out.
  ///
  /// - Parameter answers: by page, the texts of boxes by name.
  package func hearing(_ answers: [Int: [String: String]]) -> FormReading {
    let layout = FormLayout.of(kind)
    var reading = self
    for index in reading.fields.indices where !reading.fields[index].doubts.isEmpty {
      let field = reading.fields[index]
      guard let (box, service) = layout.box(of: field.field) else { continue }
      // A model sees one page, whose rows begin at one.
      let row = box.row == nil ? 0 : (service - 1) % layout.rows + 1
      guard let text = answers[field.page]?[box.field(service: row)]?.trimmingBlanks, !text.isEmpty else { continue }
      let outcome = box.outcome(ofPersons: text)
      if outcome.doubt == nil { reading.fields[index].modelValue = outcome.value }
    }
    return reading
  }
}
