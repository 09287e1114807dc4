import ClaimStore
import ClaimsAPI
import DurableExecution
import Foundation
import HTTPTypes
import Hummingbird

/// The sessions of a store, with the tokens that people sign in with.
struct Sessions: Sendable {
  let store: ClaimStore
  let tokens: TokenRegister
  let keeper: SessionKeeper
  /// Whether the service is reached by HTTPS, so that a browser sends the cookie no other way.
  let isEncrypted: Bool

  private var cookieName: String { isEncrypted ? "__Host-paidonce" : "paidonce" }

  static var now: Int { Int(Date().timeIntervalSince1970) }

  func find(in request: Request) async throws -> (Caller?, Session?) {
    guard let cookie = request.cookies[cookieName]?.value,
      let session = keeper.session(cookie: cookie, at: Self.now), let caller = tokens.caller(of: session.tokenDigest)
    else { return (nil, nil) }
    let isOver = try await store.read { try !$0.records(for: [Self.end(of: session, caller)]).isEmpty }
    return isOver ? (nil, nil) : (caller, session)
  }

  /// - Returns: nil if there is no such token.
  func signIn(with token: String) -> (Caller, Session)? {
    let digest = TokenRegister.digest(of: token)
    return tokens.caller(of: digest).map { ($0, keeper.session(of: digest, at: Self.now)) }
  }

  /// Revokes a session, so that copies of its cookie are no longer valid. The revocation is stored under a key that
  /// outlives the session.
  func signOut(_ session: Session, of caller: Caller, by worker: WorkerID) async throws {
    let key = Self.end(of: session, caller)
    let keys = KeyService(store: store)
    let asked = KeyRequest(
      key: key, fingerprint: try Fingerprint(of: [session.id]), agent: AgentVersion(caller.name, "console"),
      owner: worker, lease: .seconds(15), retention: .workflow)
    guard case .acquired(let record) = try await keys.acquire(asked) else { return }
    _ = try await keys.complete(
      key, epoch: record.epoch,
      with: StoredResponse(bytes: Array("signed out".utf8), contentType: "text/plain", status: 200))
  }

  private static func end(of session: Session, _ caller: Caller) -> KeyText {
    KeyText(effect: "http", segments: [caller.name, "sign-out", session.id])
  }

  /// The header that gives a browser its session.
  func header(of session: Session) -> String {
    header(value: keeper.cookie(of: session), seconds: SessionKeeper.lifetime)
  }

  /// The header that takes the session from a browser.
  var headerOfNone: String { header(value: "", seconds: 0) }

  private func header(value: String, seconds: Int) -> String {
    "\(cookieName)=\(value); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Strict" + (isEncrypted ? "; Secure" : "")
  }
}

/// The check that a form was sent from a page of this service.
enum Origin {
  /// - Throws: `APIProblem.refused` if the browser says that a page of another site has sent the request.
  static func check(_ request: Request) throws(APIProblem) {
    if let name = HTTPField.Name("Sec-Fetch-Site"), let site = request.headers[name],
      site != "same-origin", site != "none"
    {
      throw .refused("the form was sent by another site")
    }
    guard let origin = request.headers[.origin] else { return }
    guard let host = request.head.authority, origin == "http://\(host)" || origin == "https://\(host)" else {
      throw .refused("the form was sent by another site")
    }
  }
}
