import ClaimFormats
import ClaimStore
import ClaimsApp
import ClaimsDomain
import DurableExecution
import Hummingbird

/// Notes on claims that wait, and who looks after them. The author is the token's name.
struct DeskRoutes {
  let app: ClaimsApp
  let once: OncePerKey

  func add(to group: RouterGroup<APIRequestContext>) {
    group.post("claims/:id/notes", use: note)
    group.post("claims/:id/assignment", use: assign)
  }

  @Sendable private func note(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    try await act(request, context) { desk, id, body in
      try await desk.note(id.text, try NoteDocument(body: body).text)
    }
  }

  @Sendable private func assign(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    try await act(request, context) { desk, id, body in
      try await desk.assign(id.text, to: try AssignmentDocument(body: body).whom())
    }
  }

  private func act(
    _ request: Request, _ context: APIRequestContext,
    _ perform: (WaitingDesk, ClaimIntakeID, [UInt8]) async throws -> ClaimIntakeID
  ) async throws -> Response {
    let (id, caller) = (try context.claimID(), try context.requireCaller())
    let body = try await request.bytes(upTo: ActRoutes.bodyLimit)
    return try await once.respond(to: request, context, body: body) {
      let claim = try await perform(try WaitingDesk(app.store, by: caller.name), id, body)
      return APIAnswer.json { $0.object { $0.member("claim_intake_id", claim.text) } }
    }
  }
}

/// A note on a claim. It may be about the member, so it is in no log.
struct NoteDocument: RequestDocument {
  let text: String

  enum CodingKeys: String, CodingKey, CaseIterable { case text }
}

/// Names who looks after a claim.
struct AssignmentDocument: RequestDocument {
  let assignee: String?
  let nobody: Bool?

  enum CodingKeys: String, CodingKey, CaseIterable { case assignee, nobody }

  /// - Throws: `APIProblem.malformed` unless it says either who or nobody.
  fileprivate func whom() throws(APIProblem) -> String? {
    guard (assignee == nil) == (nobody == true) else { throw .malformed("give assignee, or nobody as true") }
    return assignee
  }
}
