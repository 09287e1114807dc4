import ClaimFormats
import ClaimsApp

/// Prints what a check of files finds, as it is found.
struct CheckPage {
  private let form: OutputForm
  private var output = Output()
  private var (files, unread, errors) = (0, 0, 0)

  init(_ form: OutputForm) { self.form = form }

  mutating func tell(_ finding: FileFinding) {
    switch form {
    case .text: output.line(finding.text)
    case .json: output.bytes(finding.jsonLine)
    }
  }

  mutating func tell(_ file: CheckedFile) {
    files += 1
    if !file.isRead { unread += 1 }
    errors += file.errors
    switch form {
    case .text: output.line(Self.line(file))
    case .json: output.bytes(file.jsonLine)
    }
    output.flush()
  }

  private static func line(_ file: CheckedFile) -> String {
    let counted = file.counts.map { count in
      count.count.counted(count.noun) + (count.bad > 0 ? " (\(count.bad.grouped) with errors)" : "")
    }
    let words = ([file.kind].compactMap(\.self) + counted).joined(separator: ", ")
    let good = file.isRead ? "good" : "not checked"
    let verdict = file.errors == 0 ? good : file.errors.counted("error")
    let warnings = file.warnings > 0 ? ", \(file.warnings.counted("warning"))" : ""
    return "\(file.name.displayed): \(words.isEmpty ? "" : "\(words): ")\(verdict)\(warnings)"
  }

  /// - Returns: nil when no file has an error.
  mutating func finish() -> ExitStatus? {
    let good = unread == 0 ? "all good" : "\(unread.grouped) not checked, the others good"
    if form == .text, files > 1 {
      output.line("\(files.counted("file")): \(errors == 0 ? good : errors.counted("error"))")
    }
    output.flush()
    return errors == 0 ? nil : .badInput
  }
}
