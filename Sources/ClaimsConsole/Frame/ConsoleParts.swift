import ClaimStore
import ClaimsAPI
import ClaimsApp
import DurableExecution
import Hummingbird

/// What all pages are made with.
struct ConsoleParts: Sendable {
  let app: ClaimsApp
  let settings: ServiceSettings
  let once: OncePerKey
  let sessions: Sessions
  let pages: PageTemplates
  /// Nil where callers may make any number of requests.
  let rates: CallerRates?
  let forms: FormPlaces

  /// - Throws: `StoreFailure`.
  init(_ app: ClaimsApp, tokens: TokenRegister, settings: ServiceSettings, gate: RequestGate) async throws {
    self.app = app
    self.settings = settings
    (once, rates, forms) = (gate.once, gate.rates, gate.forms)
    let secret = try await app.store.transaction { try $0.secret(named: "console") }
    sessions = Sessions(
      store: app.store, tokens: tokens, keeper: SessionKeeper(secret: secret),
      isEncrypted: settings.certificate != nil || settings.isBehindTLS)
    pages = try PageTemplates()
  }

  /// Reads a form, and refuses one that is not ours.
  ///
  /// - Throws: `APIProblem`.
  func form(of visit: Visit) async throws -> Form {
    try Origin.check(visit.request)
    let form = try await Form(visit.request, upTo: settings.bodyLimit)
    guard sessions.keeper.isFormToken(form.token, of: visit.session) else {
      throw APIProblem.refused("the form is not of this session; open its page again")
    }
    return form
  }
}
