import ClaimFormats
import ClaimPipeline
import ClaimStore
package import ClaimsApp
package import DurableExecution
import Hummingbird

/// What an operator looks after: the queue, claims that were set aside, and keys that are stuck.
struct OperationRoutes {
  let app: ClaimsApp
  let once: OncePerKey
  let settings: ServiceSettings

  private static let pageLimit = 500

  func add(to group: RouterGroup<APIRequestContext>) {
    group.get("queue", use: queue)
    group.get("queue/dead", use: dead)
    group.post("queue/release", use: releaseClaim)
    group.post("keys/release", use: releaseKey)
  }

  @Sendable private func queue(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let counts = try await app.store.read { try $0.queueCounts() }
    return APIAnswer.json { json in
      json.object { json in
        json.member("waiting", counts.waiting)
        json.member("leased", counts.leased)
        json.member("dead", counts.dead)
      }
    }.response()
  }

  /// Answers the claims that were set aside, the oldest first.
  @Sendable private func dead(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let limit = try request.limit(upTo: Self.pageLimit)
    let cursors = SealedCursors(app.store)
    let after = try await cursors.open(request.uri.queryParameters["after"], of: .deadLetters)
      .map { place throws(APIProblem) in try ListPlace(cursor: place) }
    let page = ListPage(
      try await app.store.read { try $0.deadLetters(after: after, limit: limit + 1) }, limit: limit)
    let next = try await cursors.seal(page.last.map { ListPlace(at: $0).text }, of: .deadLetters)
    return APIAnswer.json { json in
      json.object { json in
        json.key("claims")
        json.array(page.rows) { json, letter in
          json.object { json in
            json.member("key", letter.key.text)
            json.member("attempts", letter.attempts)
            json.member("reason", letter.reason)
          }
        }
        json.member("next", next)
      }
    }.response()
  }

  @Sendable private func releaseClaim(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    try await release(request, context) { key, signOff in
      try await app.revive(key, by: signOff)
    }
  }

  @Sendable private func releaseKey(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    try await release(request, context) { key, signOff in
      try await app.release(key, by: signOff, settings)
    }
  }

  private func release(
    _ request: Request, _ context: APIRequestContext, _ act: (KeyText, SignOff) async throws -> Void
  ) async throws -> Response {
    let caller = try context.requireCaller()
    let body = try await request.bytes(upTo: ActRoutes.bodyLimit)
    return try await once.respond(to: request, context, body: body) {
      let document = try ReleaseDocument(body: body)
      try await act(KeyText(document.key), try SignOff(by: caller.name, reason: document.reason))
      return APIAnswer.json { $0.object { $0.member("released", true) } }
    }
  }
}

extension ClaimsApp {
  /// Lets a claim that was set aside be tried again.
  ///
  /// - Throws: `APIProblem.notFound`, `StoreFailure`.
  package func revive(_ key: KeyText, by signOff: SignOff) async throws {
    guard try await store.transaction({ try $0.revive(key, by: signOff) }) else {
      throw APIProblem.notFound("no claim of that key was set aside")
    }
  }

  /// Lets a failed key be tried again, or ends the lease of a pending one. With four eyes, the key of a payment is not
  /// released: its claim is, by examiners.
  ///
  /// - Throws: `APIProblem`, `StoreFailure`.
  package func release(_ key: KeyText, by signOff: SignOff, _ settings: ServiceSettings) async throws {
    let outcome = try await store.transaction { transaction in
      if settings.fourEyesAbove != nil, let claim = PaymentKey.claim(of: key),
        try transaction.records(for: [key])[key]?.status == .failed
      {
        throw APIProblem.refused(
          "examiners release this payment: release claim \(claim); above the amount, another examiner approves it")
      }
      return try KeyRelease(of: key, by: signOff).perform(in: transaction, endsLeases: true)
    }
    switch outcome {
    case .released, .endedLease: return
    case .unknown: throw APIProblem.notFound("there is no such key")
    case .replaced(let claim): throw APIProblem.refused("another claim has replaced \(claim): it is never paid")
    case .onHold(let claim): throw APIProblem.refused("the payee of claim \(claim) is on hold: lift the hold first")
    case .notHeld: throw APIProblem.refused("no lease holds this pending key: send the claim again")
    case .completed: throw APIProblem.refused("only a failed or a pending key can be released; this one is completed")
    }
  }
}

/// Names a key that is to be released, and says why.
struct ReleaseDocument: RequestDocument {
  let key: String
  let reason: String

  enum CodingKeys: String, CodingKey, CaseIterable { case key, reason }
}
