import ClaimFormats
import ClaimOperations
import ClaimStore
import ClaimsApp
import ClaimsDomain
import DurableExecution

/// A paper form: its fields in doubt first, each with its picture and a field to enter what the picture says.
struct PaperFormView: PageView {
  static let template = "form"
  static let place = "/forms"
  let title: String
  var alert: String?
  var notice: String?
  let path: String
  let state: String
  let kind: String
  let source: String
  let received: String
  let version: Int
  /// Our number for the claim that the form is; nil for none.
  let claim: String?
  /// The pictures of the pages; none for a discarded form.
  let pages: [Page]
  /// Whether the form was accepted, and its pictures have left by a retention schedule.
  let havePicturesLeft: Bool
  let doubtful: [Field]
  /// The number of fields in doubt, in words; nil for none.
  let inDoubt: String?
  let clear: [Field]
  /// Why the form makes no claim although no field is in doubt.
  let makesNoClaim: String?
  /// What the visitor may do; nil if there is nothing to do.
  let acts: Acts?
  let byHand: [Act]

  struct Page: Sendable {
    let path: String
    let number: Int
    /// In points.
    let width: String
    let height: String
  }

  struct Field: Sendable {
    let name: String
    /// The part of the page to show; nil where there is no picture.
    let picture: Picture?
    let read: String
    let value: String
    let confidence: String?
    let correction: String?
    /// What a language model reads.
    let model: String?
    let doubts: [Doubt]
    /// Nil for a visitor who may not correct it.
    let entry: Entry?
  }

  struct Picture: Sendable {
    let field: String
    let page: Int
    /// Left, top, width and height in points.
    let box: String
  }

  struct Doubt: Sendable {
    let code: String
    let words: String
  }

  struct Entry: Sendable {
    let path: String
    let name: String
    let version: Int
    let value: String
    let reason: String
  }

  struct Acts: Sendable {
    let path: String
    let version: Int
    /// Whether the form can be accepted.
    let isReady: Bool
    let reason: String
  }

  struct Act: Sendable {
    let at: String
    let person: String
    let what: String
    let reason: String
  }

  init(_ form: PaperForm, _ images: [FormPageImage], _ entered: Form?, mayDecide: Bool) {
    let row = form.row
    title = "Form \(form.id)"
    path = "/forms/\(form.id)"
    (state, kind, version) = (row.state.name.rawValue, form.current.kind.name, row.version)
    (source, received, claim) = (row.source, row.receivedOn.description, row.state.claim?.text)
    pages = images.map { Page($0, of: form.id) }
    havePicturesLeft = images.isEmpty && row.state.claim != nil
    let numbers = Set(images.map(\.page))
    let mayAct = mayDecide && row.state == .waiting
    let fields = form.fields.map { Field($0, of: form, pictures: numbers, entered, mayAct: mayAct) }
    doubtful = fields.filter { !$0.doubts.isEmpty }
    clear = fields.filter(\.doubts.isEmpty)
    inDoubt = doubtful.isEmpty ? nil : doubtful.count == 1 ? "One field is" : "\(doubtful.count) fields are"
    makesNoClaim = form.makesNoClaim
    let reason = entered.flatMap { $0["field"] == nil ? $0["reason"] : nil } ?? ""
    acts =
      mayAct
      ? Acts(path: path, version: row.version, isReady: doubtful.isEmpty && makesNoClaim == nil, reason: reason) : nil
    byHand = form.acts.map(Act.init)
  }
}

extension PaperFormView.Page {
  fileprivate init(_ image: FormPageImage, of form: FormID) {
    (path, number) = ("/forms/\(form)/pages/\(image.page)", image.page)
    (width, height) = ("\(Double(image.width) / 1_000)", "\(Double(image.height) / 1_000)")
  }
}

extension PaperFormView.Field {
  fileprivate init(
    _ field: PaperForm.Field, of form: PaperForm, pictures: Set<Int>, _ entered: Form?, mayAct: Bool
  ) {
    let now = field.current
    name = now.field
    picture = pictures.contains(now.page) ? PaperFormView.Picture(now) : nil
    (read, value) = (now.text, now.value ?? "")
    confidence = now.confidence.map { "\($0) %" }
    (correction, model) = (now.correction, now.modelValue)
    doubts = now.doubts.map { PaperFormView.Doubt(code: $0.rawValue, words: $0.reason) }
    let isEntered = entered?["field"] == now.field
    entry =
      mayAct
      ? PaperFormView.Entry(
        path: "/forms/\(form.id)/correct", name: now.field, version: form.row.version,
        value: isEntered ? entered?["value"] ?? "" : now.value ?? now.text,
        reason: isEntered ? entered?["reason"] ?? "" : PaperFormView.usualReason) : nil
  }
}

extension PaperFormView {
  /// What nearly every correction is made for.
  fileprivate static let usualReason = "as the picture shows"
}

extension PaperFormView.Picture {
  /// How much of what is around a field is shown with it, in points.
  private static let margin = 4.0

  fileprivate init(_ field: FieldReading) {
    let box = field.box
    (self.field, page) = (field.field, field.page)
    let parts = [
      box.left - Self.margin, box.top - Self.margin, box.right - box.left + 2 * Self.margin,
      box.bottom - box.top + 2 * Self.margin,
    ]
    self.box = parts.map { "\($0)" }.joined(separator: " ")
  }
}

extension PaperFormView.Act {
  fileprivate init(_ act: FormAct) {
    (at, person, reason) = (act.at.text, act.signOff.person, act.signOff.reason)
    what =
      switch act.kind {
      case .correct(let field, let was, let becomes) where was == becomes:
        "confirmed \(field): \(becomes ?? "nothing")"
      case .correct(let field, let was, let becomes):
        "corrected \(field) from \(was ?? "nothing") to \(becomes ?? "nothing")"
      case .accept: "accepted the form"
      case .discard: "discarded the form"
      }
  }
}
