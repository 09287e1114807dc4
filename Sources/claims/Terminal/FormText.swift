import ClaimFormats
import ClaimOperations
import ClaimStore
import ClaimsApp
import ClaimsDomain
import DurableExecution

/// A paper form for the person at the intake desk.
struct FormText {
  private let form: PaperForm
  /// The options that every command needs, such as the store.
  private let options: String

  init(_ form: PaperForm, options: String = "") {
    (self.form, self.options) = (form, options)
  }

  /// The form in a list.
  var line: String {
    let row = form.row
    let doubts = row.state == .waiting ? "  \(row.doubts.counted("field")) in doubt" : ""
    return "\(row.receivedOn)  \(form.id)  \(form.current.kind.name.padded(to: 9))\(row.state.name.rawValue)\(doubts)"
      + (row.state.claim.map { "  claim \($0)" } ?? "") + "  \(row.source.displayed), \(pages)"
  }

  private var pages: String {
    let pages = form.current.pages
    return "page\(pages.count == 1 ? "" : "s") \(pages.map(String.init).joined(separator: ", "))"
  }

  /// Where the form stands, and what is to be done next.
  var standing: String {
    switch form.row.state {
    case .accepted(let claim): return "form \(form.id) is accepted: claim \(claim)"
    case .discarded: return "form \(form.id) is discarded; its pictures are removed"
    case .waiting:
      let names = form.current.doubtful.map(\.field)
      guard names.isEmpty else {
        return "form \(form.id), version \(form.row.version): in doubt: \(names.joined(separator: ", "))"
      }
      if let reason = form.makesNoClaim { return "form \(form.id) makes no claim: \(reason)" }
      return "form \(form.id), version \(form.row.version): no field is in doubt; accept it:\n"
        + "  claims intake accept \(form.id) --reason …\(options)"
    }
  }

  /// All of the form.
  var page: String {
    var page = [
      "form \(form.id)  \(form.current.kind.name)  \(form.row.state.name.rawValue), version \(form.row.version)",
      "  \(form.row.source.displayed), \(pages), received \(form.row.receivedOn)", "",
    ]
    page += form.fields.flatMap(lines)
    if !form.acts.isEmpty { page += ["", "  BY HAND"] + form.acts.map(line) }
    return (page + ["", standing]).joined(separator: "\n")
  }

  private func lines(_ field: PaperForm.Field) -> [String] {
    let now = field.current
    let mark = field.isDoubtful ? "?" : " "
    let confidence = now.confidence.map { "\($0) %" } ?? "text"
    var lines = [
      "\(mark) \(now.field.padded(to: 9))\((now.value ?? "-").displayed.padded(to: 28))"
        + "read \"\(now.text.displayed)\"  \(confidence)"
    ]
    if let read = field.read?.value, read != now.value { lines.append("             read as \(read.displayed)") }
    if let correction = now.correction { lines.append("             \(correction.displayed)") }
    if let model = now.modelValue { lines.append("             a model reads \(model.displayed)") }
    return lines + now.doubts.map { "             \($0.rawValue): it \($0.reason)" }
  }

  private func line(_ act: FormAct) -> String {
    let what =
      switch act.kind {
      case .correct(let field, let was, let becomes) where was == becomes:
        "confirmed \(field): \((becomes ?? "nothing").displayed)"
      case .correct(let field, let was, let becomes):
        "corrected \(field) from \((was ?? "nothing").displayed) to \((becomes ?? "nothing").displayed)"
      case .accept: "accepted"
      case .discard: "discarded"
      }
    return "    \(act.at.iso8601)  \(what) by \(act.signOff.person.displayed): \(act.signOff.reason.displayed)"
  }

  /// What has become of a form that was accepted, with how its claim ended.
  static func accepted(_ form: PaperForm, _ report: ClaimReport) -> String {
    var line = "form \(form.id) is claim \(form.row.state.claim?.text ?? ""): \(report.status.rawValue)"
    if let paid = report.planPaid, let charge = report.charge { line += ", the plan pays \(paid) of \(charge)" }
    if let reason = report.reason { line += ": \(reason.text)" }
    return line + (report.isReplay ? " (it was accepted before)" : "")
  }
}
