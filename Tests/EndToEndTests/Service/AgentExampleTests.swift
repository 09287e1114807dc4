import ClaimsAPI
import Foundation
import Testing

@Suite("Agents in any language act once by plain HTTP")
struct AgentExampleTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(
    path: "../../../Examples/HTTP"
  ).standardizedFileURL.path

  @Test(
    "one that is run again, killed before or after it acted, and run by three at once has acted once",
    arguments: [
      "agent.py", "agent.sh", "HTTPAgent",
    ])
  func once(agent: String) async throws {
    let office = try Office()
    let program =
      agent.contains(".") ? "\(Self.folder)/\(agent)" : try await ExampleTests.path(of: agent)
    _ = try await Serving.open(in: office) { service in
      let environment = ["PAIDONCE_URL": service.url, "PAIDONCE_TOKEN": Serving.token(.agent)]
      func run(_ order: String, dyingAt point: String? = nil) async throws -> Ended {
        try await Program.run(
          program, [order, "shipments"], in: office.folder,
          environment: environment.merging(point.map { ["CRASH": $0] } ?? [:]) { $1 })
      }
      let first = try await run("A-1")
      #expect(first.way == .exited(0) && first.text == "shipped\n", "\(first.errors)")
      #expect(try await run("A-1").text == "shipped before\n")

      #expect(try await run("A-2", dyingAt: "shipped").way == .killed(signal: 9))
      #expect(try await run("A-4", dyingAt: "prepared").way == .killed(signal: 9))
      async let second = run("A-2")
      async let fourth = run("A-4")
      for after in try await [second, fourth] {
        #expect(after.way == .exited(0) && after.text == "shipped\n", "\(after.errors)")
      }

      async let one = run("A-3")
      async let two = run("A-3")
      async let three = run("A-3")
      let together = try await [one, two, three]
      #expect(together.map(\.text).sorted() == ["shipped\n", "shipped before\n", "shipped before\n"])
    }
    let orders = try office.text(of: "shipments").split(separator: "\n").map { $0.split(separator: " ").last ?? "" }
    #expect(orders.sorted() == ["A-1", "A-2", "A-3", "A-4"])
  }
}
