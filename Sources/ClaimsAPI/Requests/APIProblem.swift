import ClaimFormats
import ClaimOperations
import ClaimPipeline
import ClaimsApp
import DurableExecution
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import Webhooks

/// A request that is not served, sent as `application/problem+json` (RFC 9457). The detail is for people and holds no
/// member data.
package struct APIProblem: Error, Hashable {
  package let status: Int
  /// The last part of the problem's type.
  let code: String
  package let title: String
  package let detail: String
  /// Seconds to wait before the same request makes sense again.
  var retryAfter: Int?

  init(_ status: Int, _ code: String, _ title: String, _ detail: String, retryAfter: Int? = nil) {
    (self.status, self.code, self.title, self.detail) = (status, code, title, detail)
    self.retryAfter = retryAfter
  }

  package static let unauthorized = APIProblem(
    401, "unauthorized", "Unauthorized", "send a token: Authorization: Bearer TOKEN")
  package static let forbidden = APIProblem(
    403, "forbidden", "Forbidden", "the token's roles do not include this; ask whoever gave it to you")
  static let keyMissing = APIProblem(
    400, "key-missing", "Idempotency-Key Missing",
    "send Idempotency-Key once, 1 to 200 printable characters: the same key for every try of the same request")
  static let keyReused = APIProblem(
    422, "key-reused", "Key Used for Another Request",
    "the key was used for another request; nothing was done. A new request needs a new key")

  static func inProgress(
    retryAfter seconds: Int,
    _ detail: String =
      "the first request with this key is being worked on; send the same again later, or wait with Prefer: wait=30"
  ) -> APIProblem {
    APIProblem(409, "in-progress", "Request in Progress", detail, retryAfter: seconds)
  }

  package static func malformed(_ detail: String) -> APIProblem {
    APIProblem(400, "malformed", "Malformed Request", detail)
  }

  package static func notFound(_ detail: String) -> APIProblem { APIProblem(404, "not-found", "Not Found", detail) }

  package static func refused(_ detail: String) -> APIProblem { APIProblem(422, "refused", "Refused", detail) }

  static func unavailable(_ detail: String) -> APIProblem {
    APIProblem(503, "unavailable", "Unavailable", "\(detail); nothing is lost, send the same again", retryAfter: 2)
  }

  /// The answer to a method that a path does not have.
  static func methodNotAllowed(_ allowed: [String], to request: Request) -> Response {
    var response = APIProblem(
      405, "no-method", "Method Not Allowed", "the path has \(allowed.joined(separator: ", ")) only"
    ).response(to: request)
    response.headers[.allow] = allowed.joined(separator: ", ")
    return response
  }

  /// The answer to a request: an OperationOutcome on the routes of FHIR.
  func response(to request: Request) -> Response { request.uri.path.hasPrefix("/fhir/") ? outcome : response }

  var response: Response {
    var json = OrderedJSON()
    json.object { json in
      json.member("type", "urn:paidonce:problem:\(code)")
      json.member("title", title)
      json.member("status", status)
      json.member("detail", detail)
    }
    var headers: HTTPFields = [.contentType: "application/problem+json"]
    if let retryAfter { headers[.retryAfter] = "\(retryAfter)" }
    if status == 401 { headers[.wwwAuthenticate] = "Bearer" }
    return Response(
      status: .init(code: status), headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: json.bytes)))
  }
}

extension APIProblem {
  /// The problem that an error of the program's functions is to a caller; nil for an error that is a fault of the program.
  package init?(_ error: any Error) {
    switch error {
    case let problem as APIProblem: self = problem
    case is HTTPParserError: self = .malformed("the request ended before its end")
    case is NIOTooManyBytesError: self = APIProblem(413, "too-large", "Content Too Large", "the body is too large")
    case RevisionRefusal.unknown: self = .notFound("there is no such claim")
    case let refusal as RevisionRefusal: self = .refused(refusal.why)
    case let refusal as ProposalRefusal: self.init(refusal)
    case let refusal as BulkRefusal: self.init(refusal)
    case let refusal as FormRefusal: self.init(refusal)
    case let defect as DeskDefect: self = .malformed(defect.description)
    case let refusal as PurgeRefusal: self = .malformed("older_than_days: \(refusal)")
    case is UnusablePayee: self = .malformed("payee: its NPI, or where it has none its tax ID or its name, is wanted")
    case is NotOnHold: self = .notFound("the payee is not on hold")
    case let defect as SignOffDefect: self = .malformed("\(defect)".replacing("--", with: ""))
    case let error as InputError:
      self = error.isShortage ? .unavailable("the service is short of memory or files") : .malformed("\(error)")
    case let refusal as KeyRefusal: self = .refused("\(refusal)")
    case let refusal as WebhookRefusal: self.init(refusal)
    case let failure as StoreFailure: self.init(failure)
    case let error as any HTTPResponseError:
      self.init(
        error.status.code, "no-route", error.status.reasonPhrase,
        "there is no such route, or not for this method; see /openapi.json")
    default: return nil
    }
  }

  private init(_ refusal: ProposalRefusal) {
    switch refusal {
    case .none: self = .notFound(refusal.description)
    case .alreadyOpen, .another, .own, .moreNow, .changed: self = .refused(refusal.description)
    }
  }

  private init(_ refusal: BulkRefusal) {
    switch refusal {
    case .busy, .lost:
      self = APIProblem(409, "in-progress", "Request in Progress", refusal.description, retryAfter: 60)
    case .changed, .otherAct, .otherPerson, .tooMany, .otherStatus: self = .refused(refusal.description)
    }
  }

  private init(_ refusal: FormRefusal) {
    switch refusal {
    case .unknown: self = .notFound(refusal.why)
    case .unusableValue: self = .malformed(refusal.why)
    case .changed: self = APIProblem(409, "changed", "Changed Meanwhile", refusal.why)
    case .noField, .accepted, .discarded, .inDoubt, .noClaim, .ownCorrection: self = .refused(refusal.why)
    }
  }

  private init(_ refusal: WebhookRefusal) {
    switch refusal {
    case .url, .types, .overlap: self = .malformed("\(refusal)")
    case .noReceiver, .noDelivery: self = .notFound("\(refusal)")
    case .alreadyThere, .stillOpen, .tooManySecrets: self = .refused("\(refusal)")
    }
  }

  private init?(_ failure: StoreFailure) {
    switch failure {
    case .stale, .fenced:
      self = APIProblem(
        409, "changed", "Changed Meanwhile", "somebody else has changed this in the meantime; look at it again",
        retryAfter: 1)
    case .unreachable, .busy, .unwritable:
      self = .unavailable("the store does not answer as it should")
    case .data: self = .refused("the store cannot hold a value of the request")
    case .failed, .constraint, .corrupt, .newerSchema, .otherBuild: return nil
    }
  }
}

/// Converts the errors of routes to problems, and counts and logs requests.
struct ProblemMiddleware: RouterMiddleware {
  /// Nil where requests are not counted.
  let tally: RequestTally?
  let routes: RouteTable

  func handle(
    _ request: Request, context: APIRequestContext, next: (Request, APIRequestContext) async throws -> Response
  ) async throws -> Response {
    let began = ContinuousClock.now
    var response = await answer(request, context, next)
    // What was refused before it was read is not read.
    if [401, 403, 413].contains(response.status.code), request.hasLongBody { response.headers[.connection] = "close" }
    tally?.note(
      route: context.endpointPath ?? "", method: request.method.rawValue, status: response.status.code,
      replay: response.headers[.idempotentReplay] != nil, took: ContinuousClock.now - began)
    return response
  }

  private func answer(
    _ request: Request, _ context: APIRequestContext, _ next: (Request, APIRequestContext) async throws -> Response
  ) async -> Response {
    do {
      return try await next(request, context)
    } catch {
      if (error as? any HTTPResponseError)?.status == .notFound,
        let allowed = routes.methods(at: request.uri.path)
      {
        return APIProblem.methodNotAllowed(allowed, to: request)
      }
      if let problem = APIProblem(error) { return problem.response(to: request) }
      // Only the type: the text of an unexpected error may hold anything.
      context.logger.error("unexpected error", metadata: ["type": "\(type(of: error))"])
      return APIProblem(
        500, "internal", "Internal Error",
        "a fault of the service; whatever was begun is finished by the next try with the same key"
      ).response(to: request)
    }
  }
}

extension Request {
  /// Whether the body is longer than what is read in passing, or of unknown length.
  fileprivate var hasLongBody: Bool {
    headers[.contentLength].map { (Int($0) ?? .max) > 64 * 1024 } ?? (headers[.transferEncoding] != nil)
  }
}

extension HTTPField.Name {
  static let idempotencyKey = named("Idempotency-Key")
  static let idempotentReplay = named("Idempotent-Replay")
  static let prefer = named("Prefer")
  static let actor = named("X-Actor")
  static let traceparent = named("traceparent")
  static let lastEventID = named("Last-Event-ID")

  private static func named(_ text: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is not a header name") }
    return name
  }
}
