import Foundation
import Testing

@Suite("The house is in order")
struct HouseTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test("the public symbols of the libraries are those on the lists in docs/api, so that none goes or changes unseen")
  func symbols() async throws {
    let run = try await Program.run("/usr/bin/env", ["python3", "Tests/symbols.py"], in: Self.root.path)
    #expect(run.way == .exited(0), "\(run.text)\(run.errors)\nwrite the lists anew: Tests/symbols.py write")
    let list = try String(contentsOf: Self.root.appending(path: "docs/api/DurableExecution.txt"), encoding: .utf8)
    #expect(list.split(separator: "\n").count <= 90)
  }

  @Test("no folder of a target depends on one that depends on it")
  func circles() async throws {
    let run = try await Program.run("/usr/bin/env", ["python3", "Tests/circles.py"], in: Self.root.path)
    #expect(run.way == .exited(0), "\(run.text)\(run.errors)")
    // One that looks at nothing would find none.
    #expect(run.text.contains("targets, 0 dependencies in circles"), "\(run.text)")
  }

  @Test("every file and heading that the pages link to is there")
  func links() throws {
    let docs = try FileManager.default.contentsOfDirectory(atPath: Self.root.appending(path: "docs").path)
    var links = 0
    for page in ["README.md"] + docs.filter({ $0.hasSuffix(".md") }).map({ "docs/\($0)" }) {
      let url = Self.root.appending(path: page)
      for match in try String(contentsOf: url, encoding: .utf8).matches(of: /\]\(([^)#:]*)(?:#([^)]+))?\)/) {
        links += 1
        let target = match.1.isEmpty ? url : url.deletingLastPathComponent().appending(path: String(match.1))
        #expect(FileManager.default.fileExists(atPath: target.path), "\(page): \(match.1)")
        guard let anchor = match.2 else { continue }
        #expect(try Self.anchors(of: target).contains(String(anchor)), "\(page): \(match.1)#\(anchor)")
      }
    }
    #expect(links > 30, "\(links)")
  }

  /// As GitHub makes them of headings.
  private static func anchors(of page: URL) throws -> Set<String> {
    let headings = try String(contentsOf: page, encoding: .utf8).matches(of: /(?m)^#+ (.+)$/)
    return Set(
      headings.map { heading in
        heading.1.lowercased().filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" || $0 == "_" }
          .replacing(" ", with: "-")
      })
  }

  @Test("every mutation still fits the source that it changes")
  func mutations() async throws {
    let run = try await Program.run("/usr/bin/env", ["bash", "Tests/mutation.sh", "fit"], in: Self.root.path)
    #expect(run.way == .exited(0), "\(run.text)\(run.errors)")
  }

  @Test("no agent can name the verifier, nor what happens around a claim, nor the practice bank")
  func agents() async throws {
    // Beside the build that the tests run in, which is locked.
    let office = try Office()
    let package = try await Program.run(
      "/usr/bin/env",
      ["swift", "package", "--package-path", Self.root.path, "--scratch-path", office.path("scratch"), "dump-package"],
      in: Self.root.path)
    #expect(package.way == .exited(0), "\(package.errors)")
    let json = try JSONSerialization.jsonObject(with: Data(package.text.utf8)) as? [String: Any]
    var needs: [String: Set<String>] = [:]
    for target in try #require(json?["targets"] as? [[String: Any]]) {
      let dependencies = target["dependencies"] as? [[String: [Any]]] ?? []
      needs[try #require(target["name"] as? String)] = Set(dependencies.compactMap { $0["byName"]?.first as? String })
    }
    func all(_ name: String) -> Set<String> {
      (needs[name] ?? []).reduce(into: []) { $0.formUnion(all($1).union([$1])) }
    }
    #expect(all("ClaimPipeline").isDisjoint(with: ["Verification", "ClaimOperations", "BankClient", "BankSimulator"]))
    #expect(all("ClaimPipeline").isSuperset(of: ["ClaimStore", "BankProtocol", "DurableExecution", "ClaimsDomain"]))
    for library in ["DurableExecution", "DurableSQL", "DurableSQLite", "DurablePostgres", "DurableTesting"] {
      #expect(
        all(library).allSatisfy { !$0.hasPrefix("Claim") && !$0.hasPrefix("Bank") }, "\(library): \(all(library))")
    }
    #expect(all("BankClient").isDisjoint(with: ["BankSimulator", "ClaimPipeline", "ClaimStore"]))
    #expect(all("claims").isDisjoint(with: ["Sabotage", "DurableTesting"]))
  }
}
