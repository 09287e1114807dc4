import Testing

@testable import ClaimsAPI

@Suite("A path says which methods it has")
struct RouteTableTests {
  private static let table: RouteTable = {
    let table = RouteTable()
    for (method, template) in [
      ("GET", "/v1/claims/{id}"), ("POST", "/v1/claims/count"), ("POST", "/v1/claims"),
      ("GET", "/v1/claims/:id/letter"),
    ] { table.add(template: template, method: method) }
    return table
  }()

  @Test(
    "a route that names a part goes before one that takes any text there",
    arguments: [
      ("/v1/claims/count", ["POST"]), ("/v1/claims/CLM-1", ["GET"]), ("/v1/claims", ["POST"]),
      ("/v1/claims/count/letter", ["GET"]), ("/v1/nowhere", nil), ("/v1/claims/CLM-1/more", nil),
    ])
  func methods(path: String, methods: [String]?) { #expect(Self.table.methods(at: path) == methods) }
}
