import ClaimOperations
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution

/// Checks a paper form: its fields against what was read and what people have done, its pages against its digest, and an
/// accepted form against its claim.
struct FormCheck: Sendable {
  let row: FormRow
  private let faults: [String]

  /// - Throws: `StoreFailure` when the store cannot be read. Rows that do not read as what they should be are faults.
  ///
  /// - Parameter gone: how many page images have left by a retention schedule; nil where none have.
  init(_ row: FormRow, acts: [FormAct], claim: ClaimRow?, gone: Int?, in transaction: ClaimTransaction) throws {
    self.row = row
    do {
      let form = try PaperForm(row, acts: acts)
      faults =
        Self.faults(in: form) + Self.faults(of: claim, for: row)
        + Self.faults(in: try transaction.pages(ofForm: row.id), gone: gone, of: row)
    } catch StoreFailure.corrupt(let what) {
      faults = [what]
    }
  }

  var findings: [Finding] { faults.map { Finding(.formsFollowActs, "form \(row.id)", $0) } }

  private static func faults(in form: PaperForm) -> [String] {
    var faults: [String] = []
    let fields = form.unexplained
    if !fields.isEmpty {
      faults.append("no act on record explains what it says in \(fields.prefix(10).joined(separator: ", "))")
    }
    if form.acts.count != form.row.version {
      faults.append("it has \(form.acts.count) acts in version \(form.row.version)")
    }
    if form.doubtCount != form.row.doubts { faults.append("its doubts are not counted as they are") }
    let hasEnded = form.acts.last.map { act in
      switch (act.kind, form.row.state) {
      case (.accept, .accepted), (.discard, .discarded), (.correct, .waiting): true
      default: false
      }
    }
    if !(hasEnded ?? (form.row.state == .waiting)) { faults.append("its last act has not brought it where it stands") }
    return faults
  }

  private static func faults(of claim: ClaimRow?, for row: FormRow) -> [String] {
    guard let id = row.state.claim else { return [] }
    guard let claim else { return ["it was accepted as claim \(id), and that claim is gone"] }
    let digest = claim.keys.intake.text.split(separator: ":").last.map(String.init)
    return digest == row.digest ? [] : ["claim \(id) was not made of its pages"]
  }

  private static func faults(in pages: [FormPageImage], gone: Int?, of row: FormRow) -> [String] {
    guard gone == nil else {
      guard case .accepted = row.state else { return ["its pictures have left, and it was not accepted"] }
      return pages.isEmpty ? [] : ["its pictures are on record as gone, and some are still here"]
    }
    guard row.state != .discarded else {
      return pages.isEmpty ? [] : ["it was discarded, and its pictures are still here"]
    }
    guard !pages.isEmpty, FoundForm.digest(of: pages) == row.digest else {
      return ["its pictures are not those that came"]
    }
    return []
  }
}
