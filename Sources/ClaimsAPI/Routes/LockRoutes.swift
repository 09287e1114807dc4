import ClaimFormats
import ClaimStore
import DurableExecution
import Hummingbird

/// Locks that the processes of a caller share. A lock is held by a lease, and its token grows with each holder: whatever
/// the lock protects refuses a token that is smaller than one it has seen.
struct LockRoutes {
  private let locks: LockService<ClaimStore>
  private let worker: WorkerID
  private let pacing: Pacing

  private static let bodyLimit = 4 * 1024

  init(_ store: ClaimStore, worker: WorkerID, pacing: Pacing) {
    locks = LockService(store: store)
    (self.worker, self.pacing) = (worker, pacing)
  }

  func add(to group: RouterGroup<APIRequestContext>) {
    group.post("locks/acquire", use: acquire)
    group.post("locks/renew", use: renew)
    group.post("locks/release", use: release)
  }

  @Sendable private func acquire(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let (document, name) = try await read(WantedLock.self, request, context)
    let answer = try await locks.acquire(
      name, owner: worker, lease: document.leaseSeconds.lease(), waitingUpTo: document.patience(), pacing: pacing)
    switch answer {
    case .held(let token, _):
      return APIAnswer.json { json in
        json.object { json in
          json.member("outcome", "held")
          json.member("token", Int(token.number))
        }
      }.response()
    case .busy:
      throw APIProblem(409, "busy", "Lock Is Held", "another holder has the lock; ask again later", retryAfter: 1)
    }
  }

  @Sendable private func renew(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let (document, name) = try await read(HeldLock.self, request, context)
    return try EffectRoutes.answer(
      await locks.renew(name, token: Epoch(document.token), lease: document.leaseSeconds.lease()))
  }

  @Sendable private func release(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let (document, name) = try await read(HeldLock.self, request, context)
    return try EffectRoutes.answer(await locks.release(name, token: Epoch(document.token)))
  }

  /// - Returns: the document, and the lock's name in the store.
  private func read<Document: LockDocument>(
    _ type: Document.Type, _ request: Request, _ context: APIRequestContext
  ) async throws -> (Document, String) {
    let caller = try context.requireCaller()
    let document = try Document(body: try await request.bytes(upTo: Self.bodyLimit))
    return (document, try document.name.scoped(to: caller).text)
  }
}

/// Names a lock.
protocol LockDocument: RequestDocument {
  var name: String { get }
}

/// Asks for a lock.
struct WantedLock: LockDocument {
  let name: String
  let leaseSeconds: Int?
  let waitSeconds: Int?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case name
    case leaseSeconds = "lease_seconds"
    case waitSeconds = "wait_seconds"
  }

  /// - Throws: `APIProblem.malformed`.
  func patience() throws(APIProblem) -> Duration {
    let seconds = waitSeconds ?? 0
    guard (0...60).contains(seconds) else { throw .malformed("wait_seconds must be from 0 to 60") }
    return .seconds(seconds)
  }
}

/// Names a lock that the caller holds.
struct HeldLock: LockDocument {
  let name: String
  let token: Int64
  let leaseSeconds: Int?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case name, token
    case leaseSeconds = "lease_seconds"
  }
}
