import ClaimsDomain

/// Collects the errors of a file while it is read to its end, so that a person can correct all of them at once.
final class FaultList {
  private var errors: [PlanFileError] = []
  /// What only follows from an error that has been reported elsewhere.
  private var consequence: PlanFileError?

  /// The most errors to report. A person does not correct more at a time.
  private static let limit = 100

  var isEmpty: Bool { errors.isEmpty }

  func note(_ error: PlanFileError) {
    if error.isConsequence { consequence = error } else { errors += error.all }
  }

  /// Runs a part of the reading, and notes the error that it throws.
  ///
  /// - Returns: nil if the part has an error.
  @discardableResult
  func attempt<Value>(_ read: () throws(PlanFileError) -> Value) -> Value? {
    do {
      return try read()
    } catch {
      note(error)
      return nil
    }
  }

  /// Returns what was read.
  ///
  /// - Parameter value: nil only if an error was noted.
  /// - Throws: `PlanFileError` with all errors, those of a file in the order of their lines.
  func result<Value>(_ value: Value?) throws(PlanFileError) -> Value {
    let files = Dictionary(errors.enumerated().map { ($1.file, $0) }, uniquingKeysWith: min)
    let sorted = errors.sorted { left, right in
      (files[left.file] ?? 0, left.line ?? 0, left.column ?? 0)
        < (files[right.file] ?? 0, right.line ?? 0, right.column ?? 0)
    }
    var listed = Array(sorted.prefix(Self.limit))
    if let next = sorted.dropFirst(Self.limit).first {
      listed.append(PlanFileError(file: next.file, line: next.line, reason: .isCutShort))
    }
    if let error = PlanFileError.all(of: listed) { throw error }
    if value == nil, let consequence { throw consequence }
    guard let value else { preconditionFailure("a value is missing and no error was noted") }
    return value
  }
}
