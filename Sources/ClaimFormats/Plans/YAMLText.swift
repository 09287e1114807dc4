import Yams

/// The root of a YAML file, or the line that keeps it from being one.
struct YAMLText {
  let file: SourceFile

  func root() throws(PlanFileError) -> Node {
    guard let text = String(validating: file.bytes, as: UTF8.self) else {
      throw PlanFileError(file: file.name, reason: "the file is not UTF-8 text")
    }
    let node: Node?
    do {
      node = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw refusal(of: error, in: text)
    } catch {
      throw PlanFileError(file: file.name, reason: "the file is not YAML")
    }
    guard let node else { throw PlanFileError(file: file.name, reason: "the file is empty") }
    return node
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

  /// The parser tells where a repeated key stands first; the second is the next line that begins alike.
  private func repetition(of key: String, after first: Mark, in text: String) -> Int {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let indented = String(repeating: " ", count: first.column - 1) + key + ":"
    let later = lines.indices.dropFirst(first.line).first { lines[$0].hasPrefix(indented) }
    return later.map { $0 + 1 } ?? first.line
  }
}
