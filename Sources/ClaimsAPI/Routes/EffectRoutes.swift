import ClaimFormats
import ClaimStore
import DurableExecution
import Foundation
import Hummingbird

/// The idempotency service: keys for the effects of agents that are not ours, in any language. An agent acquires the key
/// of an effect, acts, and reports the outcome; later requests for the key get that outcome. What an agent puts
/// on record before it acts is in `PreparationRoutes`.
///
/// Keys belong to the caller. Another caller's key of the same text is another key.
struct EffectRoutes {
  private let store: ClaimStore
  private let keys: KeyService<ClaimStore>
  private let worker: WorkerID

  /// The most bytes of a body, and so of a response that is kept.
  private static let bodyLimit = 1024 * 1024
  private static let noResult = "there is no result yet; ask again later"

  init(_ store: ClaimStore, worker: WorkerID) {
    (self.store, self.worker) = (store, worker)
    keys = KeyService(store: store)
  }

  func add(to group: RouterGroup<APIRequestContext>) {
    group.post("effects/acquire", use: acquire)
    group.post("effects/complete", use: complete)
    group.post("effects/fail", use: fail)
    group.post("effects/heartbeat", use: heartbeat)
    group.post("effects/abandon", use: abandon)
    group.post("effects/check", use: check)
    group.post("effects/result", use: result)
  }

  @Sendable private func acquire(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let (document, caller) = try await read(AcquireDocument.self, request, context)
    // The key in the store has another form, which does not tell the strategy.
    try KeyStrategy.check(
      KeyText(document.key), retention: try document.keptFor(), movingMoney: KeyStrategyRoutes.movingMoney)
    let asked = KeyRequest(
      key: try document.key.scoped(to: caller), fingerprint: try document.checkedFingerprint(),
      agent: try request.agent(of: caller), owner: WorkerID("\(caller.name)/\(worker)"),
      lease: try document.leaseSeconds.lease(), retention: try document.keptFor())
    switch try await keys.acquire(asked) {
    case .acquired(let record):
      // This owner has not prepared yet, so a preparation can only come from an earlier one.
      let last = record.attempts > 1 ? try await keys.lastPreparation(of: record.key) : nil
      return APIAnswer.json { record.writeAcquired(after: last, to: &$0) }.response()
    case .replayed(let record):
      return APIAnswer.json { json in
        json.object { json in
          json.member("outcome", "replayed")
          record.writeResponse(to: &json)
        }
      }.response(isReplay: true)
    case .inProgress(let until):
      throw APIProblem.inProgress(
        retryAfter: try await secondsLeft(until), "another owner holds the key; try again when its lease has ended")
    case .mismatch: throw APIProblem.keyReused
    }
  }

  /// Whole seconds until an instant of the store's clock; at least one.
  private func secondsLeft(_ until: Timestamp) async throws -> Int {
    let now = try await store.read { try $0.now }
    return max(1, Int((until.microseconds - now.microseconds + 999_999) / 1_000_000))
  }

  @Sendable private func complete(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let (document, caller) = try await read(OutcomeDocument.self, request, context)
    let response = try document.response(standard: 200)
    return try Self.answer(
      await keys.complete(document.key.scoped(to: caller), epoch: Epoch(document.epoch), with: response))
  }

  @Sendable private func fail(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let (document, caller) = try await read(OutcomeDocument.self, request, context)
    let response = try document.response(standard: 422)
    return try Self.answer(
      await keys.fail(document.key.scoped(to: caller), epoch: Epoch(document.epoch), with: response))
  }

  @Sendable private func heartbeat(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let (document, caller) = try await read(OwnedDocument.self, request, context)
    return try Self.answer(
      await keys.heartbeat(
        document.key.scoped(to: caller), epoch: Epoch(document.epoch), lease: document.leaseSeconds.lease()))
  }

  @Sendable private func abandon(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let (document, caller) = try await read(OwnedDocument.self, request, context)
    return try Self.answer(await keys.abandon(document.key.scoped(to: caller), epoch: Epoch(document.epoch)))
  }

  /// Answers what is known of a key, without its response.
  @Sendable private func check(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let record = try await record(request, context)
    let last = try await keys.lastPreparation(of: record.key)
    return APIAnswer.json { json in
      json.object { json in
        json.member("status", record.status.rawValue)
        json.member("epoch", Int(record.epoch.number))
        json.member("attempts", record.attempts)
        json.member("fingerprint", record.fingerprint.hex)
        json.member("agent", record.agent.description)
        json.member("archived", record.isArchived)
        last.write(to: &json)
      }
    }.response()
  }

  /// Answers the response of a key as it was reported: its status, its content type, its bytes.
  @Sendable private func result(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let record = try await record(request, context)
    guard let response = record.response else { throw APIProblem.inProgress(retryAfter: 1, Self.noResult) }
    return APIAnswer(response).response(isReplay: true)
  }

  private func record(_ request: Request, _ context: APIRequestContext) async throws -> KeyRecord {
    let (document, caller) = try await read(KeyDocument.self, request, context)
    guard let record = try await keys.record(of: try document.key.scoped(to: caller)) else {
      throw APIProblem.notFound("you have used no such key")
    }
    return record
  }

  private func read<Document: RequestDocument>(
    _ type: Document.Type, _ request: Request, _ context: APIRequestContext
  ) async throws -> (Document, Caller) {
    let caller = try context.requireCaller()
    return (try Document(body: try await request.bytes(upTo: Self.bodyLimit)), caller)
  }

  static func answer(_ report: KeyReport) throws(APIProblem) -> Response {
    switch report {
    case .accepted: return APIAnswer.json { $0.object { $0.member("outcome", "accepted") } }.response()
    case .fenced: throw .fenced
    case .conflicting:
      throw APIProblem(
        409, "conflicting", "Another Outcome on Record", "the key has another outcome already; yours changed nothing")
    case .unknownKey: throw .notFound("you have used no such key")
    }
  }
}

extension APIProblem {
  static let fenced = APIProblem(
    409, "fenced", "Key Taken Over",
    "the epoch is not the key's own now: another owner has it, or it was given back; your report changed nothing")
}

extension KeyRecord {
  /// - Parameter last: the last preparation by an earlier owner.
  fileprivate func writeAcquired(after last: Preparation?, to json: inout OrderedJSON) {
    json.object { json in
      // An agent that acts where it reads "acquired" does not act here: an earlier owner may have done so.
      json.member("outcome", last == nil ? "acquired" : "in_doubt")
      json.member("epoch", Int(epoch.number))
      json.member("attempts", attempts)
      // After a first owner has gone, what it did must be found out before anything is done again.
      json.member("taken_over", attempts > 1)
      json.member("tracking_id", (last?.trackingID ?? trackingID).text)
      json.member("prepared_epoch", last.map { Int($0.epoch.number) }) { $0.integer($1) }
    }
  }

  func writeResponse(to json: inout OrderedJSON) {
    json.member("status", status.rawValue)
    json.member("response", response) { json, response in
      json.object { json in
        json.member("status", response.status)
        json.member("content_type", response.contentType)
        json.member("sha256", response.digest)
        json.member("body_base64", Data(response.bytes).base64EncodedString())
      }
    }
  }
}
