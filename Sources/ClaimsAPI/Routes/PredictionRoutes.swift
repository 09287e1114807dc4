import ClaimFormats
import ClaimOperations
import ClaimPipeline
import ClaimsApp
import ClaimsDomain
import Hummingbird

/// Says under which keys claims will be acted on, before they are, as `claims keys predict` does. Nothing is kept, so it
/// takes no key.
struct PredictionRoutes {
  let app: ClaimsApp
  let settings: ServiceSettings

  func add(to group: RouterGroup<APIRequestContext>) {
    group.post("keys/predict", use: predict)
  }

  @Sendable private func predict(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let body = try await request.bytes(upTo: settings.bodyLimit)
    guard !body.isEmpty else { throw APIProblem.malformed("the body is empty; send X12 837, FHIR R4 or JSON claims") }
    let feed = ClaimFeed([ClaimSource(name: "the body", bytes: body)], partners: app.partners)
    var (claims, faults): ([(ClaimNumber, PredictedKeys)], [String]) = ([], [])
    try await KeyPrediction(app.processor).run(over: feed) { item in
      switch item {
      case .claim(let number, let keys): claims.append((number, keys))
      case .fault(_, let why): faults.append(why)
      case .passedOver(_, let fault): faults.append("\(fault)")
      }
    }
    if claims.isEmpty, let fault = faults.first { throw APIProblem.malformed(fault) }
    return APIAnswer.json { json in
      json.object { json in
        json.key("claims")
        json.array(claims) { $1.1.write(to: &$0, of: $1.0) }
        json.key("faults")
        json.array(faults) { $0.string($1) }
      }
    }.response()
  }
}
