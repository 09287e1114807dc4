import BankSimulator
import Foundation
import TestSupport
import Testing

@Suite("The files of a folder are moved to another once their claims are on record", .postgres)
struct InboxTests {
  private static let move = ["--done", "inbox/done", "--failed", "failed"]

  /// The files below a folder, without those that begin with a dot: what a killed run was writing.
  private static func below(_ folder: String, of office: Office) -> Set<String> {
    let root = office.path(folder)
    let names = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
    return Set(
      names.filter { name in
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: "\(root)/\(name)", isDirectory: &isFolder) && !isFolder.boolValue
          && !name.split(separator: "/").contains { $0.hasPrefix(".") }
      })
  }

  /// A folder with good claims, claims of which one is rejected, and files that hold none.
  private static func fill(_ office: Office) throws {
    try office.write(ManyClaims(count: 2, seed: 81).text, to: "inbox/clinic/good.837")
    try office.write(SampleClaims.text, to: "inbox/mixed.837")
    try office.write("call the provider on Monday\n", to: "inbox/notes.txt")
    try office.write(FHIRFixture.text("coverage.json"), to: "inbox/coverage.json")
  }

  @Test(
    "files go by what became of them; what holds no claims is named once and stays",
    arguments: StoreKind.allCases, ["process", "submit"])
  func sorted(kind: StoreKind, command: String) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    try Self.fill(office)
    // A member nobody knows is a decision; so is a claim that was queued.
    try office.write("{}", to: "inbox/broken.json")
    let arguments = [command, "inbox"] + Self.move + Office.received + store.option
    let run = try await office.claims(arguments)
    #expect(run.way == .exited(65), "\(run.errors)")
    let isQueued = command == "submit"
    // Only intake finds what is wrong in the sample, and that is not asked by submit.
    let failed: Set = isQueued ? ["broken.json"] : ["broken.json", "mixed.837"]
    #expect(Self.below("failed", of: office) == failed, "\(run.errors)")
    let done: Set = isQueued ? ["clinic/good.837", "mixed.837"] : ["clinic/good.837"]
    #expect(Self.below("inbox/done", of: office) == done)
    let passed = run.complaints.filter { $0.hasPrefix("claims: passed over: ") }
    #expect(passed.count == 2, "\(run.errors)")
    for name in ["notes.txt", "coverage.json"] {
      #expect(passed.count { $0.contains("inbox/\(name): ") } == 1, "\(name): \(run.errors)")
    }

    let again = try await office.claims(arguments)
    #expect(again.way == .exited(0), "what is passed over is no error: \(again.errors)")
    #expect(again.complaints.count == 2, "\(again.errors)")
    #expect(Self.below("inbox", of: office).count == 2 + Self.below("inbox/done", of: office).count)
  }

  @Test("without the options a folder with other files is no error, and every file stays")
  func plain() async throws {
    let office = try Office()
    try Self.fill(office)
    try FileManager.default.removeItem(atPath: office.path("inbox/mixed.837"))
    let run = try await office.claims(["process", "inbox", "--enroll", "PPO"] + Office.received)
    #expect(run.way == .exited(0) && run.complaints.count == 2, "\(run.errors)")
    #expect(Self.below("inbox", of: office).count == 3)
    // A file that is named is asked for, and what may be claims is not passed over.
    #expect(try await office.claims(["process", "inbox/notes.txt"]).way == .exited(65))
    let doubtful = ["empty.837": "", "headless.837": "ST*837*0001~\nCLM*A*1***11:B:1~\n", "zip": "PK\u{3}\u{4}"]
    for (name, text) in doubtful {
      let other = try Office()
      try other.write(text, to: "inbox/\(name)")
      #expect(try await other.claims(["process", "inbox"]).way == .exited(65), "\(name)")
    }
  }

  @Test("other X12 in a folder is passed over, unless a claim stands in it", arguments: [(false, 0), (true, 65)])
  func otherX12(hasClaim: Bool, status: Int) async throws {
    let office = try Office()
    let claim = hasClaim ? "CLM*A*1***11:B:1~" : ""
    try office.write(
      """
      ISA*00*          *00*          *ZZ*SPONSOR        *ZZ*PAYER          *260301*1200*^*00501*000000001*0*T*:~
      GS*BE*SPONSOR*PAYER*20260301*1200*1*X*005010X220A1~
      ST*834*0001*005010X220A1~
      BGN*00*1*20260301*1200****4~\(claim)
      SE*\(hasClaim ? 4 : 3)*0001~
      GE*1*1~
      IEA*1*000000001~
      """, to: "inbox/members.834")
    let run = try await office.claims(["process", "inbox"])
    #expect(run.way == .exited(status), "\(run.errors)")
    #expect(run.errors.contains("passed over: inbox/members.834: no claims (837)") == !hasClaim, "\(run.errors)")
  }

  @Test("each file is answered before it is moved")
  func answered() async throws {
    let office = try Office()
    try office.write(ManyClaims(count: 2, seed: 82).text, to: "inbox/a.837")
    let run = try await office.claims(
      ["process", "inbox", "--ack", "answers", "--done", "done", "--enroll", "PPO"] + Office.received)
    #expect(run.way == .exited(0), "\(run.errors)")
    #expect(Self.below("done", of: office) == ["a.837"])
    #expect(!Self.below("answers", of: office).isEmpty)
  }

  @Test("a file stays while a claim of it has no outcome")
  func unknown() async throws {
    let office = try Office()
    try office.write(ManyClaims(count: 2, seed: 83).text, to: "inbox/a.837")
    let arguments = ["process", "inbox", "--enroll", "PPO"] + Self.move + Office.received
    _ = try await Gateway.open(in: office, faults: "error503:any:1.0") { gateway in
      let run = try await office.claims(
        arguments + ["--gateway", gateway.url, "--lease-milliseconds", "300"])
      #expect(run.way == .exited(69), "\(run.errors)")
    }
    #expect(Self.below("inbox", of: office) == ["a.837"])
  }

  @Test("a folder that cannot be written to is told before anything is decided")
  func unwritable() async throws {
    let office = try Office()
    try office.write(ManyClaims(count: 1, seed: 84).text, to: "inbox/a.837")
    try office.write("", to: "done")
    let run = try await office.claims(["process", "inbox", "--done", "done"] + Office.received)
    #expect(run.way == .exited(65) && run.complaints.count == 1 && run.errors.contains("--done done"), "\(run.errors)")
    #expect(try office.files.sorted() == ["done", "inbox"])
    let inside = try await office.claims(["process", "inbox", "--done", "."] + Office.received)
    #expect(inside.way == .exited(64) && inside.errors.contains("where files are moved to"), "\(inside.errors)")
  }

  @Test(
    "after kill -9 every file is in one place or both, what was moved is on record, and the next run does the rest",
    arguments: StoreKind.allCases, [1, 4, 9])
  func killed(kind: StoreKind, moved: Int) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    var texts: [String: String] = [:]
    for number in 1...12 {
      let text = ManyClaims(count: 5, seed: UInt64(number), first: number * 100).text
      texts["\(number).837"] = text
      try office.write(text, to: "inbox/\(number).837")
    }
    let arguments =
      ["process", "inbox", "--enroll", "PPO", "--batch", "5", "--jobs", "1", "--lease-milliseconds", "300"] + Self.move
      + Office.received + store.option
    let bank = try await office.bankOption(for: arguments)
    // A pipe that nobody writes to keeps the run from ending by itself.
    _ = try await office.shell("mkfifo quiet.pipe")
    let run = try await Program.kill(Program.path(), arguments + bank + ["quiet.pipe"], in: office.folder) {
      Self.below("inbox/done", of: office).count >= moved
    }
    #expect(run.way == .killed(signal: 9), "\(run.errors)")
    let done = Self.below("inbox/done", of: office)
    #expect(done.count >= moved)
    #expect(Self.below("inbox", of: office).union(done).isSuperset(of: texts.keys))
    let listed = try await office.claims(["list", "--status", "paid", "--limit", "100"] + store.option).text
    for name in done {
      #expect(try office.text(of: "inbox/done/\(name)") == texts[name])
      let number = (Int(name.dropLast(4)) ?? 0) * 100
      for claim in number..<number + 5 { #expect(listed.contains("MANY-\(claim) "), "\(name)") }
    }

    let rest = try await office.claims(arguments)
    #expect(rest.way == .exited(0), "\(rest.errors)")
    #expect(Self.below("inbox", of: office) == Set(texts.keys.map { "done/\($0)" }))
    for (name, text) in texts { #expect(try office.text(of: "inbox/done/\(name)") == text) }
    try await office.bankPaid(60)
    try await office.verifiesClean(store.option)
  }
}
