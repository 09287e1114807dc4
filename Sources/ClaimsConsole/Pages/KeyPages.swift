import ClaimFormats
import ClaimStore
import ClaimsAPI
import ClaimsApp
import DurableExecution
import Hummingbird

/// What is on record under a key, and its release. A key may have a member's number in it, so none is in an address: a key
/// is reached by its claim, or by a form.
struct KeyPages: Sendable {
  let console: ConsoleParts

  private static let pageSize = 100

  struct ListView: PageView {
    static let template = "keys"
    static let place = "/keys"
    let title = "Keys"
    var alert: String?
    var notice: String?
    let statuses: [FindPage.Choice]
    let rows: [Row]
    /// The query of the next page; nil for none.
    let next: String?

    struct Row: Sendable {
      let key: String
      let status: String
      let agent: String
      let created: String
      let attempts: Int
    }
  }

  struct KeyView: PageView {
    static let template = "key"
    static let place = "/keys"
    let title: String
    var alert: String?
    var notice: String?
    let key: String
    let facts: [ClaimView.Fact]
    /// The response as it is stored; nil while the key is pending.
    let bytes: String?
    let mayRelease: Bool
    let acts: [ClaimView.ByHand]
  }

  func add(to routes: PageRoutes) {
    routes.page("keys", for: .read) { visit in
      let asked = visit.request.uri.queryParameters
      return try await list(
        status: asked["status"].flatMap { KeyStatus(rawValue: String($0)) }, before: asked["before"])
    }
    routes.page("claims/:id/keys/:number", for: .read) { visit in
      let id = try visit.claim
      let key = try await console.app.store.read { transaction in
        try transaction.claims([id])[id].flatMap { row in
          let records = try ClaimFile(row, in: transaction).records
          return Int(visit.part("number")).flatMap { records.indices.contains($0 - 1) ? records[$0 - 1].key : nil }
        }
      }
      guard let key else { throw APIProblem.notFound("the claim has no such key") }
      return try await view(key, for: visit)
    }
    routes.search("keys", for: .read) { form, visit in
      guard let text = form["key"] else { throw APIProblem.malformed("name a key") }
      return try await view(KeyText(text), for: visit)
    }
    routes.response("keys/release", for: .operate) { _ in .redirect(to: "/") }
    routes.form("keys/release", for: .operate) { form, visit in
      try await release(form, visit)
    } again: { form, visit in
      // Who may release a key may not thereby read what is kept under it.
      guard visit.caller.may(.read) else { return ProblemView(title: "Not released") }
      return try await view(KeyText(form["key"] ?? ""), for: visit)
    } show: { _, _, _ in
      ProblemView(title: "Released", notice: "The key is released: the next run of its claim acts under it.")
    }
  }

  private func list(status: KeyStatus?, before cursor: Substring?) async throws -> ListView {
    let page = try await console.app.keys(status: status, after: cursor, limit: Self.pageSize)
    return ListView(
      statuses: KeyStatus.allCases.map { FindPage.Choice(name: $0.rawValue, isChosen: $0 == status) },
      rows: page.rows.map { record in
        ListView.Row(
          key: record.key.text, status: record.status.rawValue, agent: record.agent.description,
          created: record.createdAt.text, attempts: record.attempts)
      }, next: page.next.map { "before=\($0)" + (status.map { "&status=\($0.rawValue)" } ?? "") })
  }

  private func view(_ key: KeyText, for visit: Visit) async throws -> KeyView {
    let (record, acts) = try await console.app.store.read { transaction in
      (try transaction.records(for: [key])[key], try transaction.acts(on: [key]))
    }
    guard let record, record.isOfClaims else {
      throw APIProblem.notFound("there is no such key of a claim")
    }
    return KeyView(
      title: "Key", key: key.text, facts: record.facts,
      bytes: record.response.map { String(decoding: $0.bytes, as: UTF8.self).displayedLines },
      mayRelease: visit.caller.may(.operate) && record.status != .completed,
      acts: acts.map { ClaimView.ByHand(act: $0.act, person: $0.person, reason: $0.reason, at: $0.at.text) })
  }

  private func release(_ form: Form, _ visit: Visit) async throws -> String {
    guard let key = form["key"] else { throw APIProblem.malformed("name a key") }
    try await console.app.release(KeyText(key), by: try form.signOff(by: visit.caller.name), console.settings)
    return "released"
  }
}

extension KeyRecord {
  fileprivate var facts: [ClaimView.Fact] {
    var facts: [(String, String?)] = [
      ("Status", status.rawValue), ("Agent", agent.description), ("Epoch", "\(epoch)"), ("Attempts", "\(attempts)"),
      ("Fingerprint of the request", fingerprint.hex), ("Root", root.text), ("Parent", parent),
      ("Lamport time", "\(lamport.count)"), ("Created", createdAt.text), ("Expires", expiresAt.text),
    ]
    switch state {
    case .pending(let lease):
      facts += [("Lease of", lease.owner.text), ("Lease ends", lease.expiresAt.text)]
    case .completed(let response, let at), .failed(let response, let at):
      facts += [
        ("Closed", at.text), ("Response", "\(response.bytes.count) bytes, \(response.contentType), \(response.status)"),
        ("SHA-256 of the response", response.digest),
      ]
    }
    if isArchived { facts.append(("Kept", "in the archive")) }
    return facts.compactMap { label, value in value.map { ClaimView.Fact(label: label, value: $0) } }
  }
}
