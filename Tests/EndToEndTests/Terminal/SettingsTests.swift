import Foundation
import Testing

@Suite("An option that is not given comes from the environment, and else from a file")
struct SettingsTests {
  @Test("the command line comes before the environment, and the environment before the file")
  func precedence() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "samples.837")
    try office.write(#"{"store": "sqlite:file.db", "enroll": "PPO"}"#, to: "settings.json")
    let process = "$CLAIMS process samples.837 \(Office.received.joined(separator: " "))"
    for (command, store) in [
      ("CLAIMS_CONFIG=settings.json \(process)", "file.db"),
      ("CLAIMS_CONFIG=settings.json CLAIMS_STORE=sqlite:environment.db \(process)", "environment.db"),
      ("CLAIMS_STORE=sqlite:environment.db \(process) --store sqlite:given.db", "given.db"),
    ] {
      let done = try await office.shell(command)
      #expect(done.way == .exited(65), "one of the sample claims is rejected: \(done.errors)")
      let files = try office.files
      #expect(files.contains(store) && !files.contains("claims.db"), "\(command): \(files)")
    }
    let list = try await office.shell("CLAIMS_STORE=sqlite:given.db $CLAIMS list --status suspended")
    #expect(list.way == .exited(0) && list.text.contains("DEMO-013"), "\(list.text)\(list.errors)")
  }

  @Test(
    "a setting that is unknown or not of its type is named, and nothing is done",
    arguments: [
      (#"{"stor": "sqlite:x.db"}"#, "", "no setting \"stor\""), (#"{"port": "80"}"#, "", "port must be a number"),
      (#"{"store": 7}"#, "", "store must be a text"), ("[]", "", "not a JSON object"), ("{", "", "not a JSON object"),
      ("{}", "CLAIMS_LOG=xml", "CLAIMS_LOG: \"xml\" is neither text nor json"),
      ("{}", "CLAIMS_PORT=eighty", "CLAIMS_PORT: \"eighty\" is not a number"),
    ])
  func refused(file: String, setup: String, words: String) async throws {
    let office = try Office()
    try office.write(file, to: "settings.json")
    let done = try await office.shell("CLAIMS_CONFIG=settings.json \(setup) $CLAIMS queue")
    #expect(done.way == .exited(65) && done.errors.contains(words), "\(done.errors)")
    #expect(done.errors.split(separator: "\n").count == 1)
    let none = try await office.shell("CLAIMS_CONFIG=none.json $CLAIMS queue")
    #expect(none.way == .exited(65) && none.errors.contains("none.json cannot be read"), "\(none.errors)")
    #expect(try office.files == ["settings.json"])
  }

  @Test("an amount that is none is named with its option, wherever it comes from")
  func amount() async throws {
    let office = try Office()
    try office.write(#"{"four-eyes-above": "x"}"#, to: "settings.json")
    for command in [
      "$CLAIMS serve --port 0 --four-eyes-above x", "CLAIMS_FOUR_EYES_ABOVE=x $CLAIMS serve --port 0",
      "CLAIMS_CONFIG=settings.json $CLAIMS serve --port 0",
    ] {
      let done = try await office.shell(command)
      #expect(done.way == .exited(64), "\(command): \(done.errors)")
      #expect(done.errors.contains("--four-eyes-above: \"x\" is no amount"), "\(command): \(done.errors)")
    }
    #expect(try office.files == ["settings.json"])
  }

  @Test("a password in an address is printed nowhere, wherever the address comes from")
  func secret() async throws {
    let office = try Office()
    let address = "postgres://u:hush-hush@127.0.0.1:1/none?connect_timeout=1"
    try office.write("{\"store\": \"\(address)\"}", to: "settings.json")
    for command in ["queue", "serve --port 0", "process --help", "serve --help", "verify"] {
      for setup in [
        "CLAIMS_CONFIG=settings.json", "CLAIMS_STORE='\(address)'", "CLAIMS_STORE='postgres//u:hush-hush@nowhere'",
      ] {
        let done = try await office.shell("\(setup) $CLAIMS \(command)")
        #expect(!done.text.contains("hush") && !done.errors.contains("hush"), "\(command): \(done.text)\(done.errors)")
      }
    }
  }
}
