import ClaimFormats
import ClaimsDomain
import Foundation
import Testing

@Suite("A ruleset's name identifies its content")
struct RulesetFilesTests {
  private static let plan = Samples.file("tiny.yaml", Samples.plan)
  private static let fees = Samples.file("standard.csv", "code,modifiers,amount,effective,termination\n")

  @Test("The same files in any order give the same rules")
  func order() throws {
    let one = try RulesetFiles(plans: Samples.plans, feeSchedules: Samples.fees).ruleset()
    let two = try RulesetFiles(plans: Samples.plans.reversed(), feeSchedules: Samples.fees).ruleset()
    #expect(one == two)
    #expect(one.digest.count == 64)
    #expect(one.id.text == "rules-\(one.digest.prefix(12))")
  }

  @Test("A changed comment gives a different ruleset, unless the name is given")
  func change() throws {
    let edited = Samples.file("tiny.yaml", Samples.plan + "# reviewed\n")
    let one = try RulesetFiles(plans: [Self.plan], feeSchedules: [Self.fees]).ruleset()
    let two = try RulesetFiles(plans: [edited], feeSchedules: [Self.fees]).ruleset()
    #expect(one.id != two.id && one.plans == two.plans)
    let id = RulesetID("2026-spring")
    #expect(try RulesetFiles(plans: [edited], feeSchedules: [Self.fees]).ruleset(id: id).id == id)
  }

  @Test("Two files with one plan, two schedules with one name, and a missing plan are refused")
  func clashes() {
    let copy = Samples.file("other.yaml", Samples.plan)
    let fees = Samples.file("fees/standard.csv", "code,modifiers,amount,effective,termination\n")
    for files in [
      RulesetFiles(plans: [Self.plan, copy], feeSchedules: [Self.fees]),
      RulesetFiles(plans: [Self.plan], feeSchedules: [Self.fees, fees]), RulesetFiles(plans: [], feeSchedules: []),
    ] {
      #expect(throws: PlanFileError.self) { try files.ruleset() }
    }
  }

  @Test("A folder, flat or with three subfolders, is read like the embedded files", arguments: [true, false])
  func folder(isFlat: Bool) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, files) in [("plans", Samples.plans), ("fees", Samples.fees), ("members", Samples.members)] {
      let place = isFlat ? folder : folder.appending(path: name)
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      for file in files { try Data(file.bytes).write(to: place.appending(path: file.name)) }
    }
    let read = try PlanFolder(reading: folder)
    let ruleset = try read.rules.ruleset()
    #expect(try ruleset == Samples.ruleset())
    #expect(try read.members(enrolledIn: ruleset.plans.keys).count == 12)
  }

  @Test("A missing folder is refused")
  func noFolder() {
    #expect(throws: PlanFileError.self) {
      try PlanFolder(reading: FileManager.default.temporaryDirectory.appending(path: UUID().uuidString))
    }
  }
}
