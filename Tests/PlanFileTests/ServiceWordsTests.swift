import ClaimFormats
import ClaimsDomain
import Fixtures
import Foundation
import Testing

@Suite("Words for services")
struct ServiceWordsTests {
  private static func folder(_ files: [String: String]) throws -> PlanFolder {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    for (name, text) in files {
      let file = folder.appending(path: name)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    defer { try? FileManager.default.removeItem(at: folder) }
    return try PlanFolder(reading: folder)
  }

  private static var rules: [String: String] {
    ["PPO.yaml": SampleFiles.plans[0].bytes, "standard.csv": SampleFiles.feeSchedules[0].bytes]
      .mapValues { String(decoding: $0, as: UTF8.self) }
  }

  @Test("are found by their folder and by their columns", arguments: ["services/ours.csv", "ours.csv"])
  func found(_ name: String) throws {
    let words = try Self.folder(Self.rules.merging([name: "code,description\nG0463,Clinic visit\n"]) { $1 })
      .serviceWords()
    #expect(words["G0463"] == "Clinic visit" && words["J1885"] == nil)
  }

  @Test("do not change what the rules are called, since they decide nothing")
  func noRules() throws {
    let words = ["services/ours.csv": "code,description\nG0463,Clinic visit\n"]
    let (bare, named) = (try Self.folder(Self.rules), try Self.folder(Self.rules.merging(words) { $1 }))
    #expect(try bare.rules.ruleset().id == named.rules.ruleset().id)
  }

  @Test("report every mistake with its line")
  func mistakes() throws {
    let rows = "code,description\nG0463,Clinic visit\nG0463,Office visit\n,Nothing\nJ1885,\ng0463,Visit\n"
    let folder = try Self.folder(Self.rules.merging(["services/ours.csv": rows]) { $1 })
    let error = #expect(throws: PlanFileError.self) { try folder.serviceWords() }
    #expect(error?.all.map(\.line) == [3, 4, 5, 6], "\(error?.description ?? "")")
  }

  @Test("of one code that differ between two files are refused, and equal ones are not")
  func twoFiles() throws {
    func words(_ second: String) throws -> ServiceWords {
      try Self.folder(
        Self.rules.merging([
          "services/a.csv": "code,description\nG0463,Clinic visit\n",
          "services/b.csv": "code,description\nG0463,\(second)\n",
        ]) { $1 }
      ).serviceWords()
    }
    #expect(try words("Clinic visit")["G0463"] == "Clinic visit")
    #expect(throws: PlanFileError.self) { try words("Something else") }
  }

  @Test("of the sample name the services of the sample claims")
  func sample() throws {
    var words = ServiceWords()
    for file in SampleFiles.services {
      try ServiceWordsFile(SourceFile(name: file.name, bytes: file.bytes)).read(into: &words)
    }
    let claims = String(decoding: SampleFiles.claims, as: UTF8.self)
    for code in Set(claims.matches(of: /HC:([A-Z][0-9]{4})/).map { String($0.1) }) {
      #expect(words[code] != nil, "\(code)")
    }
  }
}
