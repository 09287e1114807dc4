package import ClaimStore
package import DurableExecution
import HTTPTypes
import Hummingbird

/// Serves a request with an `Idempotency-Key` once, however often it comes: the first answer is kept, and sent again byte
/// for byte. Each caller has its own keys, so no caller can read another's answers.
package struct OncePerKey: Sendable {
  private let keys: KeyService<ClaimStore>
  private let owner: WorkerID
  private let pacing: Pacing
  private let memory = AnswerMemory()

  /// How long a request may be worked on without a sign of life.
  private static let lease = Duration.seconds(15)

  package init(_ store: ClaimStore, owner: WorkerID, pacing: Pacing) {
    keys = KeyService(store: store)
    (self.owner, self.pacing) = (owner, pacing)
  }

  /// What makes a request the same request.
  private struct Identity: Encodable {
    let method: String
    let path: String
    let bodyDigest: String
  }

  /// - Parameter act: does what the request asks for. If it throws, nothing of its answer is kept, and the next request
  ///   with the key acts again.
  /// - Throws: `APIProblem` for a request without a key, with a key of another request, or under way; `StoreFailure`;
  ///   any error from `act`.
  func respond(
    to request: Request, _ context: APIRequestContext, body: [UInt8], act: () async throws -> APIAnswer
  ) async throws -> Response {
    let caller = try context.requireCaller()
    let identity = Identity(
      method: request.method.rawValue, path: request.uri.string, bodyDigest: ContentDigest.sha256(body))
    let key = KeyText(effect: "http", segments: [caller.name, try request.idempotencyKey()])
    let asked = try ask(key, identity, try request.agent(of: caller))
    let served = try await serve(asked, waiting: request.preferredWait, act)
    return served.answer.response(isReplay: served.isReplay)
  }

  /// Does what a form of a page asks for once, however often the form is sent. A form that was changed before it was sent
  /// again is another form.
  ///
  /// - Parameters:
  ///   - form: the key that the form was given when its page was made.
  ///   - path: the path that the form is sent to.
  ///   - act: as for `respond`; it returns a text that says what came of it.
  /// - Returns: the text of the first sending of the form, and whether this was a later one.
  package func perform(
    form: String, of caller: Caller, at path: String, body: [UInt8], act: () async throws -> String
  ) async throws -> (outcome: String, isReplay: Bool) {
    let identity = Identity(method: "POST", path: path, bodyDigest: ContentDigest.sha256(body))
    let key = KeyText(effect: "http", segments: [caller.name, "form", form, path, identity.bodyDigest])
    let asked = try ask(key, identity, AgentVersion(caller.name, "console"))
    let served = try await serve(asked, waiting: .seconds(30)) {
      APIAnswer(status: 200, contentType: "text/plain", bytes: Array(try await act().utf8))
    }
    return (String(decoding: served.answer.bytes, as: UTF8.self), served.isReplay)
  }

  private func ask(_ key: KeyText, _ identity: Identity, _ agent: AgentVersion) throws -> KeyRequest {
    KeyRequest(
      key: key, fingerprint: try Fingerprint(of: identity), agent: agent, owner: owner, lease: Self.lease,
      retention: .workflow)
  }

  private func serve(
    _ asked: KeyRequest, waiting: Duration, _ act: () async throws -> APIAnswer
  ) async throws -> (answer: APIAnswer, isReplay: Bool) {
    if let answer = memory.answer(to: asked) { return (answer, true) }
    switch try await acquired(asked, waiting: waiting) {
    case .replayed(let record):
      guard let response = record.response else { throw StoreFailure.corrupt("a closed key has no response") }
      memory.remember(response, to: asked)
      return (APIAnswer(response), true)
    case .mismatch: throw APIProblem.keyReused
    case .inProgress: throw APIProblem.inProgress(retryAfter: 1)
    case .acquired(let record): return try await perform(act, under: record, for: asked)
    }
  }

  /// Asks for the key, and again while it is another's and the caller is ready to wait.
  private func acquired(_ asked: KeyRequest, waiting: Duration) async throws -> KeyAnswer {
    let giveUp = pacing.now() + waiting
    while true {
      let answer = try await keys.acquire(asked)
      guard case .inProgress = answer, pacing.now() < giveUp else { return answer }
      try await pacing.sleep(.milliseconds(100))
    }
  }

  private func perform(
    _ act: () async throws -> APIAnswer, under record: KeyRecord, for asked: KeyRequest
  ) async throws -> (answer: APIAnswer, isReplay: Bool) {
    let heartbeat = Task { [keys, pacing] in
      while !Task.isCancelled {
        try await pacing.sleep(Self.lease / 3)
        // If the store does not answer, the lease ends, and another request goes on from what is on record.
        _ = try? await keys.heartbeat(record.key, epoch: record.epoch, lease: Self.lease)
      }
    }
    defer { heartbeat.cancel() }
    let answer: APIAnswer
    do {
      answer = try await act()
    } catch {
      _ = try? await keys.abandon(record.key, epoch: record.epoch)
      throw error
    }
    guard answer.isFinal else {
      _ = try? await keys.abandon(record.key, epoch: record.epoch)
      return (answer, false)
    }
    switch try await keys.complete(record.key, epoch: record.epoch, with: answer.stored) {
    case .accepted:
      memory.remember(answer.stored, to: asked)
      return (answer, false)
    case .fenced, .conflicting, .unknownKey: return try await other(record.key)
    }
  }

  /// Returns the answer of a request that has overtaken this one.
  private func other(_ key: KeyText) async throws -> (answer: APIAnswer, isReplay: Bool) {
    guard let response = try await keys.record(of: key)?.response else {
      throw APIProblem.inProgress(retryAfter: 1)
    }
    return (APIAnswer(response), true)
  }
}

extension Request {
  /// - Throws: `APIProblem.keyMissing`.
  fileprivate func idempotencyKey() throws(APIProblem) -> String {
    guard let key = try header(.idempotencyKey), (1...200).contains(key.utf8.count),
      key.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
    else { throw .keyMissing }
    return key
  }

  /// The agent that acts, as it names itself in `X-Actor`; the caller where it does not. It is on record and decides nothing.
  ///
  /// - Throws: `APIProblem.malformed`.
  func agent(of caller: Caller) throws(APIProblem) -> AgentVersion {
    guard let text = try header(.actor) else { return AgentVersion(caller.name, "") }
    guard (1...100).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw .malformed("X-Actor is a name and a version, for example PaymentAgent/1.2.0")
    }
    return AgentVersion(parsing: text) ?? AgentVersion(text, "")
  }
}
