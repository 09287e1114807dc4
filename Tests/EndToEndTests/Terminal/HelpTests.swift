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
    ["keys", "archive"], ["adjust"], ["intake"], ["intake", "list"], ["intake", "show"],
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
