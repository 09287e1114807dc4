import ClaimsAPI
import ClaimsApp
import DurableExecution
import HTTPTypes
import Hummingbird
import Logging

/// Signs people in with their token, and out again.
struct SignInPages {
  let console: ConsoleParts

  struct View: PageView {
    static let template = "sign-in"
    static let place = ""
    let title = "Sign in"
    var alert: String?
    var notice: String?
  }

  func add(to group: RouterGroup<ConsoleContext>) {
    group.get("sign-in") { [console] _, context in
      // A caller who is already signed in can sign out here.
      let token = context.session.map(console.sessions.keeper.formToken)
      return try console.pages.response(View(), status: .ok, for: context, token: token)
    }
    group.post("sign-in", use: signIn)
    group.post("sign-out", use: signOut)
  }

  @Sendable private func signIn(_ request: Request, _ context: ConsoleContext) async throws -> Response {
    try Origin.check(request)
    let form = try await Form(request, upTo: 16 * 1024)
    guard let token = form["access"], let (caller, session) = console.sessions.signIn(with: token) else {
      context.logger.notice("refused: no such token to sign in with")
      let view = View(alert: "There is no such token. Ask whoever runs the service: claims tokens new NAME --role ROLE")
      return try console.pages.response(view, status: .forbidden, for: context, token: nil)
    }
    context.logger.info("signed in", metadata: ["caller": "\(caller.name)"])
    var response = Response.redirect(to: "/", type: .normal)
    response.headers[.setCookie] = console.sessions.header(of: session)
    return response
  }

  @Sendable private func signOut(_ request: Request, _ context: ConsoleContext) async throws -> Response {
    let (caller, session) = try context.signedIn()
    try Origin.check(request)
    let form = try await Form(request, upTo: 16 * 1024)
    guard console.sessions.keeper.isFormToken(form.token, of: session) else {
      throw APIProblem.refused(
        "you are still signed in: the form is not of this session; open the first page, and sign out there")
    }
    try await console.sessions.signOut(session, of: caller, by: console.app.runner.worker)
    var response = Response.redirect(to: "/sign-in", type: .normal)
    response.headers[.setCookie] = console.sessions.headerOfNone
    return response
  }
}
