package import ClaimFormats
package import ClaimOperations
import ClaimStore
import ClaimsDomain
import DurableExecution

/// A paper form as one JSON object. What its fields say is about the member, so only `show` has them.
package struct FormJSON {
  private let form: PaperForm
  private let showsFields: Bool

  /// - Parameter showsFields: whether the fields and the acts are written, and not only where the form stands.
  package init(_ form: PaperForm, showsFields: Bool) {
    (self.form, self.showsFields) = (form, showsFields)
  }

  /// The form as a line of JSON, including its line feed.
  package var line: [UInt8] { OrderedJSON.line { write(to: &$0) } }

  package func write(to json: inout OrderedJSON) {
    let row = form.row
    json.object { json in
      json.member("form_id", form.id)
      json.member("kind", row.kind)
      json.key("pages")
      json.array(form.current.pages) { $0.integer($1) }
      json.member("received_on", row.receivedOn.description)
      json.member("received_at", row.receivedAt.iso8601)
      json.member("state", row.state.name.rawValue)
      json.member("version", row.version)
      json.member("doubts", row.doubts)
      json.member("claim_intake_id", row.state.claim)
      if showsFields { writeContent(to: &json) }
    }
  }

  private func writeContent(to json: inout OrderedJSON) {
    json.member("source", form.row.source)
    json.member("makes_no_claim", form.makesNoClaim)
    json.key("fields")
    json.array(form.fields) { write($1, to: &$0) }
    json.key("acts")
    json.array(form.acts) { write($1, to: &$0) }
  }

  private func write(_ field: PaperForm.Field, to json: inout OrderedJSON) {
    let now = field.current
    json.object { json in
      json.member("field", now.field)
      json.member("page", now.page)
      json.member("text", now.text)
      json.member("value", now.value)
      json.member("value_read", field.read?.value)
      json.member("confidence", now.confidence)
      json.member("correction", now.correction)
      json.member("model_value", now.modelValue)
      json.key("doubts")
      json.array(now.doubts) { $0.string($1.rawValue) }
    }
  }

  private func write(_ act: FormAct, to json: inout OrderedJSON) {
    json.object { json in
      json.member("act", act.kind.name)
      if case .correct(let field, let was, let becomes) = act.kind {
        json.member("field", field)
        json.member("was", was)
        json.member("becomes", becomes)
      }
      json.member("by", act.signOff.person)
      json.member("reason", act.signOff.reason)
      json.member("at", act.at.iso8601)
    }
  }
}

extension PaperForm {
  /// Why the form as it is makes no claim; nil if it makes one, and while fields are in doubt.
  package var makesNoClaim: String? {
    guard row.state == .waiting, current.doubtful.isEmpty else { return nil }
    switch item {
    case .claim: return nil
    case .rejected(let rejection): return rejection.reason
    case .fault(let fault): return fault.what
    }
  }
}

extension FormKind {
  /// The form's name, as people call it.
  package var name: String {
    switch self {
    case .cms1500: "CMS-1500"
    case .ub04: "UB-04"
    }
  }
}

extension ClaimResult {
  /// The result of a form that was accepted.
  package init(_ accepted: AcceptedForm) {
    self.init(
      source: accepted.form.id.text, kind: .claim(accepted.claim, at: "the intake desk", accepted.end))
  }
}
