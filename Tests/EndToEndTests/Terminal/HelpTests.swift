import Testing

@Suite("The program explains itself")
struct HelpTests {
  private static let commands = [
    [], ["process"], ["check"], ["new"], ["purge"], ["ack"], ["submit"], ["work"], ["queue"], ["queue", "dead"],
    ["queue", "release"], ["batches"],
    ["hold"], ["list"],
    ["show"],
    ["replay"],
    ["keys"], ["keys", "list"], ["keys", "show"], ["keys", "release"], ["keys", "predict"],
    ["receipt"], ["receipt", "show"], ["receipt", "verify"], ["keys", "issuer"],
    ["keys", "archive"], ["keys", "derive"], ["keys", "derive", "business"], ["keys", "derive", "token"],
    ["keys", "derive", "fingerprint"], ["effects"], ["effects", "acquire"], ["effects", "prepare"],
    ["effects", "heartbeat"], ["effects", "complete"], ["effects", "fail"], ["effects", "abandon"],
    ["effects", "check"],
    ["effects", "result"], ["effects", "tracking"], ["adjust"], ["intake"], ["intake", "list"], ["intake", "show"],
    ["intake", "correct"], ["intake", "accept"], ["intake", "discard"], ["suspense"], ["suspense", "list"],
    ["suspense", "show"], ["suspense", "release"],
    ["suspense", "deny"], ["suspense", "note"], ["suspense", "assign"], ["whatif"], ["rules"], ["rules", "import"],
    ["rules", "list"], ["verify"], ["reconcile"],
    ["remit"],
    ["remit", "run"], ["remit", "list"], ["remit", "show"], ["remit", "verify"], ["enroll"], ["eligibility"],
    ["migrate"], ["gateway"], ["eob"],
    ["serve"], ["mcp"], ["tokens"], ["tokens", "new"], ["webhooks"], ["webhooks", "add"], ["webhooks", "list"],
    ["webhooks", "remove"], ["webhooks", "rotate"], ["webhooks", "deliveries"], ["webhooks", "resend"],
    ["demo"], ["demo", "dedup"], ["demo", "crash"],
  ]

  @Test("every command has help, and shows its usage", arguments: commands)
  func help(command: [String]) async throws {
    let run = try await Office().claims(command + ["--help"])
    #expect(run.way == .exited(0) && run.errors.isEmpty)
    #expect(run.text.contains("USAGE: claims \(command.joined(separator: " "))".trimmed))
  }

  @Test("the list of commands contains exactly the commands that work")
  func complete() async throws {
    let run = try await Office().claims(["--help"])
    let listed = run.text.matches(of: /\n  ([a-z]+) {2,}\S/).map { String($0.output.1) }
    #expect(Set(listed) == Set(Self.commands.compactMap(\.first)))
  }

  @Test("help is written however narrow the terminal is", arguments: ["0", "1", "26", "-5", "wide"])
  func narrow(columns: String) async throws {
    for words in [["help", "process"], ["process", "--help"], ["process", "--no-such-option"]] {
      let run = try await Office().claims(words, environment: ["COLUMNS": columns])
      #expect(run.way == .exited(words.last == "--no-such-option" ? 64 : 0), "\(words): \(run.errors)")
    }
  }

  @Test("help is as wide as the terminal, and a line that goes on keeps its indent", arguments: [40, 60, 90, 250])
  func width(columns: Int) async throws {
    let columns = ["COLUMNS": "\(columns)"]
    let run = try await Office().claims(["process", "--help"], environment: columns)
    let whole = try await Office().claims(["process", "--help"], environment: ["COLUMNS": "5000"])
    let width = try #require(columns["COLUMNS"].flatMap(Int.init))
    let lines = run.text.split(separator: "\n")
    for line in lines where line.count > width {
      #expect(!line.trimmingPrefix { $0 == " " }.contains(" "), "\(line)")
    }
    #expect(run.text.split { $0.isWhitespace } == whole.text.split { $0.isWhitespace })
    let example = try #require(lines.firstIndex { $0.contains("zcat claims.837.gz") })
    #expect(lines[example].hasPrefix("  zcat"))
    if width < 90 { #expect(lines[example + 1].hasPrefix("    ")) }
    let option = try #require(lines.firstIndex { $0.hasPrefix("  --received") })
    if width < 90 { #expect(lines[option + 1].hasPrefix(String(repeating: " ", count: min(26, width / 2)))) }
  }

  @Test(
    "an unknown command is named, with the nearest one",
    arguments: [
      (["proces", "x.837"], "there is no command 'claims proces'. Did you mean 'claims process'?"),
      (
        ["suspense", "relase", "X"],
        "there is no command 'claims suspense relase'. Did you mean 'claims suspense release'?"
      ),
      (["help", "proces"], "there is no command 'claims proces'. Did you mean 'claims process'?"),
      (["chekc", "x.837"], "there is no command 'claims chekc'. Did you mean 'claims check'?"),
      (["frobnicate"], "there is no command 'claims frobnicate'.\n"),
      (["remit", "\u{1B}[2Jlst"], "there is no command 'claims remit "),
    ] as [([String], String)])
  func unknownCommand(arguments: [String], message: String) async throws {
    let run = try await Office().claims(arguments)
    #expect(run.way == .exited(64) && run.output.isEmpty)
    #expect(run.errors.hasPrefix("Error: \(message)"), "\(run.errors)")
    #expect(!run.errors.contains("\u{1B}"))
  }

  @Test(
    "an unknown option is named, with the nearest one, at each level",
    arguments: [["process", "x.837"], ["remit", "run", "--out", "x"]])
  func unknownOption(command: [String]) async throws {
    let run = try await Office().claims(command + ["--stor", "sqlite:x.db"])
    #expect(run.way == .exited(64))
    #expect(run.errors.contains("Unknown option '--stor'. Did you mean '--store'?"), "\(run.errors)")
  }

  @Test("completions exist for each shell", arguments: ["bash", "zsh", "fish"])
  func completion(shell: String) async throws {
    let run = try await Office().claims(["--generate-completion-script", shell])
    #expect(run.way == .exited(0) && run.errors.isEmpty)
    #expect(run.text.contains("process") && run.text.contains("enroll"))
  }
}

extension String {
  fileprivate var trimmed: String { hasSuffix(" ") ? String(dropLast()) : self }
}
