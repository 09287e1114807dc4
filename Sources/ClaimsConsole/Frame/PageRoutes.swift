import ClaimsAPI
import HTTPTypes
import Hummingbird
import Logging

/// A request from a signed-in caller with the permission that the page requires.
struct Visit: Sendable {
  let request: Request
  let context: ConsoleContext
  let caller: Caller
  let session: Session
  /// The token of the session's forms.
  let formToken: String

  /// The part of the path that a route names.
  func part(_ name: String) -> String { context.parameters.get(name) ?? "" }
}

/// Registers pages and forms. A form acts once, however often it is sent, and only with the session's form token.
struct PageRoutes {
  let console: ConsoleParts
  let group: RouterGroup<ConsoleContext>

  /// - Parameter make: returns the page, or throws `APIProblem`.
  func page(
    _ path: RouterPath, for permission: Permission?,
    _ make: @escaping @Sendable (Visit) async throws -> any PageView
  ) {
    response(path, for: permission) { [console] visit in
      try console.pages.response(try await make(visit), for: visit)
    }
  }

  func response(
    _ path: RouterPath, for permission: Permission?, _ make: @escaping @Sendable (Visit) async throws -> Response
  ) {
    group.get(path) { [console] request, context in
      try await make(try Self.visit(request, context, permission, console))
    }
  }

  /// Adds a form that finds something, and changes nothing.
  func search(
    _ path: RouterPath, for permission: Permission,
    _ make: @escaping @Sendable (Form, Visit) async throws -> any PageView
  ) {
    group.post(path) { [console] request, context in
      let visit = try Self.visit(request, context, permission, console)
      let form = try await console.form(of: visit)
      let page = try await make(form, visit)
      return try console.pages.response(page, status: page.alert == nil ? .ok : .badRequest, for: visit)
    }
  }

  /// Adds a form that does something, and then shows another page.
  ///
  /// - Parameters:
  ///   - act: does it, and returns the path of the page to show.
  ///   - again: the page with the form, shown with the reason if the act is refused.
  func form(
    _ path: RouterPath, for permission: Permission,
    act: @escaping @Sendable (Form, Visit) async throws -> String,
    again: @escaping @Sendable (Form, Visit) async throws -> any PageView
  ) {
    post(path, for: permission, act: act, again: again) { outcome, _, _ in .redirect(to: outcome, type: .normal) }
  }

  /// Adds a form that does something, and shows what came of it.
  ///
  /// - Parameter show: makes the page from what `act` has returned the first time that the form was sent, and whether
  ///   this is a later time.
  func form(
    _ path: RouterPath, for permission: Permission,
    act: @escaping @Sendable (Form, Visit) async throws -> String,
    again: @escaping @Sendable (Form, Visit) async throws -> any PageView,
    show: @escaping @Sendable (String, Bool, Visit) throws -> any PageView
  ) {
    post(path, for: permission, act: act, again: again) { [console] outcome, isReplay, visit in
      try console.pages.response(try show(outcome, isReplay, visit), for: visit)
    }
  }

  private func post(
    _ path: RouterPath, for permission: Permission,
    act: @escaping @Sendable (Form, Visit) async throws -> String,
    again: @escaping @Sendable (Form, Visit) async throws -> any PageView,
    answer: @escaping @Sendable (String, Bool, Visit) throws -> Response
  ) {
    group.post(path) { [console] request, context in
      let visit = try Self.visit(request, context, permission, console)
      let form = try await console.form(of: visit)
      do {
        let (outcome, isReplay) = try await console.once.perform(
          form: form.key, of: visit.caller, at: request.uri.path, body: form.identity
        ) { try await act(form, visit) }
        return try answer(outcome, isReplay, visit)
      } catch {
        guard let problem = APIProblem(error), problem.status < 500 else { throw error }
        var page = try await again(form, visit)
        page.alert = problem.detail
        return try console.pages.response(page, status: .init(code: problem.status), for: visit)
      }
    }
  }

  /// - Throws: `SignedOut`, `APIProblem.forbidden`, `APIProblem` for a caller in haste.
  private static func visit(
    _ request: Request, _ context: ConsoleContext, _ permission: Permission?, _ console: ConsoleParts
  ) throws -> Visit {
    let (caller, session) = try context.signedIn()
    try console.rates?.admit(caller.name)
    if let permission, !caller.may(permission) {
      context.logger.notice(
        "refused: the caller may not \(permission.rawValue)",
        metadata: ["caller": "\(caller.name)", "route": "\(context.endpointPath ?? "")"])
      throw APIProblem.forbidden
    }
    return Visit(
      request: request, context: context, caller: caller, session: session,
      formToken: console.sessions.keeper.formToken(of: session))
  }
}
