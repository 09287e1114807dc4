import ClaimsAPI
import Foundation
import TestSupport
import Testing

@Suite("A list goes on behind its first page, and no address has a payee or a key in it", .postgres)
struct ListsOverHTTPTests {
  private static let (examiner, operators) = (Serving.token(.examiner), Serving.token(.operator))

  /// Reads a list page by page, and returns what its rows have under a name.
  private static func pages(
    _ path: String, of service: Serving, as token: String, _ list: String, _ name: String
  ) async throws -> [String] {
    var (found, next): ([String], String?) = ([], nil)
    repeat {
      let query = next.map { "&after=\($0)" } ?? ""
      let reply = try await service.get("\(path)?limit=2\(query)", as: token)
      let rows = try #require(try reply.json()[list] as? [[String: Any]], "\(reply.text)")
      #expect(rows.count <= 2 && (next == nil || !rows.isEmpty), "\(reply.text)")
      found += rows.compactMap { $0[name] as? String }
      next = try reply.json()["next"] as? String
      if let next { #expect(!found.contains { next.contains($0) }, "the cursor says nothing") }
    } while next != nil
    return found
  }

  @Test("holds, claims that were set aside, and proposals", arguments: StoreKind.allCases)
  func overHTTP(on kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    let options = store.option + (try await office.bankOption(for: ["process"] + store.option + ["x"]))
    try office.write(ManyClaims(count: 5, seed: 51).text, to: "five.837")
    #expect(try await office.claims(["submit", "five.837"] + store.option).way == .exited(0))
    try await store.sql("UPDATE claim_queue SET status = 'dead', attempts = 5, reason = 'workers died at it'")
    let run = try await Serving.open(in: office, options + ["--jobs", "0"]) { service in
      let payees = (1...5).map { "12345678\($0)" }
      for payee in payees {
        let body = #"{"payee": "\#(payee)", "reason": "looked into"}"#
        #expect(try await service.post("/v1/holds", body.utf8, as: Self.examiner, key: payee).status == 200)
      }
      #expect(try await Self.pages("/v1/holds", of: service, as: Self.examiner, "holds", "payee") == payees)
      let dead = try await Self.pages("/v1/queue/dead", of: service, as: Self.operators, "claims", "key")
      #expect(dead.count == 5 && Set(dead).count == 5)
      for (path, token) in [
        ("/v1/holds", Self.examiner), ("/v1/queue/dead", Self.operators), ("/v1/proposals", Self.examiner),
      ] {
        for after in ["1234567893", "x", "", String(repeating: "A", count: 3_000)] {
          let refused = try await service.get("\(path)?after=\(after)", as: token)
          #expect(refused.status == 400, "\(path) after \(after.prefix(20)): \(refused.status)")
        }
      }
      let operatorsPage = try await Visitor.signedIn(to: service, with: Self.operators).open("/queue?after=x")
      #expect(
        operatorsPage.status == 400 && operatorsPage.text.contains("a page continues at"), "\(operatorsPage.status)")
    }
    #expect(!run.errors.contains("12345678"), "\(run.errors)")
  }

  @Test("keys, remittances and a member's claims, as the command line has them", arguments: StoreKind.allCases)
  func onRecord(on kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    let options = store.option + (try await office.bankOption(for: ["process"] + store.option + ["x"]))
    try office.write(ManyClaims(count: 5, seed: 53, practices: 3).text, to: "five.837")
    _ = try await office.process(["five.837", "--enroll", "PPO", "--remit", "era"] + options)
    let listed = try await office.claims(["remit", "list"] + store.option).text.split(separator: "\n")
      .map { String($0.prefix { $0 != " " }) }
    let member = try #require(try office.text(of: "five.837").firstMatch(of: /NM1\*IL\*.*\*MI\*(\w+)~/)).output.1
    _ = try await Serving.open(in: office, options + ["--jobs", "0"]) { service in
      let keys = try await Self.pages("/v1/keys", of: service, as: Self.examiner, "keys", "key")
      #expect(Set(keys).count == keys.count && keys.count(where: { $0.hasPrefix("idemp:pay:") }) == 5)
      for key in keys.filter({ $0.hasPrefix("idemp:pay:") }) {
        let shown = try await service.post("/v1/keys/show", #"{"key": "\#(key)"}"#.utf8, as: Self.examiner)
        #expect(shown.status == 200 && shown.text.contains(#""status":"COMPLETED""#), "\(shown.text)")
      }
      var (remittances, after) = ([String](), "")
      repeat {
        let page = try await service.get("/v1/remittances?limit=2\(after)", as: Self.examiner)
        remittances += try #require(try page.json()["remittances"] as? [[String: Any]]).compactMap {
          $0["remittance"] as? String
        }
        after = (try page.json()["next"] as? String).map { "&after=\($0)" } ?? ""
      } while after != ""
      #expect(remittances.reversed() == listed && listed.count == 3)
      for id in remittances {
        let file = try await service.get("/v1/remittances/\(id)", as: Self.examiner)
        #expect(file.bytes == Array(try await office.claims(["remit", "show", id] + store.option).text.utf8))
      }
      let known = try await service.post("/v1/members/show", #"{"member_id": "\#(member)"}"#.utf8, as: Self.examiner)
      #expect(known.status == 200 && known.text.contains(#""plan":"PPO""#), "\(known.text)")
      #expect(known.text.contains(#""limit":"deductible","of":"member""#), "\(known.text)")
    }
  }

  @Test("what is not there, or is another's, is not shown, and a role that reads nothing reads none of it")
  func notOnRecord() async throws {
    let office = try Office()
    _ = try await Serving.open(in: office, ["--jobs", "0"]) { service in
      let acquired = try await service.post(
        "/v1/effects/acquire",
        #"{"key": "ship:42", "fingerprint": "\#(String(repeating: "a", count: 64))"}"#.utf8, as: Serving.token(.agent))
      #expect(acquired.status == 200, "\(acquired.text)")
      #expect(try await service.get("/v1/keys", as: Self.examiner).json()["keys"] as? [String] == [])
      for (path, body, status) in [
        ("keys/show", #"{"key": "ship:42"}"#, 404), ("keys/show", #"{"key": 1}"#, 400),
        ("members/show", #"{"member_id": "NOBODY"}"#, 404), ("members/show", #"{"member_id": "X", "limit": 0}"#, 400),
        ("members/show", #"{"member_id": "X", "after": "x"}"#, 400),
      ] {
        let refused = try await service.post("/v1/\(path)", body.utf8, as: Self.examiner)
        #expect(refused.status == status && !refused.text.contains("NOBODY"), "\(path) \(body): \(refused.text)")
        #expect(try await service.post("/v1/\(path)", body.utf8, as: Serving.token(.submitter)).status == 403)
      }
      for (path, status) in [
        ("keys?status=x", 400), ("keys?after=x", 400), ("remittances?after=REM-0", 400), ("remittances/REM-0", 404),
      ] {
        #expect(try await service.get("/v1/\(path)", as: Self.examiner).status == status, "\(path)")
        #expect(try await service.get("/v1/\(path)", as: Serving.token(.submitter)).status == 403, "\(path)")
      }
    }
  }

  @Test("in the console and on the command line")
  func forPeople() async throws {
    let office = try Office()
    let store = try await StoreKind.sqlite.store(in: office)
    try office.write(ManyClaims(count: 5, seed: 52, practices: 3).text, to: "five.837")
    _ = try await office.process("five.837", "--enroll", "PPO", "--remit", "era")
    try await store.sql(
      """
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 130)
      INSERT INTO payee_holds (payee, number, held_at, held_by, held_for, under_way)
      SELECT printf('%09d', i), 1, 1, 'pat', 'looked into', 0 FROM n
      """)
    _ = try await Serving.open(in: office, ["--jobs", "0"]) { service in
      let visitor = try await Visitor.signedIn(to: service, with: Self.examiner)
      let first = try await visitor.open("/holds")
      let next = try #require(first.text.firstMatch(of: /href="(\/holds\?after=[A-Za-z0-9_-]+)"/)).output.1
      let second = try await visitor.open(String(next))
      #expect(first.text.contains("<h2>000000100</h2>") && !first.text.contains("<h2>000000101</h2>"))
      #expect(second.text.contains("<h2>000000101</h2>") && second.text.contains("<h2>000000130</h2>"))
      #expect(!second.text.contains("Next page"))
    }
    for (list, name) in [("keys list", #/idemp:\S+$/#), ("remit list", #/^REM-\w+/#)] {
      let whole = try await office.shell("$CLAIMS \(list) --limit 1000").text.split(separator: "\n").map(String.init)
      #expect(whole.count > 2)
      var (command, pages) = ("claims \(list) --limit 2", [[String]]())
      while true {
        let page = try await office.shell(command.replacing(/^claims/, with: "$CLAIMS"))
        #expect(page.way == .exited(0), "\(command): \(page.errors)")
        var lines = page.text.split(separator: "\n").map(String.init)
        let older = lines.last.flatMap { $0.hasPrefix("older: ") ? lines.removeLast() : nil }
        pages.append(lines)
        #expect(lines.allSatisfy { $0.contains(name) } && (1...2).contains(lines.count), "\(page.text)")
        guard let older else { break }
        command = String(older.dropFirst("older: ".count))
      }
      #expect(pages.reversed().flatMap(\.self) == whole, "\(list)")
    }
  }
}
