import ClaimsAPI
import Hummingbird

/// The context of a request for a page: who is signed in, once that is known.
struct ConsoleContext: ChildRequestContext {
  var coreContext: CoreRequestContextStorage
  var caller: Caller?
  var session: Session?

  init(context: APIRequestContext) {
    coreContext = context.coreContext
  }

  /// - Throws: `SignedOut`.
  func signedIn() throws(SignedOut) -> (caller: Caller, session: Session) {
    guard let caller, let session else { throw SignedOut() }
    return (caller, session)
  }
}

/// The request has no valid session.
struct SignedOut: Error {}
