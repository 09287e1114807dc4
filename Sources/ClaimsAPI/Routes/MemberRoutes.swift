package import ClaimFormats
package import ClaimStore
package import ClaimsApp
package import ClaimsDomain
import Hummingbird

/// Answers what is known of a member, whose number is in the body, since it belongs in no path and in no log.
struct MemberRoutes {
  let app: ClaimsApp

  func add(to group: RouterGroup<APIRequestContext>) {
    group.post("members/show", use: show)
  }

  @Sendable private func show(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let document = try MemberDocument(body: try await request.bytes(upTo: ActRoutes.bodyLimit))
    let search = SearchDocument { $0 == .after ? document.after : nil }
    let limit = try SearchDocument.pageSize(document.limit)
    let file = try await app.member(MemberID(document.memberID), after: try search.cursor(), limit: limit)
    guard let file else { throw APIProblem.notFound("nobody of that number is known") }
    return APIAnswer.json { file.write(to: &$0) }.response()
  }
}

/// Names a member, and the page of claims that is wanted.
struct MemberDocument: RequestDocument {
  let memberID: String
  let after: String?
  let limit: Int?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case after, limit
    case memberID = "member_id"
  }
}

/// What is known of a member: coverage, a page of claims, and what is used of the limits of the year of the newest claim
/// on the page.
package struct MemberFile: Sendable {
  package let coverages: [Coverage]
  package let claims: [FoundClaim]
  /// The cursor of the next page of claims; nil for none.
  package let next: String?
  /// Nil unless the member is covered in that year.
  package let year: BenefitYear?

  fileprivate func write(to json: inout OrderedJSON) {
    json.object { json in
      json.key("coverages")
      json.array(coverages) { json, coverage in
        json.object { json in
          json.member("plan", coverage.planID.text)
          json.member("family", coverage.familyID.text)
          json.member("group", coverage.groupNumber)
          json.member("from", coverage.effective.first.description)
          json.member("through", coverage.effective.last == .openEnd ? nil : coverage.effective.last.description)
        }
      }
      json.key("limits")
      json.array(year?.limits ?? []) { json, limit in
        json.object { json in
          json.member("limit", limit.name)
          json.member("of", limit.isFamily ? "family" : "member")
          json.member("year", year?.year)
          json.member("used", limit.progress.used)
          json.member("at_most", limit.progress.limit)
        }
      }
      json.key("claims")
      json.array(claims) { FoundClaimJSON($1).write(to: &$0) }
      json.member("next", next)
    }
  }
}

extension BenefitYear {
  /// The limits of the year, each with how far it is used.
  package var limits: [(name: String, isFamily: Bool, progress: Progress)] {
    [("deductible", deductible), ("out-of-pocket maximum", outOfPocket)].flatMap { name, bucket in
      [(false, Optional(bucket.member)), (true, bucket.family)].compactMap { isFamily, progress in
        progress.map { (name, isFamily, $0) }
      }
    }
  }
}

extension ClaimsApp {
  /// Returns what is known of a member; nil if no member has that number.
  ///
  /// - Throws: `StoreFailure`.
  package func member(_ member: MemberID, after cursor: ClaimCursor?, limit: Int) async throws -> MemberFile? {
    try await store.read { transaction in
      let spans = try transaction.coverages(of: [member])[member] ?? []
      let page = try transaction.claims(matching: ClaimFilter(memberID: member), after: cursor, limit: limit)
      guard !spans.isEmpty || !page.rows.isEmpty else { return nil }
      let day = try page.rows.first?.row.receivedOn ?? transaction.now.day
      return MemberFile(
        coverages: spans, claims: page.rows, next: page.next?.text,
        year: try BenefitYear(on: day, spans: spans, ruleset: ruleset, in: transaction))
    }
  }
}
