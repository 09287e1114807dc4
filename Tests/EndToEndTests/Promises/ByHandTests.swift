import Foundation
import Testing

@Suite("A change by a person has a reason, and every waived rule is on record")
struct ByHandTests {
  private static let commands = [
    ["adjust", "DEMO-012", "--cause", "appeal", "--waive", "timely-filing"],
    ["suspense", "release", "DEMO-013"],
    ["suspense", "deny", "DEMO-013", "--code", "CO-16"],
    ["keys", "release", "idemp:intake:SAMPLE01:DEMO-014:0"],
    ["hold", "1234567893"],
    ["queue", "release", "idemp:intake:SAMPLE01:DEMO-014:0"],
  ]
  private static let empty = ["", "   ", "\t", "\u{A0}", "...", "\u{200B}", "no\u{1B}[31mcolor", "two\nlines"]

  @Test("an empty reason is refused everywhere, and nothing is changed", arguments: commands)
  func emptyReason(command: [String]) async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.process("in.837")
    for reason in Self.empty {
      let run = try await office.claims(command + ["--reason", reason])
      #expect(
        run.way == .exited(64) && run.errors.contains("--reason must"), "\(reason.debugDescription): \(run.errors)")
    }
    let run = try await office.claims(command + ["--reason", "mended", "--by", " "])
    #expect(run.way == .exited(64) && run.errors.contains("--by must say something"), "\(run.errors)")
    try await office.bankPaid(5)
    #expect(try await StoreKind.sqlite.store(in: office).sql("SELECT act FROM operator_acts").isEmpty)
  }

  @Test(
    "only known rules can be waived, and the message lists them",
    arguments: ["nonsense", "", "price.fee-schedule", "coverage.terminated", "price-by-report", "Timely-Filing"])
  func unknownWaiver(name: String) async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.process("in.837")
    let run = try await office.claims(
      ["adjust", "DEMO-012", "--cause", "appeal", "--waive", name, "--reason", "proof of timely filing"])
    #expect(run.way == .exited(64), "\(run.errors)")
    #expect(
      run.errors.contains("cannot be set aside; what can is authorization.missing, ")
        && run.errors.contains(", timely-filing, ") && run.errors.contains(", near-duplicate"), "\(run.errors)")
    #expect(!run.errors.contains(", coverage.terminated"))
    try await office.bankPaid(5)
  }

  @Test("waived rules are on record and shown, in text and as data", arguments: StoreKind.allCases)
  func shown(kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.process(["in.837"] + store.option)
    let adjust = [
      "adjust", "DEMO-012", "--cause", "appeal", "--waive", "timely-filing", "--waive", "duplicate.other-claim",
      "--reason", "proof of timely filing", "--by", "pat",
    ]
    #expect(try await office.claims(adjust + store.option).way == .exited(0))
    let release = ["suspense", "release", "DEMO-013", "--reason", "a claim of its own", "--by", "pat"]
    #expect(try await office.claims(release + store.option).way == .exited(0))

    #expect(
      try await store.sql("SELECT act || '|' || waived FROM operator_acts ORDER BY id") == [
        "adjust: appeal|duplicate.other-claim timely-filing", "release|prior-claim prior-claim-unknown",
      ])
    let first = try await office.claims(["show", "CLM-f2b0b268d9722739a503"] + store.option)
    let next = try #require(first.text.firstMatch(of: /(CLM-\w+) has taken its place/)?.output.1)
    for page in [first, try await office.claims(["show", String(next)] + store.option)] {
      #expect(
        page.text.contains(
          "adjust: appeal by pat, setting aside duplicate.other-claim, timely-filing: proof of timely filing"),
        "\(page.text)")
    }
    let data = try await office.claims(["show", "CLM-f2b0b268d9722739a503", "--output", "json"] + store.option)
    #expect(data.text.contains(#""waived":["duplicate.other-claim","timely-filing"]"#), "\(data.text)")
  }

  @Test(
    "a place that cannot be written is detected before anything is decided or paid",
    arguments: [
      ["--remit", "in.837/remittances/"], ["--remit", "nowhere/era.835"], ["--remit", "in.837/era.835"],
      ["--eob", "in.837/letters"], ["--ack", "in.837/answers"], ["--eob", "/proc/letters"],
    ])
  func unwritable(option: [String]) async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    let run = try await office.process(["in.837"] + option)
    #expect(run.way == .exited(65) && run.text.isEmpty, "\(run.text)")
    #expect(run.complaints.count == 1 && run.errors.contains("\(option[0]) \(option[1]): "), "\(run.errors)")
    #expect(try office.files == ["in.837"])
  }
}
