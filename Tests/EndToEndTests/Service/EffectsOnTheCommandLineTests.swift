import ClaimsAPI
import Foundation
import TestSupport
import Testing

@Suite("Scripts keep keys for effects of their own on the command line as agents do over HTTP", .postgres)
struct EffectsOnTheCommandLineTests {
  private static let fingerprint = String(repeating: "a", count: 64)

  @Test(
    "a key is acquired, prepared and completed once, and its owner over HTTP is the same one",
    arguments: StoreKind.allCases)
  func once(on kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    #expect(try await office.claims(["migrate"] + store.option).way == .exited(0))
    func effects(_ arguments: String...) async throws -> Ended {
      try await office.claims(["effects"] + arguments + ["--name", "agent"] + store.option)
    }
    try office.write(#"{"order": 42}"#, to: "order.json")
    let acquired = try await effects("acquire", "ship:42", "--request", "order.json")
    #expect(
      acquired.way == .exited(0) && acquired.text.hasPrefix(#"{"outcome":"acquired","epoch":1,"#), "\(acquired.errors)")
    let busy = try await effects("acquire", "ship:42", "--request", "order.json")
    #expect(busy.way == .exited(69), "\(busy.text)\(busy.errors)")
    let other = try await effects("acquire", "ship:42", "--fingerprint", Self.fingerprint)
    #expect(other.way == .exited(65) && other.errors.contains("used for another request"), "\(other.errors)")
    let prepared = try await effects("prepare", "ship:42", "--epoch", "1", "--tracking-id", "shp-7")
    #expect(prepared.text == #"{"epoch":1,"outcome":"prepared","tracking_id":"shp-7"}"# + "\n", "\(prepared.errors)")
    #expect(try await effects("prepare", "ship:42", "--epoch", "9").way == .exited(69), "another epoch is fenced")
    #expect(try await effects("result", "ship:42").way == .exited(69), "there is no result yet")
    let options = store.option + (try await office.bankOption(for: ["process"] + store.option + ["x"]))
    _ = try await Serving.open(in: office, options + ["--jobs", "0"]) { service in
      let seen = try await service.get("/v1/effects/tracking/shp-7", as: Serving.token(.agent))
      #expect(seen.status == 200 && seen.text.contains(#""key":"ship:42""#), "\(seen.text)")
    }
    let done = try await effects("complete", "ship:42", "--epoch", "1", "--body", "P-7", "--content-type", "text/plain")
    #expect(done.text == #"{"outcome":"accepted"}"# + "\n", "\(done.errors)")
    #expect(try await effects("result", "ship:42").text == "P-7")
    let again = try await effects("acquire", "ship:42", "--request", "order.json")
    #expect(
      again.way == .exited(0) && again.text.hasPrefix(#"{"outcome":"replayed","status":"COMPLETED""#), "\(again.text)")
    #expect(try await effects("tracking", "shp-7").text.contains(#""status":"COMPLETED""#))
    #expect(try await effects("check", "ship:43").way == .exited(65))
    let stranger = try await office.claims(["effects", "check", "ship:42", "--name", "another"] + store.option)
    #expect(stranger.way == .exited(65), "keys belong to a name")
  }

  @Test("what is not as it should be is said in one line, and nothing is recorded")
  func refused() async throws {
    let office = try Office()
    _ = try await office.claims(["migrate"])
    for (arguments, status) in [
      (["acquire", "ship:42"], 64), (["acquire", "ship:42", "--fingerprint", "x"], 64),
      (["acquire", "ship:42", "--request", "none.json"], 65),
      (["acquire", "k", "--fingerprint", Self.fingerprint, "--retention", "x"], 64),
      (["complete", "ship:42", "--epoch", "1"], 64), (["complete", "ship:42", "--epoch", "1", "--body", "x"], 65),
      (["prepare", "ship:42", "--epoch", "1", "--tracking-id", "a/b"], 64), (["tracking", "a/b"], 64),
      (["check", "ship:42", "--store", "sqlite:none.db"], 69),
    ] {
      let ended = try await office.claims(["effects"] + arguments)
      #expect(ended.way == .exited(status), "\(arguments): \(ended.way) \(ended.text)\(ended.errors)")
      #expect(ended.text.isEmpty && !ended.errors.isEmpty, "\(arguments)")
    }
  }

  @Test("each strategy derives the key that it derives over HTTP")
  func strategies() async throws {
    let office = try Office()
    let cases: [(arguments: [String], body: String)] = [
      (
        ["business", "ship", "42", "a:b"], #"{"strategy":"business","parts":{"effect":"ship","segments":["42","a:b"]}}"#
      ),
      (
        [
          "token", "--instance", "mailer-1", "--action", "remind", "--at", "2026-06-01T12:00:00Z", "--window", "day",
          "--parameters", #"{"member": "M1", "n": 1.5}"#,
        ],
        #"{"strategy":"token","parts":{"instance":"mailer-1","action":"remind","at":"2026-06-01T12:00:00Z","window":"day","#
          + #""parameters":{"n":1.50,"member":"M1"}}}"#
      ),
      (
        [
          "fingerprint", "--request", #"{"q":1}"#, "--environment", "test", "--use", "rules=2026", "--use", "program=1",
        ],
        #"{"strategy":"fingerprint","parts":{"request":{"q":1},"state":{},"environment":"test","#
          + #""versions":{"program":"1","rules":"2026"}}}"#
      ),
    ]
    _ = try await Serving.open(in: office, ["--jobs", "0"]) { service in
      for (arguments, body) in cases {
        let derived = try await office.claims(["keys", "derive"] + arguments + ["--output", "json"])
        let asked = try await service.post("/v1/effects/key", body.utf8, as: Serving.token(.agent))
        #expect(
          derived.way == .exited(0) && derived.text == asked.text + "\n",
          "\(derived.text)\(derived.errors)\(asked.text)")
        let key = try #require(try asked.json()["key"] as? String)
        let plain = try await office.claims(["keys", "derive"] + arguments)
        #expect(plain.text == key + "\n" && plain.errors.isEmpty == (arguments[0] == "business"), "\(plain.errors)")
      }
    }
    for arguments in [
      ["token", "--instance", "i", "--action", "pay", "--at", "2026-06-01T12:00:00Z", "--window", "day"],
      ["token", "--instance", "i", "--action", "remind", "--at", "2026-02-30T12:00:00Z", "--window", "day"],
      ["fingerprint", "--request", "{", "--environment", "test"],
      ["fingerprint", "--request", "1", "--environment", "test", "--retention", "financial"],
      ["fingerprint", "--request", "1", "--environment", "test", "--use", "a=1", "--use", "a=2"],
      ["business", "by-token", "1"],
    ] {
      let refused = try await office.claims(["keys", "derive"] + arguments)
      #expect(refused.way == .exited(64) && refused.text.isEmpty, "\(arguments): \(refused.text)\(refused.errors)")
    }
  }
}
