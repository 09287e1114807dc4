package import ClaimsDomain
import DurableExecution
import DurableSQL

private enum SQL {
  static let columns: DialectText = """
    digest, kind, source, received_on, received_at, reading, corrected, doubts, state, version, claim_intake_id
    """
  static let select = Statement("forms.select", "SELECT \(columns) FROM form_drafts WHERE draft_id = $1")
  static let lock = Statement("forms.lock", "SELECT \(columns) FROM form_drafts WHERE draft_id = $1 \(.locking)")
  static let page = Statement(
    "forms.page",
    """
    SELECT \(columns) FROM form_drafts WHERE (received_at, draft_id) > ($1, $2)
    ORDER BY received_at, draft_id LIMIT $3
    """)
  static let pageInState = Statement(
    "forms.pageInState",
    """
    SELECT \(columns) FROM form_drafts WHERE state = $4 AND (received_at, draft_id) > ($1, $2)
    ORDER BY received_at, draft_id LIMIT $3
    """)
  static let counts = Statement("forms.counts", "SELECT state, count(*) FROM form_drafts GROUP BY state")
  static let insert = Statement(
    "forms.insert",
    """
    INSERT INTO form_drafts (draft_id, digest, kind, source, received_on, received_at, reading, corrected, doubts, \
    state, version)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, 'waiting', 0) ON CONFLICT (digest) DO NOTHING RETURNING 1
    """)
  static let insertPage = Statement(
    "forms.insertPage",
    insertInto: "form_pages", "draft_id, page, width, height, pixels_per_inch, image")
  static let update = Statement(
    "forms.update",
    """
    UPDATE form_drafts SET corrected = $1, doubts = $2, state = $3, version = $4, claim_intake_id = $5
    WHERE draft_id = $6 AND version = $7 AND state = 'waiting' RETURNING 1
    """)
  static let dropPages = Statement("forms.dropPages", "DELETE FROM form_pages WHERE draft_id = $1")
  static let insertAct = Statement(
    "forms.insertAct",
    insertInto: "form_acts", "draft_id, number, act, field, was, becomes, person, reason, at")
  static let acts = Statement(
    "forms.acts",
    """
    SELECT draft_id, act, field, was, becomes, person, reason, at FROM form_acts WHERE draft_id \(oneOf: 1)
    ORDER BY draft_id, number
    """)
  static let pages = Statement(
    "forms.pages", "SELECT \(pageColumns) FROM form_pages WHERE draft_id = $1 ORDER BY page")
  static let onePage = Statement(
    "forms.onePage", "SELECT \(pageColumns) FROM form_pages WHERE draft_id = $1 AND page = $2")
  static let gone = Statement("forms.gone", "SELECT draft_id, pages FROM form_pages_gone WHERE draft_id \(oneOf: 1)")
  private static let pageColumns: DialectText = "page, width, height, pixels_per_inch, image"
}

extension ClaimTransaction {
  package func form(_ id: FormID) throws -> FormRow? {
    try sql.ask(SQL.select, [.text(id.text)]) { try FormRow(columns: &$0) }.first
  }

  package func lockedForm(_ id: FormID) throws -> FormRow? {
    try sql.ask(SQL.lock, [.text(id.text)]) { try FormRow(columns: &$0) }.first
  }

  package func forms(in state: FormState.Name?, after form: FormRow?, limit: Int) throws -> [FormRow] {
    let place: [SQLValue] = [
      .integer(form?.receivedAt.microseconds ?? .min), .text(form?.id.text ?? ""), .count(limit),
    ]
    let (statement, arguments) = state.map { (SQL.pageInState, place + [.text($0.rawValue)]) } ?? (SQL.page, place)
    return try sql.ask(statement, arguments) { try FormRow(columns: &$0) }
  }

  package func formCounts() throws -> [FormState.Name: Int] {
    let counts = try sql.ask(SQL.counts, []) { (FormState.Name(rawValue: try $0.text()), try $0.count()) }
    return try counts.reduce(into: [:]) { counts, count in
      guard let state = count.0 else { throw StoreFailure.corrupt("a form is in an unknown state") }
      counts[state] = count.1
    }
  }

  package func keep(_ form: FormRow, pages: [FormPageImage]) throws -> (form: FormRow, isNew: Bool) {
    let new = try sql.ask(
      SQL.insert,
      [
        .text(form.id.text), .text(form.digest), .text(form.kind), .text(form.source),
        .text(form.receivedOn.description), .integer(form.receivedAt.microseconds), .bytes(form.reading),
        .count(form.doubts),
      ]
    ) { try $0.count() }
    guard new.isEmpty else {
      try sql.run(
        SQL.insertPage,
        pages.map {
          [
            .text(form.id.text), .count($0.page), .count($0.width), .count($0.height), .count($0.pixelsPerInch),
            .bytes($0.image),
          ]
        })
      return (form, true)
    }
    guard let known = try self.form(form.id) else { throw StoreFailure.corrupt("form \(form.id) is not there") }
    return (known, false)
  }

  package func replace(_ form: FormRow, by act: FormAct) throws {
    let replaced = try sql.ask(
      SQL.update,
      [
        .bytes(form.corrected), .count(form.doubts), .text(form.state.name.rawValue), .count(form.version),
        .text(optional: form.state.claim?.text), .text(form.id.text), .count(form.version - 1),
      ]
    ) { try $0.count() }
    guard !replaced.isEmpty else { throw StoreFailure.stale("form \(form.id)") }
    try sql.run(SQL.insertAct, [act.arguments(of: form)])
    if form.state == .discarded { try sql.run(SQL.dropPages, [[.text(form.id.text)]]) }
  }

  package func acts(onForms ids: [FormID]) throws -> [FormID: [FormAct]] {
    let acts = try sql.ask(SQL.acts, for: ids.map(\.text)) { columns in
      (FormID(try columns.text()), try FormAct(columns: &columns))
    }
    return Dictionary(grouping: acts, by: \.0).mapValues { $0.map(\.1) }
  }

  package func pages(ofForm id: FormID) throws -> [FormPageImage] {
    try sql.ask(SQL.pages, [.text(id.text)]) { try FormPageImage(columns: &$0) }
  }

  package func page(_ number: Int, ofForm id: FormID) throws -> FormPageImage? {
    try sql.ask(SQL.onePage, [.text(id.text), .count(number)]) { try FormPageImage(columns: &$0) }.first
  }

  package func pagesGone(ofForms ids: [FormID]) throws -> [FormID: Int] {
    let gone = try sql.ask(SQL.gone, for: ids.map(\.text)) { (FormID(try $0.text()), try $0.count()) }
    return Dictionary(uniqueKeysWithValues: gone)
  }
}

extension FormRow {
  fileprivate init(columns: inout Columns) throws {
    let digest = try columns.text()
    let (kind, source) = (try columns.text(), try columns.text())
    let received = try columns.text()
    let receivedAt = Timestamp(microseconds: try columns.integer())
    let (reading, corrected) = (try columns.bytes(), try columns.bytes())
    let doubts = try columns.count()
    let name = FormState.Name(rawValue: try columns.text())
    let version = try columns.count()
    let claim = try columns.textOrNil().map { ClaimIntakeID($0) }
    guard let receivedOn = CalendarDate(parsing: received), let state = FormState(name, claim) else {
      throw StoreFailure.corrupt("form \(Self.id(ofDigest: digest)) has an unknown state or day")
    }
    self.init(
      digest: digest, kind: kind, source: source, receivedOn: receivedOn, receivedAt: receivedAt, reading: reading,
      corrected: corrected, doubts: doubts, state: state, version: version)
  }
}

extension FormState {
  fileprivate init?(_ name: Name?, _ claim: ClaimIntakeID?) {
    switch (name, claim) {
    case (.waiting, nil): self = .waiting
    case (.accepted, let claim?): self = .accepted(claim)
    case (.discarded, nil): self = .discarded
    default: return nil
    }
  }
}

extension FormAct {
  fileprivate func arguments(of form: FormRow) -> [SQLValue] {
    var (field, was, becomes): (String?, String?, String?) = (nil, nil, nil)
    if case .correct(let name, let before, let after) = kind { (field, was, becomes) = (name, before, after) }
    return [
      .text(form.id.text), .count(form.version), .text(kind.name), .text(optional: field), .text(optional: was),
      .text(optional: becomes), .text(signOff.person), .text(signOff.reason), .integer(at.microseconds),
    ]
  }

  fileprivate init(columns: inout Columns) throws {
    let (name, field) = (try columns.text(), try columns.textOrNil())
    let (was, becomes) = (try columns.textOrNil(), try columns.textOrNil())
    let (person, reason) = (try columns.text(), try columns.text())
    let at = Timestamp(microseconds: try columns.integer())
    guard let signOff = try? SignOff(by: person, reason: reason) else {
      throw StoreFailure.corrupt("an act on a form is nobody's")
    }
    switch (name, field) {
    case ("correct", let field?): self.init(.correct(field: field, was: was, becomes: becomes), by: signOff, at: at)
    case ("accept", nil): self.init(.accept, by: signOff, at: at)
    case ("discard", nil): self.init(.discard, by: signOff, at: at)
    default: throw StoreFailure.corrupt("an act on a form is of an unknown kind")
    }
  }
}

extension FormPageImage {
  fileprivate init(columns: inout Columns) throws {
    self.init(
      page: try columns.count(), width: try columns.count(), height: try columns.count(),
      pixelsPerInch: try columns.count(), image: try columns.bytes())
  }
}
