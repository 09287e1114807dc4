import StrictText
import Yams

/// Parses a YAML file to its root node, or reports the line that makes it invalid.
struct YAMLText {
  let file: SourceFile

  /// The maximum size in bytes; a plan has a few thousand.
  private static let sizeLimit = 1 << 20

  func root() throws(PlanFileError) -> Node {
    guard file.bytes.count <= Self.sizeLimit else {
      throw PlanFileError(file: file.name, reason: "the file is longer than \(Self.sizeLimit >> 10) KB")
    }
    guard let text = String(validating: file.bytes, as: UTF8.self) else {
      throw PlanFileError(file: file.name, reason: "the file is not UTF-8 text")
    }
    try refuseReferences(in: text)
    let node: Node?
    do {
      node = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw refusal(of: error, in: text)
    } catch {
      throw PlanFileError(file: file.name, reason: "the file is not YAML")
    }
    guard let node else { throw PlanFileError(file: file.name, reason: "the file is empty") }
    try refuseControls(in: node)
    return node
  }

  private func refuseReferences(in text: String) throws(PlanFileError) {
    switch YAMLReferences.first(in: text) {
    case .reference(let line):
      throw PlanFileError(
        file: file.name, line: line, reason: "anchors and aliases (& and *) are not read",
        advice: "write the values out, and put a text that begins so in quotes")
    case .openQuote(let line):
      throw PlanFileError(
        file: file.name, line: line, reason: "a quote is opened and not closed on this line", advice: "close it")
    case nil: return
    }
  }

  private func refuseControls(in node: Node) throws(PlanFileError) {
    switch node {
    case .scalar(let scalar):
      guard scalar.string.holdsControl else { return }
      throw PlanFileError(
        file.name, scalar.mark, "a text holds a line break or another control character", advice: "write it without")
    case .mapping(let mapping):
      for (key, value) in mapping {
        try refuseControls(in: key)
        try refuseControls(in: value)
      }
    case .sequence(let sequence):
      for element in sequence { try refuseControls(in: element) }
    case .alias: throw PlanFileError(file: file.name, reason: "anchors and aliases (& and *) are not read")
    }
  }

  private func refusal(of error: YamlError, in text: String) -> PlanFileError {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      PlanFileError(file.name, mark, "not YAML here: \(problem)", advice: "check indentation, colons and quotes")
    case .duplicatedKeysInMapping(let keys, let context):
      PlanFileError(
        file: file.name, line: repetition(of: keys.first ?? "", after: context.mark, in: text),
        reason: "key \"\(keys.first ?? "")\" is there twice, first on line \(context.mark.line)",
        advice: "keep one of them")
    default:
      PlanFileError(file: file.name, reason: "the file is not YAML")
    }
  }

  /// The line of a key's second occurrence. The parser reports only the first; the second is the next line that begins
  /// the same way.
  private func repetition(of key: String, after first: Mark, in text: String) -> Int {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let indented = String(repeating: " ", count: max(0, first.column - 1)) + key + ":"
    let later = lines.indices.dropFirst(first.line).first { lines[$0].hasPrefix(indented) }
    return later.map { $0 + 1 } ?? first.line
  }
}
