import ClaimFormats
import ClaimOperations
import ClaimStore
import ClaimsApp
import ClaimsDomain
import Hummingbird

/// Says what is wrong with a file, as `claims check` does. It acts on nothing, so it takes no key.
struct CheckRoutes {
  let app: ClaimsApp
  let settings: ServiceSettings

  /// The most findings of one answer.
  private static let limit = 1_000

  func add(to group: RouterGroup<APIRequestContext>) {
    group.post("check", use: check)
  }

  @Sendable private func check(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let body = try await request.bytes(upTo: settings.bodyLimit)
    guard !body.isEmpty else { throw APIProblem.malformed("the body is empty; send a file") }
    let today = try await app.store.read { try $0.now.day }
    var findings: [FileFinding] = []
    var check = FileCheck(
      plans: app.ruleset.plans.keys, memberPlans: nil, partners: app.partners,
      received: settings.received.given ?? today,
      stated: settings.received.stated(today: today)
    ) { finding in
      if findings.count < Self.limit { findings.append(finding) }
    }
    let file = try check.check(ClaimSource(name: "the body", bytes: body))
    return APIAnswer.json { json in
      json.object { json in
        json.key("file")
        file.write(to: &json)
        json.key("findings")
        json.array(findings) { $1.write(to: &$0) }
      }
    }.response()
  }
}
