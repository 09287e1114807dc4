import BankSimulator
import Foundation
import TestSupport
import Testing

@Suite(
  "The intake desk on the command line",
  .enabled(if: PaperTools.areThere, "no page tools: apt-get install poppler-utils tesseract-ocr"))
struct IntakeDeskTests {
  /// A form without doubt, and one whose total is not the sum of its charges.
  private static func office() throws -> Office {
    let office = try Office()
    try office.write(SampleForm().pdf, to: "inbox/sure.pdf")
    let torn = SampleForm { ($0.number, $0.member, $0.total) = ("FORM-2", "W100000002", "250") }
    try office.write(torn.pdf, to: "inbox/torn.pdf")
    return office
  }

  private static func formID(_ run: Ended) throws -> String {
    String(
      try #require(run.text.firstMatch(of: /"form_id":"(FRM-[0-9a-f]{20})"/), "\(run.text) \(run.errors)").output.1)
  }

  private static let member = ["W100000001", "W100000002", "SAMPLE", "ROBIN", "ORCHARD"]

  @Test("a folder of forms: one is paid, one waits, is corrected, accepted and paid; all of it once")
  func day() async throws {
    let office = try Self.office()
    let options = ["inbox", "--enroll", "PPO", "--output", "json"]
    let first = try await office.process(options)
    let id = try Self.formID(first)
    #expect(first.way == .exited(0), "\(first.errors)")
    #expect(try first.reports().map(\.status) == ["paid", "suspended"])
    #expect(first.text.contains(#""code":"form-in-doubt""#) && first.errors.contains("claims intake show \(id)"))
    #expect(!Self.member.contains { first.errors.contains($0) }, "\(first.errors)")

    let list = try await office.claims(["intake", "list"])
    #expect(list.text.contains(id) && list.text.contains("1 field in doubt"), "\(list.text)")
    let show = try await office.claims(["intake", "show", id, "--crops", "pictures"])
    #expect(show.text.contains("? 28") && show.text.contains("total: it is not the sum"), "\(show.text) \(show.errors)")
    #expect(try office.bytes(of: "pictures/28.png").starts(with: [0x89, 0x50, 0x4E, 0x47]))
    #expect(try office.bytes(of: "pictures/24F.1.png").starts(with: [0x89, 0x50, 0x4E, 0x47]))

    let early = try await office.claims(["intake", "accept", id, "--reason", "looks good"])
    #expect(early.way == .exited(65) && early.errors.contains("is in doubt: correct or confirm 28"), "\(early.errors)")
    let corrected = try await office.claims([
      "intake", "correct", id, "28", "200.00", "--reason", "the picture says 200",
    ])
    #expect(corrected.way == .exited(0) && corrected.text.contains("claims intake accept \(id)"), "\(corrected.text)")
    for word in ["paid", "it was accepted before"] {
      let accepted = try await office.claims(["intake", "accept", id, "--enroll", "PPO", "--reason", "checked"])
      #expect(accepted.way == .exited(0) && accepted.text.contains(word), "\(accepted.text) \(accepted.errors)")
    }
    let again = try await office.process(options)
    #expect(again.way == .exited(0), "\(again.errors)")
    #expect(try again.reports().map(\.status) == ["paid", "paid"])
    #expect(try again.reports().allSatisfy(\.replayed))
    #expect(try await office.bank().transfers().count == 2)
    try await office.verifiesClean()
  }

  @Test("a queued form waits at the desk and not in the queue; a discarded one is rejected each time")
  func queued() async throws {
    let office = try Self.office()
    let submitted = try await office.claims(["submit", "inbox"] + Office.received)
    #expect(
      submitted.way == .exited(0)
        && submitted.text.contains("1 claim queued, 1 paper form waiting at the intake desk"), "\(submitted.text)")
    let worked = try await office.claims(["work", "--until-empty", "--enroll", "PPO", "--output", "json"])
    #expect(try worked.reports().map(\.status) == ["paid"])
    let id = try Self.formID(try await office.claims(["intake", "list", "--output", "json"]))
    let discarded = try await office.claims(["intake", "discard", id, "--reason", "sent twice", "--by", "pat"])
    #expect(discarded.way == .exited(0) && discarded.text.contains("its pictures are removed"), "\(discarded.errors)")
    let again = try await office.process("inbox", "--enroll", "PPO", "--output", "json")
    #expect(again.way == .exited(65), "\(again.errors)")
    #expect(try again.reports().map(\.status) == ["paid", "rejected"])
    #expect(again.errors.contains("a person has discarded it"))
    let show = try await office.claims(["intake", "show", id])
    #expect(show.text.contains("discarded by pat: sent twice"), "\(show.text)")
    #expect(try await office.claims(["intake", "show", id, "--crops", "x"]).way == .exited(65))
    try await office.verifiesClean()
  }

  @Test(
    "what cannot be done is refused in one line, with an exit status that says whose fault it is",
    arguments: [
      (["show", "FRM-00000000000000000000"], 65), (["show"], 64), (["list", "--state", "lost"], 64),
      (["list", "--limit", "0"], 64), (["list", "--after", "FRM-1"], 65),
      (["correct", "FRM-00000000000000000000", "28", "1.00", "--reason", "x1"], 65),
      (["correct", "FRM-00000000000000000000", "28", "1.00", "--reason", " "], 64),
      (["discard", "FRM-00000000000000000000", "--reason", "x1", "--by", "\u{1B}[31m"], 64),
      (["accept", "FRM-00000000000000000000", "--reason", "x1"], 65),
    ])
  func refused(arguments: [String], status: Int) async throws {
    let office = try Office()
    _ = try await office.process("-", "--enroll", "PPO", input: Array(SampleClaims.text.utf8))
    let ended = try await office.claims(["intake"] + arguments)
    #expect(ended.way == .exited(status), "\(ended.errors)")
    #expect(!ended.errors.contains("\u{1B}"))
  }

  @Test("a file that only looks like a form is a fault of that file; the others go on")
  func hostile() async throws {
    let office = try Self.office()
    try office.write(
      Array("%PDF-1.7\n".utf8) + (0..<4_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }, to: "inbox/bad.pdf")
    try office.write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3], to: "inbox/bad.png")
    let ended = try await office.process("inbox", "--enroll", "PPO", "--output", "json")
    #expect(
      ended.way == .exited(65) && ended.errors.contains("inbox/bad.pdf") && ended.errors.contains("inbox/bad.png"))
    #expect(try ended.reports().map(\.status) == ["paid", "suspended"])
  }
}
