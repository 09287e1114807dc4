import ClaimsApp
import Testing

@testable import ClaimsAPI

@Suite("What a refusal of the program is to a caller")
struct APIProblemTests {
  @Test("an act that another process is at can be asked for again; one whose claims have changed cannot")
  func bulk() throws {
    let busy = try #require(APIProblem(BulkRefusal.busy))
    #expect(busy.status == 409 && busy.code == "in-progress" && busy.retryAfter == 60)
    let changed = try #require(APIProblem(BulkRefusal.changed))
    #expect(changed.status == 422 && changed.code == "refused" && changed.retryAfter == nil)
  }
}
