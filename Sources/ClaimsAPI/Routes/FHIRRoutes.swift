import ClaimFormats
import ClaimOperations
import ClaimStore
import ClaimsApp
import ClaimsDomain
import DurableExecution
import HTTPTypes
import Hummingbird
import NIOCore

/// The service as a FHIR R4 server: claims and eligibility requests in, their responses and explanations out. It calls the
/// functions that the other routes call.
struct FHIRRoutes {
  let app: ClaimsApp
  let once: OncePerKey
  let settings: ServiceSettings

  static let contentType = "application/fhir+json"

  /// Adds the statement of what the server offers, which needs no token.
  static func addOpen(to router: Router<APIRequestContext>) {
    router.get("fhir/metadata") { _, _ in
      APIAnswer(status: 200, contentType: contentType, bytes: FHIRCapabilities.bytes).response()
    }
  }

  func addSubmitting(to group: RouterGroup<APIRequestContext>) {
    group.post("Claim/$submit", use: submit)
    group.post("CoverageEligibilityRequest/$submit", use: ask)
  }

  func addReading(to group: RouterGroup<APIRequestContext>) {
    group.get("ExplanationOfBenefit/:id") { request, context in try await app.explanation(of: try context.claimID()) }
    group.get("ClaimResponse/:id") { request, context in try await app.claimResponse(of: try context.claimID()) }
  }

  // MARK: Claims

  /// Takes the claims to a payment. One claim is answered with a ClaimResponse, or with why it is rejected; several, with a
  /// Bundle of these.
  @Sendable private func submit(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let body = try await request.bytes(upTo: settings.bodyLimit)
    return try await once.respond(to: request, context, body: body) {
      let resources = try Self.resources(in: body)
      let today = try await app.store.read { try $0.now.day }
      var parts: [FHIRPart] = []
      let sent = try await Submission(resources, app) { result in
        if let part = try FHIRPart(result, today: today) { parts.append(part) }
      }
      if let unlisted = sent.unlisted { parts.append(.fault(unlisted)) }
      var answer = FHIRPart.answer(parts)
      if sent.summary.count(.unknown) > 0 { answer.goOnLater() }
      return answer
    }
  }

  /// - Throws: `APIProblem.malformed` for what is no FHIR.
  private static func resources(in body: [UInt8]) throws -> [UInt8] {
    guard try MemoryBytes(body).isFHIR else {
      throw APIProblem.malformed("the body is no FHIR; send a Claim, a Bundle with Claims, or Parameters with either")
    }
    do {
      return try FHIRParameters.resource(in: body)
    } catch let refusal as FHIRParameters.Refusal {
      throw APIProblem.malformed("\(refusal)")
    }
  }

  // MARK: Eligibility

  @Sendable private func ask(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let body = try Self.resources(in: try await request.bytes(upTo: settings.bodyLimit))
    do {
      let desk = EligibilityDesk(over: app.store, plans: app.ruleset.plans)
      let answer = try await desk.answer(to: try FHIREligibilityRequest(body))
      return APIAnswer(status: 200, contentType: Self.contentType, bytes: answer.response.bytes).response()
    } catch let refusal as FHIREligibilityRequest.Refusal {
      throw APIProblem.refused("\(refusal)")
    }
  }
}

/// The answer to one claim of a request.
private enum FHIRPart {
  case response(FHIRClaimResponse)
  case rejected(ClaimReport)
  case fault(FileFault)

  /// Returns nil for a warning.
  init?(_ result: ClaimResult, today: CalendarDate) throws {
    if case .fault(let fault) = result.kind {
      guard fault.severity == .error else { return nil }
      self = .fault(fault)
    } else if let answer = try FHIRClaimAnswer(result, today: today) {
      self = .response(try FHIRClaimResponse(answer))
    } else if let report = try ClaimReport(result) {
      self = .rejected(report)
    } else {
      return nil
    }
  }

  func write(to json: inout OrderedJSON) {
    switch self {
    case .response(let response): response.write(to: &json)
    case .rejected(let report): FHIROutcome.write(report, to: &json)
    case .fault(let fault): FHIROutcome.write(.invalid, "\(fault)", at: nil, to: &json)
    }
  }

  static func answer(_ parts: [FHIRPart]) -> APIAnswer {
    var json = OrderedJSON()
    if parts.count == 1 {
      parts[0].write(to: &json)
    } else {
      json.object { json in
        json.member("resourceType", "Bundle")
        json.member("type", "collection")
        json.key("entry")
        json.array(parts) { json, part in
          json.object { json in
            json.key("resource")
            part.write(to: &json)
          }
        }
      }
    }
    var status = 200
    if parts.count == 1, case .rejected = parts[0] { status = 422 }
    return APIAnswer(status: status, contentType: FHIRRoutes.contentType, bytes: json.bytes)
  }
}

// MARK: What is on record

extension ClaimsApp {
  /// Answers with the ExplanationOfBenefit of a claim.
  ///
  /// - Throws: `APIProblem` if there is no such claim, or it is not decided; `StoreFailure`.
  func explanation(of id: ClaimIntakeID) async throws -> Response {
    guard let answer = try await FHIRAnswers(store).answer(id) else { throw APIProblem.noClaim(id) }
    guard let explanation = try FHIRExplanation(answer, from: letters.sender(of: answer)) else {
      throw APIProblem.refused("there is no explanation yet: the claim is not decided, or not closed")
    }
    return APIAnswer(status: 200, contentType: FHIRRoutes.contentType, bytes: explanation.bytes).response(
      isPrivate: true)
  }

  /// Answers with the ClaimResponse of a claim.
  ///
  /// - Throws: `APIProblem` if there is no such claim; `StoreFailure`.
  func claimResponse(of id: ClaimIntakeID) async throws -> Response {
    guard let answer = try await FHIRAnswers(store).answer(id) else { throw APIProblem.noClaim(id) }
    let bytes = try FHIRClaimResponse(answer).bytes
    return APIAnswer(status: 200, contentType: FHIRRoutes.contentType, bytes: bytes).response(isPrivate: true)
  }
}

extension APIAnswer {
  /// - Parameter isPrivate: whether nothing on the way may keep the answer, which is about a person.
  fileprivate func response(isPrivate: Bool) -> Response {
    var response = response()
    if isPrivate { response.headers[.cacheControl] = "no-store" }
    return response
  }
}

extension Request {
  /// Whether the caller asks for FHIR (RFC 9110, Accept).
  var wantsFHIR: Bool {
    headers[values: .accept].flatMap { $0.split(separator: ",") }.contains { part in
      part.split(separator: ";").first?.filter { !$0.isWhitespace }.lowercased() == FHIRRoutes.contentType
    }
  }
}

extension APIProblem {
  /// The problem as an OperationOutcome, as FHIR clients read it.
  var outcome: Response {
    var response = response
    response.headers[.contentType] = FHIRRoutes.contentType
    let bytes = FHIROutcome.bytes(issue, detail)
    response.body = ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
    return response
  }

  private var issue: FHIROutcome.Code {
    switch status {
    case 400: code == "key-missing" ? .required : .invalid
    case 401: .login
    case 403: .forbidden
    case 404: .notFound
    case 405: .notSupported
    case 409: .conflict
    case 413: .tooLong
    case 429: .throttled
    case 503: .transient
    case 500: .exception
    default: .processing
    }
  }
}
