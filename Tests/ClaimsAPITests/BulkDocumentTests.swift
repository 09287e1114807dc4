import Testing

@testable import ClaimsAPI

@Suite("An act on many claims")
struct BulkDocumentTests {
  /// A condition that a form had and the act ignored would widen the act.
  @Test("takes every condition that claims are found by")
  func conditions() {
    let conditions = Set(SearchDocument.CodingKeys.allCases.map(\.rawValue)).subtracting(["after", "limit"])
    #expect(conditions.count > 10)
    #expect(conditions.isSubset(of: BulkDocument.CodingKeys.allCases.map(\.rawValue)))
  }
}
