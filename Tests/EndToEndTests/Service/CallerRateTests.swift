import ClaimsAPI
import TestSupport
import Testing

@Suite("A caller has one rate")
struct CallerRateTests {
  @Test("requests by the API and in a browser count together")
  func together() async throws {
    let office = try Office()
    _ = try await Serving.open(in: office, ["--rate-limit", "20"], enrolling: false) { service in
      let start = ContinuousClock.now
      let token = Serving.token(.examiner)
      let visitor = try await Visitor.signedIn(to: service, with: token)
      let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 1...25 {
          group.addTask { try await service.get("/v1/claims/CLM-00000000000000000000", as: token).status }
          group.addTask { try await visitor.open("/members").status }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(Set(statuses).isSubset(of: [200, 404, 429]), "\(Set(statuses))")
      let passed = statuses.count { $0 != 429 }
      let elapsed = (ContinuousClock.now - start) / .seconds(1)
      #expect(passed > 0 && Double(passed) <= (elapsed + 1) * 20 + 1, "\(passed) in \(elapsed) s")
    }
  }
}
