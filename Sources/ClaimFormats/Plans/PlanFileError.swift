/// What is wrong with a plan, fee, member or published reference file, where, and what to do: one line, as compilers
/// write it.
package struct PlanFileError: Error, Hashable, CustomStringConvertible {
  package let file: String
  /// From 1; nil when the whole file is at fault.
  package let line: Int?
  package let column: Int?
  package let reason: String
  /// What to do about it; nil when the reason says it.
  package let advice: String?

  package init(file: String, line: Int? = nil, column: Int? = nil, reason: String, advice: String? = nil) {
    self.file = file
    self.line = line
    self.column = column
    self.reason = reason
    self.advice = advice
  }

  package var description: String {
    let place = [file, line.map(String.init), column.map(String.init)].compactMap(\.self).joined(separator: ":")
    return "\(place): \(reason)" + (advice.map { "; \($0)" } ?? "")
  }
}
