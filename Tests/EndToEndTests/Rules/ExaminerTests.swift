import BankSimulator
import ClaimsApp
import ClaimsDomain
import Foundation
import TestSupport
import Testing

/// A waiting claim is decided once a person supplies what it waits for, and in no other way.
@Suite("An examiner can decide") struct ExaminerTests {
  /// A sample claim that waits for one reason, the command that supplies what it needs, and the payment after that.
  struct Case: CustomTestStringConvertible, Sendable {
    let reason: String
    let changes: [(String, String)]
    let command: [String]
    let paid: String
    var testDescription: String { reason }
  }

  private static let claim = "CLM*DEMO-001*180***11:B:1*Y*A*Y*Y~"
  private static let subscriber = """
    SBR*P*18*SMPL2026******CI~
    NM1*IL*1*MARCHBANK
    """
  private static let others = """
    SBR*%T*01*******CI~
    OI***Y***Y~
    NM1*IL*1*MARCHBANK*OREN****MI*KK12~
    NM1*PR*2*KEY INSURANCE*****PI*KEY1~
    LX*1~
    SV1*HC:G0463*180*UN*1***1~
    DTP*472*D8*20260302~
    """
  private static let lines = """
    LX*1~
    SV1*HC:G0463*180*UN*1***1~
    DTP*472*D8*20260302~
    """

  static let cases = [
    Case(
      reason: "benefits-not-assigned", changes: [(claim, "CLM*DEMO-001*180***11:B:1*Y*A*N*Y~")],
      command: ["accept", "DEMO-001", "assignment of 2 March, file 17"], paid: "95.00"),
    Case(
      reason: "liability", changes: [(claim, "CLM*DEMO-001*180***11:B:1*Y*A*Y*Y**AA:::IL~")],
      command: ["release", "DEMO-001"], paid: "95.00"),
    Case(
      reason: "units-not-services",
      changes: [
        ("SV1*HC:G0463*180*UN*1***1~\nDTP*472*D8*20260302", "SV1*HC:G0463*180*MJ*15***1~\nDTP*472*D8*20260302")
      ],
      command: ["price", "DEMO-001", "1", "150.00"], paid: "120.00"),
    Case(
      reason: "other-payer-undecided",
      changes: [
        (subscriber, subscriber.replacing("SBR*P", with: "SBR*S")),
        (claim + "\nHI*ABK:Z0000~\n" + lines, claim + "\nHI*ABK:Z0000~\n" + others.replacing("%T", with: "P")),
      ],
      command: [
        "other-payer", "DEMO-001", "--payer", "KEY1", "--turn", "P", "--paid", "120.00", "--left", "20.00",
      ], paid: "20.00"),
    Case(
      reason: "payers-contradict",
      changes: [
        (claim + "\nHI*ABK:Z0000~\n" + lines, claim + "\nHI*ABK:Z0000~\n" + others.replacing("%T", with: "P"))
      ],
      command: [
        "other-payer", "DEMO-001", "--payer", "KEY1", "--turn", "P", "--our-turn", "S", "--paid", "120", "--left", "20",
      ], paid: "20.00"),
    Case(
      reason: "member-differs", changes: [("NM1*IL*1*MARCHBANK*DELPHINE", "NM1*IL*1*SMITH*JOHN")],
      command: ["release", "DEMO-001"], paid: "95.00"),
  ]

  private static func office(_ item: Case) async throws -> Office {
    let office = try Office()
    var text = SampleClaims.text
    for (from, to) in item.changes {
      let range = try #require(text.range(of: from), "the sample has changed: \(from)")
      text.replaceSubrange(range, with: to)
    }
    // Only that claim.
    let next = try #require(text.range(of: "HL*3*1*22*"))
    let trailer = try #require(text.range(of: "SE*"))
    text.removeSubrange(next.lowerBound..<trailer.lowerBound)
    let segments = text.split(separator: "\n").filter { $0.hasSuffix("~") }
    let start = try #require(segments.firstIndex { $0.hasPrefix("ST*") })
    let end = try #require(segments.firstIndex { $0.hasPrefix("SE*") })
    text.replace(/SE\*\d+\*/, with: "SE*\(end - start + 1)*")
    try office.write(text, to: "in.837")
    // The built-in plan does not mention other payers.
    try office.writePlans(to: "rules")
    for file in try FileManager.default.contentsOfDirectory(atPath: office.path("rules/plans"))
    where file.hasSuffix(".yaml") {
      let plan = try office.text(of: "rules/plans/\(file)")
      if !plan.contains("coordination_of_benefits") {
        try office.write(plan + "\ncoordination_of_benefits: standard\n", to: "rules/plans/\(file)")
      }
    }
    return office
  }

  private static let rules = ["--plans", "rules"]

  @Test(arguments: cases)
  func `a claim waits with its reason and its command, and that command decides it, once`(_ item: Case) async throws {
    let office = try await Self.office(item)
    let run = try await office.process(["in.837", "--output", "json"] + Self.rules)
    let report = try #require(try run.reports().first { $0.claimNumber == "DEMO-001" })
    #expect(report.status == "suspended", "\(run.text)")
    let show = try await office.claims(["suspense", "show", "DEMO-001"])
    #expect(show.text.contains(item.reason) && show.text.contains("claims suspense \(item.command[0])"), "\(show.text)")
    let before = try await office.bank().transfers().count

    let act = ["suspense"] + item.command + Self.rules
    let unsigned = try await office.claims(act + ["--reason", " "])
    #expect(unsigned.way == .exited(64))
    let done = try await office.claims(act + ["--reason", "seen", "--by", "an examiner"])
    #expect(done.way == .exited(0), "\(done.text)\(done.errors)")
    let transfers = try await office.bank().transfers()
    #expect(transfers.count == before + 1 && transfers.last?.amount.description == item.paid, "\(done.text)")
    let again = try await office.claims(act + ["--reason", "seen"])
    #expect(again.way != .exited(0) && again.errors.contains("does not wait"), "\(again.text)\(again.errors)")
    _ = try await office.process(["in.837"] + Self.rules)
    #expect(try await office.bank().transfers().count == before + 1)
    let page = try await office.claims(["show", "DEMO-001"])
    #expect(page.text.contains("an examiner"), "\(page.text)")
    try await office.verifiesClean("--plans", "rules")
  }

  @Test(arguments: cases)
  func `killed at any moment and given again, an act is done once`(_ item: Case) async throws {
    for hundredths in [1, 4, 7, 10, 14, 19, 25, 35] {
      let office = try await Self.office(item)
      _ = try await office.process(["in.837"] + Self.rules)
      let before = try await office.bank().transfers().count
      let act = ["suspense"] + item.command + Self.rules + ["--reason", "seen", "--lease-milliseconds", "200"]
      let words = act.map { "'\($0)'" }.joined(separator: " ")
      let moment = "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
      _ = try await office.shell("\"$CLAIMS\" \(words) > out.txt 2>&1 & sleep \(moment); kill -9 $! 2>/dev/null; wait")
      try await Task.sleep(for: .milliseconds(300))
      let again = try await office.claims(act)
      // The act is done by now, or it was done before, or the dead process began it and the next run finishes it.
      _ = try await office.process(["in.837"] + Self.rules)
      let transfers = try await office.bank().transfers()
      let said = "\(moment): \(again.text)\(again.errors)"
      #expect(transfers.count == before + 1 && transfers.last?.amount.description == item.paid, "\(said)")
      #expect(try await office.claims(["suspense", "list"]).text.contains("no claim waits"), "\(said)")
      #expect(try await office.claims(["show", "DEMO-001"]).text.contains("seen"), "\(said)")
      try await office.verifiesClean("--plans", "rules")
    }
  }

  @Test(arguments: cases.filter { $0.command[0] != "release" })
  func `no other road pays it`(_ item: Case) async throws {
    let office = try await Self.office(item)
    _ = try await office.process(["in.837"] + Self.rules)
    let before = try await office.bank().transfers().count
    for other in Self.cases.map(\.command) where other[0] != item.command[0] {
      let run = try await office.claims(["suspense"] + other + Self.rules + ["--reason", "tried"])
      #expect(run.way != .exited(0), "\(other): \(run.text)")
    }
    _ = try await office.claims(["adjust", "DEMO-001", "--cause", "appeal", "--reason", "tried"] + Self.rules)
    let waived = try await office.claims(
      ["adjust", "DEMO-001", "--cause", "appeal", "--waive", item.reason, "--reason", "tried"] + Self.rules)
    #expect(waived.way != .exited(0), "\(waived.text)")
    #expect(try await office.bank().transfers().count == before)
  }

  @Test func `a claim that waits for several things has each given, and none is taken as given unseen`() async throws {
    let several = Case(
      reason: "benefits-not-assigned", changes: [(Self.claim, "CLM*DEMO-001*180***11:B:3*Y*A*N*Y**EM~")],
      command: ["accept", "DEMO-001", "assignment, file 17"], paid: "95.00")
    let priced = Case(
      reason: "other-payer-undecided",
      changes: Self.cases[3].changes + [("SV1*HC:G0463*180*UN*1***1~", "SV1*HC:G0463:52*180*UN*1***1~")],
      command: Self.cases[3].command, paid: "20.00")
    // Whatever the claim waits for first, the command for any of its reasons accepts the rest.
    let first = Case(
      reason: "benefits-not-assigned",
      changes: [
        Self.cases[3].changes[0],
        (
          Self.claim + "\nHI*ABK:Z0000~\n" + Self.lines,
          "CLM*DEMO-001*180***11:B:1*Y*A*N*Y**EM~\nHI*ABK:Z0000~\n" + Self.others.replacing("%T", with: "P")
        ),
      ], command: Self.cases[3].command, paid: "20.00")
    let second = Self.others.replacing("%T", with: "P").replacing(
      "LX*1~",
      with: "SBR*S*01*******CI~\nOI***Y***Y~\nNM1*IL*1*MARCHBANK*OREN****MI*KK13~\nNM1*PR*2*KEY TWO*****PI*KEY2~\nLX*1~"
    )
    let third = Case(
      reason: "other-payer-undecided",
      changes: [
        (Self.subscriber, Self.subscriber.replacing("SBR*P", with: "SBR*T")),
        (Self.claim + "\nHI*ABK:Z0000~\n" + Self.lines, Self.claim + "\nHI*ABK:Z0000~\n" + second),
      ], command: Self.cases[3].command, paid: "20.00")
    for (item, more, hints) in [
      (several, ["--also", "liability", "--also", "interim-bill"], ["--also liability", "--also interim-bill"]),
      (priced, ["--price", "1=150.00"], ["--price LINE=AMOUNT"]),
      (first, ["--also", "liability", "--document", "assignment, file 17"], ["waits for something else"]),
      (third, ["--other-payer", "KEY2,S,10.00,20.00"], ["has not decided"]),
    ] {
      let office = try await Self.office(item)
      _ = try await office.process(["in.837"] + Self.rules)
      let before = try await office.bank().transfers().count
      let act = ["suspense"] + item.command + Self.rules + ["--reason", "seen"]
      let alone = try await office.claims(act)
      #expect(alone.way != .exited(0) && alone.errors.contains(hints[0]), "\(alone.text)\(alone.errors)")
      if hints.count > 1 {
        let half = try await office.claims(act + more.prefix(2))
        #expect(half.way != .exited(0) && half.errors.contains(hints[1]), "\(half.text)\(half.errors)")
      }
      #expect(try await office.bank().transfers().count == before)
      let all = try await office.claims(act + more)
      #expect(all.way == .exited(0), "\(all.text)\(all.errors)")
      let transfers = try await office.bank().transfers()
      #expect(transfers.count == before + 1 && transfers.last?.amount.description == item.paid, "\(all.text)")
      try await office.verifiesClean("--plans", "rules")
    }
    // Another payer's payment cannot be removed by leaving it out, and we are not another payer.
    let contradicted = try await Self.office(Self.cases[4])
    _ = try await contradicted.process(["in.837"] + Self.rules)
    for payer in ["SAMPLE01", "KEY1"] {
      let refused = try await contradicted.claims(
        ["suspense", "other-payer", "DEMO-001", "--payer", payer, "--turn", "S", "--reason", "r"] + Self.rules)
      #expect(payer == "KEY1" || (refused.way != .exited(0) && refused.errors.contains("the payer of this claim")))
    }
    let office = try Office()
    let nonsense = try await office.claims([
      "suspense", "release", "X", "--also", "benefits-not-assigned", "--reason", "r",
    ])
    #expect(nonsense.way == .exited(64) && nonsense.errors.contains("no reason of that name can be let go"))
  }

  @Test func `a price is set of the lines that have none, which are named, and of no other`() async throws {
    let minutes = [2, 3].map { "LX*\($0)~\nSV1*HC:G0463*4\($0)*MJ*15***1~\nDTP*472*D8*20260302~\n" }.joined()
    let item = Case(
      reason: "units-not-services",
      changes: [
        (Self.claim, "CLM*DEMO-001*265***11:B:1*Y*A*Y*Y~"), (Self.lines, Self.lines + "\n" + minutes.dropLast()),
      ], command: [], paid: "")
    let office = try await Self.office(item)
    _ = try await office.process(["in.837"] + Self.rules)
    let show = try await office.claims(["suspense", "show", "DEMO-001"])
    #expect(
      show.text.contains("(lines 2, 3)") && show.text.contains("price") && show.text.contains("2 AMOUNT 3 AMOUNT"),
      "\(show.text)")
    func price(_ prices: String...) async throws -> Ended {
      try await office.claims(["suspense", "price", "DEMO-001"] + prices + ["--reason", "by report"] + Self.rules)
    }
    let ruled = try await price("1", "500", "2", "40", "3", "40")
    #expect(
      ruled.way != .exited(0) && ruled.errors.contains("line 1 of claim CLM-")
        && ruled.errors.contains("has its price by the rules"), "\(ruled.text)\(ruled.errors)")
    let half = try await price("2", "40")
    #expect(half.way != .exited(0) && half.errors.contains("(line 3)"), "\(half.text)\(half.errors)")
    #expect(try await office.bank().transfers().isEmpty)
    let both = try await price("2", "40", "3", "40")
    #expect(both.way == .exited(0), "\(both.text)\(both.errors)")
    #expect(try await office.bank().transfers().count == 1)
    try await office.verifiesClean("--plans", "rules")
  }

  @Test func `a claim is denied with codes in use`() async throws {
    let office = try await Self.office(Self.cases[0])
    for (codes, name) in [(WrittenCodes.reasons, "carc.txt"), (WrittenCodes.remarks, "rarc.txt")] {
      try office.write("Code\n" + codes.sorted().map { "\($0)\n" }.joined(), to: name)
      let imported = try await office.claims(["rules", "import", "--into", "rules", name])
      #expect(imported.way == .exited(0), "\(imported.text)\(imported.errors)")
    }
    _ = try await office.process(["in.837"] + Self.rules)
    func deny(_ code: String, _ remark: String) async throws -> Ended {
      try await office.claims(
        ["suspense", "deny", "DEMO-001", "--code", code, "--remark", remark, "--reason", "r"] + Self.rules)
    }
    for (code, word) in [("PR-1", "denies nothing"), ("CO-45", "denies nothing"), ("CO-96", "give --remark")] {
      let refused = try await office.claims(
        ["suspense", "deny", "DEMO-001", "--code", code, "--reason", "r"] + Self.rules)
      #expect(refused.way != .exited(0) && refused.errors.contains(word), "\(refused.text)\(refused.errors)")
    }
    for (code, remark, unknown) in [("CO-999", "M76", "999"), ("CO-16", "N9999", "N9999")] {
      let refused = try await deny(code, remark)
      #expect(
        refused.way != .exited(0) && refused.errors.contains("\(unknown) is not on the imported list"),
        "\(refused.text)\(refused.errors)")
    }
    let denied = try await deny("CO-16", "M76")
    #expect(denied.way == .exited(0), "\(denied.text)\(denied.errors)")
    try await office.verifiesClean("--plans", "rules")
  }

  @Test func `a claim is decided by the rules it came in under, or by those that are named`() async throws {
    let office = try await Self.office(Self.cases[1])
    _ = try await office.process(["in.837"] + Self.rules)
    let act = ["suspense", "release", "DEMO-001", "--reason", "seen"]
    for refused in [
      try await office.claims(act),
      try await office.claims(["adjust", "DEMO-002", "--cause", "appeal", "--reason", "seen"]),
    ] {
      #expect(refused.way != .exited(0), "\(refused.text)")
    }
    #expect(try await office.claims(act).errors.contains("name the plans with --plans"))
    #expect(try await office.bank().transfers().isEmpty)
    #expect(try await office.claims(["suspense", "show", "DEMO-001"]).text.contains("--reason … --plans DIR"))
    let named = try await office.claims(act + Self.rules)
    #expect(named.way == .exited(0), "\(named.text)\(named.errors)")
  }

  @Test func `a claim that waits shows what was submitted, and the letter about what a person decided can be had`()
    async throws
  {
    let office = try await Self.office(Self.cases[3])
    _ = try await office.process(["in.837"] + Self.rules)
    let show = try await office.claims(["suspense", "show", "DEMO-001"])
    for part in [
      "LINE 1  G0463  charge 180.00  1 unit  2026-03-02", "PAYER KEY1 in turn P  has not decided",
      "--payer KEY1 --turn P --paid AMOUNT --left AMOUNT", "--code CO-22",
    ] {
      #expect(show.text.contains(part), "\(part): \(show.text)")
    }
    let early = try await office.claims(["eob", "DEMO-001"] + Self.rules)
    #expect(early.way == .exited(65) && early.errors.contains("no letter is due"), "\(early.text)\(early.errors)")
    _ = try await office.claims(["suspense"] + Self.cases[3].command + Self.rules + ["--reason", "their letter"])
    let letter = try await office.claims(["eob", "DEMO-001"] + Self.rules)
    #expect(
      letter.way == .exited(0) && letter.text.contains("DEMO-001") && letter.text.contains("20.00"), "\(letter.errors)")
    let page = try await office.claims(["eob", "DEMO-001", "--form", "html"] + Self.rules)
    #expect(page.text.contains("<html") && page.text.contains("DEMO-001"), "\(page.errors)")
  }

  @Test func `a correction never forgets what another payer has decided, and finds the claim that is in force`()
    async throws
  {
    let office = try await Self.office(Self.cases[3])
    _ = try await office.process(["in.837"] + Self.rules)
    let told = try await office.claims(
      ["suspense"] + Self.cases[3].command + Self.rules + ["--reason", "their letter"])
    #expect(told.way == .exited(0), "\(told.errors)")
    let ids = told.text.matches(of: /CLM-[0-9a-f]{20}/).map { String($0.output) }
    let (waited, decided) = (try #require(ids.first), try #require(ids.last))
    let plain = try await Self.office(Case(reason: "", changes: [], command: [], paid: ""))
    let text = try plain.text(of: "in.837")
    func correction(_ number: Int, of claim: String) throws -> String {
      text.replacing(Self.claim, with: "CLM*DEMO-001*180***11:B:7*Y*A*Y*Y~\nREF*F8*\(claim)~")
        .replacing(/SE\*(\d+)\*/) { "SE*\((Int($0.1) ?? 0) + 1)*" }.replacing("DEMO1*", with: "DEMO\(number)*")
    }
    for (number, named, reason) in [(2, decided, "payers-contradict"), (3, waited, "prior-claim-replaced")] {
      try office.write(try correction(number, of: named), to: "\(number).837")
      let run = try await office.process(["\(number).837", "--output", "json"] + Self.rules)
      #expect(run.text.contains("\"\(reason)\""), "\(reason): \(run.text)\(run.errors)")
      #expect(try await office.bank().transfers().count == 1)
    }
    let list = try await office.claims(["suspense", "list"])
    let line = try #require(list.text.split(separator: "\n").first { $0.contains("prior-claim-replaced") })
    let waiting = String(try #require(line.firstMatch(of: /CLM-[0-9a-f]{20}/)?.output))
    let show = try await office.claims(["suspense", "show", waiting])
    #expect(show.text.contains("--replaces \(decided)") && show.text.contains("asks to replace"), "\(show.text)")
    let alone = try await office.claims(["suspense", "release", waiting, "--reason", "by itself"] + Self.rules)
    #expect(alone.way != .exited(0) && alone.errors.contains("--replaces"), "\(alone.text)\(alone.errors)")
    let primary = try await office.claims(
      ["suspense", "release", waiting, "--replaces", decided, "--reason", "r"] + Self.rules)
    #expect(primary.way != .exited(0) && primary.errors.contains("--other-payer"), "\(primary.text)\(primary.errors)")
    let whole = try await office.claims(
      [
        "suspense", "other-payer", waiting, "--payer", "KEY1", "--turn", "P", "--our-turn", "S", "--paid", "120",
        "--left", "20", "--reason", "their letter", "--replaces", decided,
      ] + Self.rules)
    #expect(whole.way == .exited(0), "\(whole.text)\(whole.errors)")
    #expect(try await office.claims(["show", decided]).text.contains("has taken its place"))
    try await office.verifiesClean("--plans", "rules")
  }

  @Test func `a claim that is said to replace one that is not there is not paid by itself`() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.process("in.837")
    let before = try await office.bank().transfers().count
    for also in [[], ["--also", "prior-claim-unknown"]] {
      let run = try await office.claims(
        ["suspense", "release", "DEMO-013", "--replaces", "CLM-00000000000000000001", "--reason", "a slip"] + also)
      #expect(run.way != .exited(0) && run.errors.contains("nothing was done"), "\(run.text)\(run.errors)")
    }
    #expect(try await office.bank().transfers().count == before)
    let alone = try await office.claims(["suspense", "release", "DEMO-013", "--reason", "a claim of its own"])
    #expect(alone.way == .exited(0), "\(alone.text)\(alone.errors)")
  }

  @Test func `every reason to wait is in the documentation, with the command that gives what it needs`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(contentsOf: root.appending(path: "docs/adjudication.md"), encoding: .utf8)
    for reason in SuspenseReason.allCases {
      let line = text.split(separator: "\n").first { $0.hasPrefix("|") && $0.contains("`\(reason.code)`") }
      let command = reason.command(for: ClaimIntakeID("ID"))?.firstMatch(of: /claims suspense ([a-z-]+)/)?.1 ?? "deny"
      #expect(line?.contains("`\(command)`") == true, "\(reason.code) \(command)")
    }
  }

  @Test func `of two people who decide one claim at the same time, one is told that it has changed`() async throws {
    let office = try await Self.office(Self.cases[1])
    _ = try await office.process(["in.837"] + Self.rules)
    async let release = office.claims(["suspense", "release", "DEMO-001", "--reason", "ours to pay"] + Self.rules)
    async let deny = office.claims(
      ["suspense", "deny", "DEMO-001", "--code", "CO-16", "--remark", "M76", "--reason", "not ours"] + Self.rules)
    let runs = try await [release, deny]
    #expect(runs.count { $0.way == .exited(0) } == 1, "\(runs.map { $0.text + $0.errors })")
    let list = try await office.claims(["suspense", "list"])
    #expect(list.text.contains("no claim waits"), "\(list.text)")
    #expect(try await office.bank().transfers().count <= 1)
    try await office.verifiesClean("--plans", "rules")
  }
}
