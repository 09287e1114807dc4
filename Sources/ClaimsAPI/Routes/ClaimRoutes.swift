import ClaimFormats
import ClaimOperations
import ClaimPipeline
import ClaimStore
package import ClaimsApp
package import ClaimsDomain
import DurableExecution
import HTTPTypes
package import Hummingbird
import NIOCore
import StrictText

/// Answers what is on record about claims. A claim's path has our number for it: the provider's number, and the member's,
/// belong to people and stay out of paths.
struct ClaimRoutes {
  let app: ClaimsApp

  /// The most claims in one page.
  private static let pageLimit = 200

  func add(to group: RouterGroup<APIRequestContext>) {
    group.get("claims/:id", use: claim)
    group.get("claims/:id/events", use: events)
    group.get("claims/:id/letter", use: letter)
    group.get("suspense", use: suspense)
  }

  @Sendable private func claim(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let id = try context.claimID()
    if request.wantsFHIR { return try await app.claimResponse(of: id) }
    let file = try await app.store.read { transaction in
      try transaction.claims([id])[id].map { try ClaimFile($0, in: transaction) }
    }
    guard let file else { throw APIProblem.noClaim(id) }
    return APIAnswer(status: 200, contentType: "application/json", bytes: ClaimFileJSON(file).line).response()
  }

  /// Answers what has happened to a claim, in order: an event for each effect, under its key and epoch.
  @Sendable private func events(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let id = try context.claimID()
    let events = try await app.store.read { transaction in
      try transaction.claims([id])[id].map { row in
        try transaction.events(of: try ClaimFile(row, in: transaction).records.map(\.key))
      }
    }
    guard let events else { throw APIProblem.noClaim(id) }
    return APIAnswer.json { json in
      json.object { json in
        json.key("events")
        json.array(events.sorted { ($0.lamport, $0.at) < ($1.lamport, $1.at) }) { $1.write(to: &$0) }
      }
    }.response()
  }

  @Sendable private func letter(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let id = try context.claimID()
    return request.wantsFHIR ? try await app.explanation(of: id) : try await app.letter(of: id)
  }

  /// Answers the claims that wait for a person, the longest waiting first.
  @Sendable private func suspense(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let limit = try request.limit(upTo: Self.pageLimit)
    let after = try request.uri.queryParameters["after"].map { text throws(APIProblem) in
      guard let id = try? ClaimIntakeID(inPath: String(text)) else {
        throw .malformed("after must be the last claim's intake id")
      }
      return id
    }
    let assignee = try request.assignee()
    let waiting = try await app.store.read { transaction in
      let last = try after.flatMap { try transaction.claims([$0])[$0] }
      if let after, last == nil { throw APIProblem.noClaim(after) }
      return try transaction.suspendedClaims(of: assignee, after: last, limit: limit).map {
        try SuspendedClaim($0, in: transaction)
      }
    }
    return APIAnswer.json { json in
      json.object { json in
        json.key("claims")
        json.array(waiting) { $1.write(to: &$0) }
        json.member("next", waiting.count == limit ? waiting.last?.row.id.text : nil)
      }
    }.response()
  }
}

extension EffectEvent {
  fileprivate func write(to json: inout OrderedJSON) {
    json.object { json in
      json.member("type", type)
      json.member("key", key.text)
      json.member("epoch", Int(epoch.number))
      json.member("agent", agent.description)
      json.member("at_microseconds", Int(at.microseconds))
      json.member("lamport", Int(lamport.count))
    }
  }
}

extension Request {
  /// Whose claims are asked for.
  ///
  /// - Throws: `APIProblem.malformed`.
  fileprivate func assignee() throws(APIProblem) -> AssigneeFilter {
    let name = uri.queryParameters["assigned_to"].map { String($0).composed }
    guard let unassigned = uri.queryParameters["unassigned"] else { return name.map { .assigned(to: $0) } ?? .anybody }
    guard unassigned == "true", name == nil else {
      throw .malformed("unassigned is true, or absent; it excludes assigned_to")
    }
    return .nobody
  }

  /// - Throws: `APIProblem.malformed`.
  func limit(upTo most: Int) throws(APIProblem) -> Int {
    guard let text = uri.queryParameters["limit"] else { return min(50, most) }
    guard let limit = Int(text), (1...most).contains(limit) else {
      throw .malformed("limit must be a number from 1 to \(most)")
    }
    return limit
  }
}

extension APIRequestContext {
  /// Our number of a claim, from the path.
  ///
  /// - Throws: `APIProblem.notFound`.
  func claimID() throws(APIProblem) -> ClaimIntakeID { try ClaimIntakeID(inPath: parameters.get("id") ?? "") }
}

extension ClaimIntakeID {
  /// Reads our number of a claim from a path.
  ///
  /// - Throws: `APIProblem.notFound` for a text that does not have its form.
  package init(inPath text: String) throws(APIProblem) {
    guard text.wholeMatch(of: /CLM-[0-9a-f]{20}/) != nil else {
      throw .notFound("a claim's path has its intake id, CLM- and 20 hex digits")
    }
    self.init(text)
  }
}

extension APIProblem {
  static func noClaim(_ id: ClaimIntakeID) -> APIProblem { .notFound("there is no claim \(id.text.prefix(40))") }
}

extension ClaimsApp {
  /// Answers with the letter to the member, as a page that loads nothing and runs nothing.
  ///
  /// - Throws: `APIProblem` if there is no such claim, or no letter is due; `StoreFailure`.
  package func letter(of id: ClaimIntakeID) async throws -> Response {
    guard try await store.read({ try $0.claims([id])[id] != nil }) else { throw APIProblem.noClaim(id) }
    let letter: EOBLetter?
    do {
      letter = try await EOBLetters(store, terms: letters).letters(named: id.text).last?.letter
    } catch is SetupError {
      letter = nil
    }
    guard let letter else { throw APIProblem.refused("no letter is due: the claim is not decided, or not closed") }
    return Response(
      status: .ok,
      headers: [
        .contentType: "text/html; charset=utf-8",
        .contentSecurityPolicy: "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        .cacheControl: "no-store",
      ], body: ResponseBody(byteBuffer: ByteBuffer(string: try EOBPage().html(letter))))
  }
}
