import ClaimFormats
import ClaimPipeline
import ClaimStore
package import ClaimsApp
import ClaimsDomain
package import DurableExecution
import Hummingbird

/// The acts of an examiner on a claim. Each is on record with its reason and with the name of the token that asked for it.
struct ActRoutes {
  let app: ClaimsApp
  let once: OncePerKey
  let settings: ServiceSettings

  private static let pageLimit = 500
  /// The most bytes of a body. An act has a few hundred.
  static let bodyLimit = 64 * 1024

  func add(to group: RouterGroup<APIRequestContext>) {
    group.post("claims/:id/adjust", use: adjust)
    group.post("claims/:id/release", use: release)
    group.post("claims/:id/deny", use: deny)
    group.post("claims/:id/price", use: price)
    group.post("claims/:id/other-payer", use: otherPayer)
    group.post("claims/:id/accept", use: accept)
    group.post("claims/:id/approve", use: approve)
    group.post("claims/:id/decline", use: decline)
    group.get("proposals", use: proposals)
  }

  @Sendable private func adjust(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    try await act(request, context, AdjustDocument.self) { desk, id, document in
      try await desk.adjust(id.text, for: document.revisionCause(), waiving: document.waivers())
    }
  }

  @Sendable private func release(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    try await act(request, context, GivenDocument.self) { desk, id, document in
      try await desk.release(id.text, besides: document.given())
    }
  }

  @Sendable private func deny(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    try await act(request, context, DenyDocument.self) { desk, id, document in
      try await desk.deny(id.text, as: document.denial())
    }
  }

  @Sendable private func price(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    try await act(request, context, GivenDocument.self) { desk, id, document in
      let given = try document.given()
      guard !given.prices.isEmpty else { throw APIProblem.malformed("prices is missing") }
      return try await desk.give(id.text, given, for: .price)
    }
  }

  @Sendable private func otherPayer(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    try await act(request, context, GivenDocument.self) { desk, id, document in
      let given = try document.given()
      guard !given.payers.isEmpty || given.turn != nil else {
        throw APIProblem.malformed("other_payers is missing, or our_turn")
      }
      return try await desk.give(id.text, given, for: .otherPayer)
    }
  }

  @Sendable private func accept(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    try await act(request, context, GivenDocument.self) { desk, id, document in
      let given = try document.given()
      guard !given.documents.isEmpty else { throw APIProblem.malformed("documents is missing") }
      return try await desk.give(id.text, given, for: .document)
    }
  }

  @Sendable private func approve(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    try await act(request, context, ProposalDocument.self) { desk, id, document in
      try await desk.approve(id.text, number: document.proposal)
    }
  }

  @Sendable private func decline(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let (id, caller) = (try context.claimID(), try context.requireCaller())
    let body = try await request.bytes(upTo: Self.bodyLimit)
    return try await once.respond(to: request, context, body: body) {
      let document = try ProposalDocument(body: body)
      let signOff = try SignOff(by: caller.name, reason: document.reason)
      let declined = try await ClaimAdjuster(app, by: signOff, settings).decline(id.text, number: document.proposal)
      return APIAnswer.json { declined.write(to: &$0) }
    }
  }

  /// Answers the acts that wait for another person's approval, the oldest first.
  @Sendable private func proposals(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let limit = try request.limit(upTo: Self.pageLimit)
    let after = try request.uri.queryParameters["after"].map { text throws(APIProblem) in try ListPlace(cursor: text) }
    let page = ListPage(
      try await app.store.read { try $0.openProposals(after: after, limit: limit + 1) }, limit: limit)
    return APIAnswer.json { json in
      json.object { json in
        json.key("proposals")
        json.array(page.rows) { $1.write(to: &$0) }
        json.member("next", page.last.map { ListPlace(at: $0).text })
      }
    }.response()
  }

  private func act<Document: ActDocument>(
    _ request: Request, _ context: APIRequestContext, _ type: Document.Type,
    _ perform: (ClaimAdjuster, ClaimIntakeID, Document) async throws -> ClaimAdjustment
  ) async throws -> Response {
    let id = try context.claimID()
    let caller = try context.requireCaller()
    let body = try await request.bytes(upTo: Self.bodyLimit)
    return try await once.respond(to: request, context, body: body) {
      let document = try Document(body: body)
      let signOff = try SignOff(by: caller.name, reason: document.reason)
      return try Self.answer(try await perform(ClaimAdjuster(app, by: signOff, settings), id, document))
    }
  }

  private static func answer(_ adjustment: ClaimAdjustment) throws -> APIAnswer {
    let report = try adjustment.result.flatMap { try ClaimReport($0) }
    var answer = APIAnswer.json { json in
      json.object { json in
        json.member("changed", adjustment.result != nil)
        json.member("claim", report) { $1.write(to: &$0) }
        if let proposal = adjustment.proposal {
          json.key("proposal")
          proposal.write(to: &json)
        }
      }
    }
    // The act is on record and must not be repeated. The service finishes the claim itself (`UnfinishedClaims`).
    // A proposal waits for another person.
    if adjustment.followUp != nil || adjustment.proposal != nil {
      answer = APIAnswer(status: 202, contentType: answer.contentType, bytes: answer.bytes)
    }
    return answer
  }
}

extension ClaimAdjuster {
  package init(_ app: ClaimsApp, by signOff: SignOff, _ settings: ServiceSettings) {
    self.init(app, by: signOff, rulesAreNamed: settings.rulesAreNamed, limit: settings.fourEyesAbove)
  }
}

extension ProposedAct {
  fileprivate func write(to json: inout OrderedJSON) {
    json.object { json in
      json.member("claim_intake_id", claim.text)
      json.member("number", number)
      json.member("act", act)
      json.member("moves", moves)
      json.member("by", signOff.person)
      json.member("reason", signOff.reason)
      json.member("at", at.iso8601)
    }
  }
}
