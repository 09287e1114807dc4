import BankSimulator
import ClaimsAPI
import Foundation
import TestSupport
import Testing

@Suite("The console has what an examiner's day needs besides single claims")
struct ConsoleDeskTests {
  @Test("a payee is put on hold; its claims wait, are noted on and assigned, and after the hold are released together")
  func holdAndRelease() async throws {
    let office = try Office()
    let run = try await Serving.open(in: office, enrolling: false) { service in
      let visitor = try await Visitor.signedIn(to: service, with: Serving.token(.examiner))
      let holds = try await visitor.open("/holds")
      #expect(holds.text.contains("No payee is on hold"))
      let payee = "1234567893"
      let held = try await visitor.send(["payee": payee, "reason": "suspected <fraud>"], to: "/holds", from: holds)
      #expect(held.status == 200 && held.text.contains("No payment to the payee begins"), "\(held.text)")
      let list = try await visitor.open("/holds")
      #expect(list.text.contains("suspected &lt;fraud&gt;") && list.text.contains("<b>examiner</b>"))
      _ = try await service.post("/v1/claims", SampleClaims.text.utf8, as: Serving.token(.submitter), key: "samples")
      #expect(try await office.bank().transfers().isEmpty)

      let work = try await visitor.open("/work")
      let row = try #require(work.text.firstMatch(of: /href="(\/claims\/CLM-[0-9a-f]+)"[^\n]*\n[^\n]*payee-on-hold/))
      let path = String(row.output.1)
      let waiting = "for a person, the longest waiting first"
      #expect(work.text.contains(waiting) && !work.text.contains("No claim"))
      let mine = try await visitor.open("/work?of=mine").text
      #expect(mine.contains("No claim is on this list.") && !mine.contains(waiting) && !mine.contains("<table"))
      let claim = try await visitor.open(path)
      let silent = try await visitor.send(["text": " "], to: "\(path)/note", from: claim)
      #expect(silent.status == 400 && silent.text.contains("the note must say something"), "\(silent.status)")
      #expect(try await visitor.send(["text": "asked them"], to: "\(path)/note", from: claim).status == 303)
      let assigned = try await visitor.send(["assignee": "examiner"], to: "\(path)/assign", from: claim)
      #expect(assigned.headers["location"] == "\(path)?done=assigned", "\(assigned.text)")
      let noted = try await visitor.open(path)
      #expect(noted.text.contains("asked them") && noted.text.contains("with <b>examiner</b>"))
      let later = try await visitor.open("/work?of=mine").text
      #expect(later.contains(path) && !later.contains(waiting) && !later.contains("No claim"))
      #expect(try await !visitor.open("/work?of=nobody").text.contains(path))
      let early = try await visitor.send(["reason": "too early"], to: "\(path)/release", from: noted)
      #expect(early.status == 422 && early.text.contains("on hold"), "\(early.status)")

      let bulk = try await visitor.open("/bulk")
      let asked = ["act": "release", "provider": payee]
      let lift = try await visitor.send(["payee": payee, "reason": "cleared"], to: "/holds/lift", from: list)
      #expect(lift.status == 200 && lift.text.contains("The hold is lifted"), "\(lift.text)")
      let plan = try await visitor.send(asked, to: "/bulk/preview", from: bulk)
      let digest = try #require(plan.text.firstMatch(of: /name="confirm" value="([0-9a-f]{16})"/), "\(plan.text)")
      let confirmed = asked.merging(["confirm": String(digest.output.1)]) { $1 }
      let silently = try await visitor.send(confirmed, to: "/bulk", from: plan)
      #expect(silently.status == 400 && silently.text.contains("name=\"confirm\""), "it can be confirmed again")
      let act = confirmed.merging(["reason": "cleared"]) { $1 }
      let done = try await visitor.send(act, to: "/bulk", from: plan)
      #expect(done.status == 200 && done.text.contains("<td>done</td>"), "\(done.text)")
      let paid = try await office.bank().transfers().count
      #expect(paid > 0)
      let again = try await visitor.send(act, to: "/bulk", from: plan)
      #expect(again.text.contains("<td>done</td>"), "the first answer again")
      #expect(try await office.bank().transfers().count == paid)
    }
    #expect(!run.errors.contains("1234567893") && !run.errors.contains("asked them"), "\(run.errors)")
    try await office.verifiesClean()
  }

  @Test("a claim that waits for two things is given both in one form, and nothing typed moves into another form")
  func twoThings() async throws {
    let office = try Office()
    _ = try await Serving.open(in: office, enrolling: false) { service in
      _ = try await service.post("/v1/claims", SampleClaims.text.utf8, as: Serving.token(.submitter), key: "samples")
      let visitor = try await Visitor.signedIn(to: service, with: Serving.token(.examiner))
      let work = try await visitor.open("/work")
      let path = String(try #require(work.text.firstMatch(of: /href="(\/claims\/CLM-[0-9a-f]+)"/)).output.1)
      let page = try await visitor.open(path)
      for name in ["also", "compared", "document", "replaces", "price.1", "payer.0.id"] {
        #expect(page.text.contains("name=\"\(name)\""), "\(name) can be given")
      }
      let refused = try await visitor.send(
        ["reason": "typed", "document": "a letter"], to: "\(path)/release", from: page)
      #expect(refused.status == 422, "\(refused.status)")
      #expect(refused.text.contains("value=\"a letter\""), "what was typed is kept")
      #expect(refused.text.matches(of: /value="typed"/).count == 1, "and is in no other form")
    }
  }

  @Test("an appeal sets a rule aside for a claim; it is tried out first, with the difference in money")
  func appeal() async throws {
    let office = try Office()
    _ = try await Serving.open(in: office, enrolling: false) { service in
      let reply = try await service.post(
        "/v1/claims", SampleClaims.text.utf8, as: Serving.token(.submitter), key: "samples")
      let claims = try #require(try reply.json()["claims"] as? [[String: Any]])
      let denied = try #require(claims.first { $0["status"] as? String == "denied" }?["claim_intake_id"] as? String)
      let visitor = try await Visitor.signedIn(to: service, with: Serving.token(.examiner))
      let page = try await visitor.open("/claims/\(denied)")
      #expect(page.text.contains("value=\"timely-filing\""), "rules that can be set aside are offered")
      let form = ["cause": "appeal", "waive": "timely-filing", "reason": "proof received"]
      let tried = try await visitor.send(form, to: "/claims/\(denied)/try/adjust", from: page)
      #expect(tried.status == 200 && tried.text.contains("Nothing is changed."), "\(tried.text)")
      #expect(tried.text.contains("value=\"timely-filing\" checked=\"checked\""), "what was chosen is kept")
      let unknown = try await visitor.send(
        form.merging(["waive": "nothing"]) { $1 }, to: "/claims/\(denied)/adjust", from: page)
      #expect(unknown.status == 400, "\(unknown.status)")
    }
  }

  @Test("no address is a dead end: a form's leads to its claim, an unknown one is a page, and a bad search says why")
  func addresses() async throws {
    let office = try Office()
    _ = try await Serving.open(in: office, enrolling: false) { service in
      _ = try await service.post("/v1/claims", SampleClaims.text.utf8, as: Serving.token(.submitter), key: "samples")
      let visitor = try await Visitor.signedIn(to: service, with: Serving.token(.examiner))
      let work = try await visitor.open("/work")
      let path = String(try #require(work.text.firstMatch(of: /href="(\/claims\/CLM-[0-9a-f]+)"/)).output.1)
      for end in ["release", "deny", "note", "try/release"] {
        #expect(try await visitor.open("\(path)/\(end)").headers["location"] == path, "\(end)")
      }
      let page = try await service.get("/nowhere", as: nil, headers: [("Accept", "text/html,*/*")])
      #expect(page.status == 404 && page.text.contains("there is no such page") && page.text.contains("<h1>"))
      for route in ["/nowhere", "/v1/nowhere"] {
        let answer = try await service.get(route, as: Serving.token(.examiner))
        #expect(answer.status == 404 && answer.headers["content-type"] == "application/problem+json", "\(answer.text)")
      }
      let search = try await visitor.send(
        ["received_from": "soon"], to: "/claims", from: try await visitor.open("/claims"))
      #expect(search.status == 400 && search.text.contains("received_from"), "\(search.status)")
      let refused = try await visitor.send(["reason": "x"], to: "\(path)/price", from: try await visitor.open(path))
      #expect(refused.status == 422 && !refused.text.contains("claims suspense"), "no words of the command line")
    }
  }

  @Test("a claim is found by our number too, and behind HTTPS the cookie is sent by no other way")
  func foundAndSecure() async throws {
    let office = try Office()
    _ = try await Serving.open(in: office, ["--behind-tls"], enrolling: false) { service in
      let reply = try await service.post(
        "/v1/claims", SampleClaims.text.utf8, as: Serving.token(.submitter), key: "samples")
      let claims = try #require(try reply.json()["claims"] as? [[String: Any]])
      let id = try #require(claims.first { $0["status"] as? String == "paid" }?["claim_intake_id"] as? String)
      let stranger = Visitor(service: service)
      let way = try await stranger.open("/sign-in")
      let cookie = try await stranger.send(["access": Serving.token(.examiner)], to: "/sign-in", from: way)
        .headers["set-cookie"]
      #expect(cookie?.hasPrefix("__Host-paidonce=") == true && cookie?.contains("Secure") == true, "\(cookie ?? "")")
      let visitor = try await Visitor.signedIn(to: service, with: Serving.token(.examiner))
      let page = try await visitor.open("/claims")
      let found = try await visitor.send(["claim_number": id], to: "/claims", from: page)
      #expect(found.text.contains("<b>1</b> found") && found.text.contains("/claims/\(id)"), "\(found.text)")
      let none = try await visitor.send(["claim_number": "CLM-00000000000000000000"], to: "/claims", from: page)
      #expect(none.text.contains("<b>0</b> found"))
    }
  }

  @Test("a batch shows how far it is to its sender, and to no other submitter")
  func batches() async throws {
    let office = try Office()
    _ = try await Serving.open(in: office, ["--jobs", "0"]) { service in
      let reply = try await service.post(
        "/v1/claims", ManyClaims(count: 3, seed: 93).text.utf8, as: Serving.token(.submitter), key: "later",
        headers: [("Prefer", "respond-async")])
      let batch = try #require(try reply.json()["batch"] as? String, "\(reply.text)")
      let sender = try await Visitor.signedIn(to: service, with: Serving.token(.submitter))
      #expect(try await sender.open("/batches").text.contains("/batches/\(batch)"))
      let page = try await sender.open("/batches/\(batch)")
      #expect(page.text.contains("<th scope=\"row\">waiting</th><td class=\"number\">3</td>"), "\(page.text)")
      #expect(page.text.contains("data-fresh"), "the page follows the batch")
      let other = try await Visitor.signedIn(to: service, with: Serving.token(.submitter, of: "second"))
      #expect(try await !other.open("/batches").text.contains(batch))
      #expect(try await other.open("/batches/\(batch)").status == 404)
      #expect(try await other.open("/batches/nope").status == 404)
      let operators = try await Visitor.signedIn(to: service, with: Serving.token(.operator))
      #expect(try await operators.open("/batches/\(batch)").status == 200)
    }
  }
}
