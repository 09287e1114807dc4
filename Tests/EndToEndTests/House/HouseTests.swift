import Foundation
import Testing

@Suite("The repository is in order")
struct HouseTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test("the public symbols of the libraries match the lists in docs/api, so that no symbol changes unnoticed")
  func symbols() async throws {
    let run = try await Program.run("/usr/bin/env", ["python3", "Tests/symbols.py"], in: Self.root.path)
    #expect(run.way == .exited(0), "\(run.text)\(run.errors)\nto rewrite the lists: Tests/symbols.py write")
    let list = try String(contentsOf: Self.root.appending(path: "docs/api/DurableExecution.txt"), encoding: .utf8)
    #expect(list.split(separator: "\n").count <= 90)
  }

  @Test("the folders of a target do not depend on each other in a circle")
  func circles() async throws {
    let run = try await Program.run("/usr/bin/env", ["python3", "Tests/circles.py"], in: Self.root.path)
    #expect(run.way == .exited(0), "\(run.text)\(run.errors)")
    // A script that checks nothing would find no circles.
    #expect(run.text.contains("targets, 0 dependencies in circles"), "\(run.text)")
  }

  @Test("every file and heading that the pages link to exists")
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

  /// Returns the anchors that GitHub makes from headings.
  private static func anchors(of page: URL) throws -> Set<String> {
    let headings = try String(contentsOf: page, encoding: .utf8).matches(of: /(?m)^#+ (.+)$/)
    return Set(
      headings.map { heading in
        heading.1.lowercased().filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" || $0 == "_" }
          .replacing(" ", with: "-")
      })
  }

  @Test("every mutation still matches the source that it changes")
  func mutations() async throws {
    let run = try await Program.run("/usr/bin/env", ["bash", "Tests/mutation.sh", "fit"], in: Self.root.path)
    #expect(run.way == .exited(0), "\(run.text)\(run.errors)")
  }

  @Test("no agent can name the verifier, the operations around a claim, or the practice bank")
  func agents() async throws {
    // A separate scratch path, because the tests' own build folder is locked.
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
    for library in [
      "DurableExecution", "DurableSQL", "DurableSQLite", "DurablePostgres", "DurableDriver", "DurableTesting",
    ] {
      #expect(
        all(library).allSatisfy { !$0.hasPrefix("Claim") && !$0.hasPrefix("Bank") }, "\(library): \(all(library))")
    }
    #expect(all("BankClient").isDisjoint(with: ["BankSimulator", "ClaimPipeline", "ClaimStore"]))
    #expect(all("claims").isDisjoint(with: ["Sabotage", "DurableTesting"]))
  }
}
