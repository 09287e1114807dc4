import ClaimFormats
import ClaimOperations
import ClaimStore
package import ClaimsApp
package import ClaimsDomain
import DurableExecution
import HTTPTypes
package import Hummingbird
import NIOCore

/// Answers which paper forms are on record, what they say, and what they look like. A form's path has our number for it,
/// which is made from the digest of its pages.
struct FormRoutes {
  let app: ClaimsApp

  private static let pageLimit = 200

  func add(to group: RouterGroup<APIRequestContext>) {
    group.get("forms", use: forms)
    group.get("forms/:id", use: form)
    group.get("forms/:id/pages/:page", use: page)
    group.get("forms/:id/crops/:field", use: crop)
  }

  /// Answers forms in the order in which they came: those that wait, unless others are asked for.
  @Sendable private func forms(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let limit = try request.limit(upTo: Self.pageLimit)
    let state = try request.formState()
    let after = try request.uri.queryParameters["after"].map { text throws(APIProblem) in
      guard let id = try? FormID(inPath: String(text)) else { throw .malformed("after must be the last form's id") }
      return id
    }
    let page = try await app.store.read { transaction in
      let last = try after.map { id in
        guard let form = try transaction.form(id) else { throw FormRefusal.unknown(id) }
        return form
      }
      return try transaction.paperForms(in: state, after: last, limit: limit)
    }
    return APIAnswer.json { json in
      json.object { json in
        json.key("forms")
        json.array(page) { FormJSON($1, showsFields: false).write(to: &$0) }
        json.member("next", page.count == limit ? page.last?.id : nil)
      }
    }.response()
  }

  @Sendable private func form(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let id = try context.formID()
    let form = try await app.store.read { try $0.paperForm(id) }
    guard let form else { throw FormRefusal.unknown(id) }
    return APIAnswer.json { FormJSON(form, showsFields: true).write(to: &$0) }.response()
  }

  @Sendable private func page(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    try await app.page(context.parameters.get("page"), ofForm: try context.formID())
  }

  @Sendable private func crop(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let (id, name) = (try context.formID(), context.parameters.get("field") ?? "")
    let (box, page) = try await app.store.read { transaction in
      guard let form = try transaction.paperForm(id) else { throw FormRefusal.unknown(id) }
      guard let field = form.current.fields.first(where: { $0.field == name }) else {
        throw APIProblem.notFound(FormRefusal.noField(id, name).why)
      }
      guard let page = try transaction.page(field.page, ofForm: id) else { throw APIProblem.noPicture(id) }
      return (field.box, page)
    }
    do {
      return .picture(try await app.paper.crop(box, of: page))
    } catch {
      throw APIProblem.unavailable("the picture cannot be cut: \(error.what)")
    }
  }
}

/// The acts of an examiner on a paper form that waits. Each is on record with its reason and the token's name.
struct FormActRoutes {
  let app: ClaimsApp
  let once: OncePerKey
  let settings: ServiceSettings

  func add(to group: RouterGroup<APIRequestContext>) {
    group.post("forms/:id/correct", use: correct)
    group.post("forms/:id/accept", use: accept)
    group.post("forms/:id/discard", use: discard)
  }

  @Sendable private func correct(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    try await act(request, context) { desk, id, body in
      let document = try CorrectionDocument(body: body)
      let form = try await desk(document.reason).correct(id, document.field, to: document.value, seen: document.version)
      return APIAnswer.json { FormJSON(form, showsFields: true).write(to: &$0) }
    }
  }

  @Sendable private func discard(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    try await act(request, context) { desk, id, body in
      let document = try FormEndDocument(body: body)
      let form = try await desk(document.reason).discard(id, seen: document.version)
      return APIAnswer.json { FormJSON(form, showsFields: true).write(to: &$0) }
    }
  }

  @Sendable private func accept(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    try await act(request, context) { desk, id, body in
      let document = try FormEndDocument(body: body)
      let accepted = try await desk(document.reason)
        .accept(id, seen: document.version, limit: settings.fourEyesAbove, by: app.processor)
      let report = try ClaimReport(ClaimResult(accepted))
      app.outcomes.note([report].compactMap(\.self))
      var answer = APIAnswer.json { json in
        json.object { json in
          json.key("form")
          FormJSON(accepted.form, showsFields: false).write(to: &json)
          json.member("claim", report) { $1.write(to: &$0) }
        }
      }
      // The claim is on record and must not be accepted anew. The service finishes it itself (`UnfinishedClaims`).
      if !accepted.isSettled {
        answer = APIAnswer(status: 202, contentType: answer.contentType, bytes: answer.bytes)
      }
      return answer
    }
  }

  private func act(
    _ request: Request, _ context: APIRequestContext,
    _ perform: ((String) throws -> FormDesk, FormID, [UInt8]) async throws -> APIAnswer
  ) async throws -> Response {
    let (id, caller) = (try context.formID(), try context.requireCaller())
    let body = try await request.bytes(upTo: ActRoutes.bodyLimit)
    return try await once.respond(to: request, context, body: body) {
      try await perform({ FormDesk(app.store, by: try SignOff(by: caller.name, reason: $0)) }, id, body)
    }
  }
}

/// Gives a field of a form a value, and says why. The value is about a member, so it is in no log.
struct CorrectionDocument: RequestDocument {
  let field: String
  let value: String
  let reason: String
  /// The version of the form that the examiner was shown.
  let version: Int?

  enum CodingKeys: String, CodingKey, CaseIterable { case field, value, reason, version }
}

/// Ends a form, and says why.
struct FormEndDocument: RequestDocument {
  let reason: String
  let version: Int?

  enum CodingKeys: String, CodingKey, CaseIterable { case reason, version }
}

extension Request {
  /// - Returns: nil for all forms.
  /// - Throws: `APIProblem.malformed`.
  fileprivate func formState() throws(APIProblem) -> FormState.Name? {
    guard let text = uri.queryParameters["state"] else { return .waiting }
    guard text != "all" else { return nil }
    guard let state = FormState.Name(rawValue: String(text)) else {
      throw .malformed("state is waiting, accepted, discarded, or all")
    }
    return state
  }
}

extension APIRequestContext {
  fileprivate func formID() throws(APIProblem) -> FormID { try FormID(inPath: parameters.get("id") ?? "") }
}

extension FormID {
  /// Reads our number of a form from a path.
  ///
  /// - Throws: `APIProblem.notFound` for a text that does not have its form.
  package init(inPath text: String) throws(APIProblem) {
    guard text.wholeMatch(of: /FRM-[0-9a-f]{20}/) != nil else {
      throw .notFound("a form's path has its id, FRM- and 20 hex digits")
    }
    self.init(text)
  }
}

extension ClaimsApp {
  /// Answers with the picture of a page.
  ///
  /// - Parameter number: the page's number in its file, as a path has it.
  /// - Throws: `APIProblem` if there is no such form or page; `StoreFailure`.
  package func page(_ number: String?, ofForm id: FormID) async throws -> Response {
    let image = try await store.read { transaction in
      guard try transaction.form(id) != nil else { throw FormRefusal.unknown(id) }
      return try number.flatMap { Int($0) }.flatMap { try transaction.page($0, ofForm: id) }?.image
    }
    guard let image else { throw APIProblem.noPicture(id) }
    return .picture(image)
  }
}

extension APIProblem {
  fileprivate static func noPicture(_ id: FormID) -> APIProblem {
    .notFound("form \(id) has no such page, or its pictures have left: with the form, or by a retention schedule")
  }
}

extension Response {
  /// A picture that is kept in no cache, and taken for nothing but a picture.
  fileprivate static func picture(_ image: [UInt8]) -> Response {
    Response(
      status: .ok,
      headers: [
        .contentType: "image/png", .xContentTypeOptions: "nosniff", .cacheControl: "no-store",
        .contentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'",
      ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: image)))
  }
}
