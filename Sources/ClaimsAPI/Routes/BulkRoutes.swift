import ClaimFormats
import ClaimPipeline
import ClaimStore
package import ClaimsApp
import ClaimsDomain
import DurableExecution
import Hummingbird

/// An examiner's acts on many claims at once: shown first, and done once a digest of what was shown confirms it.
struct BulkRoutes {
  let app: ClaimsApp
  let once: OncePerKey
  let settings: ServiceSettings

  func add(to group: RouterGroup<APIRequestContext>) {
    group.post("bulk/preview", use: preview)
    group.post("bulk", use: act)
  }

  private var desk: BulkDesk { BulkDesk(app, settings) }

  @Sendable private func preview(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let document = try BulkDocument(body: try await request.bytes(upTo: ActRoutes.bodyLimit))
    guard document.confirm == nil else { throw APIProblem.malformed("a preview has no confirm: it makes it") }
    let (act, filter) = (try document.bulkAct(), try document.filter())
    let plan = try await desk.plan(act, filter)
    return APIAnswer.json { plan.write(to: &$0) }.response()
  }

  @Sendable private func act(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let caller = try context.requireCaller()
    let body = try await request.bytes(upTo: ActRoutes.bodyLimit)
    return try await once.respond(to: request, context, body: body) {
      let document = try BulkDocument(body: body)
      guard let digest = document.confirm else { throw APIProblem.malformed("confirm is missing: ask for a preview") }
      guard let reason = document.reason else { throw APIProblem.malformed("reason is missing") }
      let (act, filter) = (try document.bulkAct(), try document.filter())
      let signOff = try SignOff(by: caller.name, reason: reason)
      var results: [BulkResult] = []
      let outcomes = try await desk.perform(act, filter, confirmed: digest, by: signOff) { results.append($0) }
      return APIAnswer.json { json in
        json.object { json in
          json.key("outcomes")
          json.write(outcomes)
          json.key("results")
          json.array(results) { $1.write(to: &$0) }
        }
      }
    }
  }
}

extension BulkDesk {
  /// The most claims of one request.
  private static let requestLimit = 500

  package init(_ app: ClaimsApp, _ settings: ServiceSettings) {
    self.init(
      app, rulesAreNamed: settings.rulesAreNamed, limit: Self.requestLimit, fourEyesAbove: settings.fourEyesAbove)
  }
}
