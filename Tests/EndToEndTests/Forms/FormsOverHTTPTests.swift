import BankSimulator
import ClaimsAPI
import Foundation
import TestSupport
import Testing

@Suite(
  "The intake desk over HTTP and in the console",
  .enabled(if: PaperTools.areThere, "no page tools: apt-get install poppler-utils tesseract-ocr"))
struct FormsOverHTTPTests {
  private static let examiner = Serving.token(.examiner)
  private static let torn = SampleForm { ($0.number, $0.total) = ("FORM-2", "250") }

  /// Sends a form in doubt, and returns its ID.
  private static func send(_ form: SampleForm, to service: Serving, key: String = "form") async throws -> String {
    let sent = try await service.post(
      "/v1/claims", form.pdf, as: Serving.token(.submitter), key: key, headers: [("Content-Type", "application/pdf")])
    #expect(sent.status == 200 && sent.text.contains(#""status":"suspended""#), "\(sent.text)")
    return String(try #require(sent.text.firstMatch(of: /"form_id":"(FRM-[0-9a-f]{20})"/), "\(sent.text)").output.1)
  }

  @Test("paper forms of one caller are read one at a time, and another's do not wait for them")
  func forms() async throws {
    let office = try Office()
    _ = try await Serving.open(in: office, ["--jobs", "0"]) { service in
      let replies = try await withThrowingTaskGroup(of: Serving.Reply.self) { group in
        for number in 1...4 {
          group.addTask {
            // Other bytes, which are the same form.
            let bytes = SampleForm().pdf + Array("% \(number)\n".utf8)
            return try await service.post("/v1/claims", bytes, as: Serving.token(.submitter), key: "form-\(number)")
          }
        }
        let other = try await service.post(
          "/v1/claims", Self.torn.pdf, as: Serving.token(.submitter, of: "second"), key: "other")
        #expect(other.status == 200, "\(other.text)")
        return try await group.reduce(into: []) { $0.append($1) }
      }
      let waited = replies.filter { $0.status == 503 }
      #expect(replies.contains { $0.status == 200 } && !waited.isEmpty, "\(replies.map(\.status))")
      #expect(waited.allSatisfy { $0.headers["retry-after"] != nil })
    }
  }

  @Test("a form is sent, listed, shown, corrected and accepted, once for each key; nothing about the member is logged")
  func desk() async throws {
    let office = try Office()
    let run = try await Serving.open(in: office) { service in
      let id = try await Self.send(Self.torn, to: service)
      func post(_ act: String, _ body: String, _ key: String) async throws -> Serving.Reply {
        try await service.post("/v1/forms/\(id)/\(act)", body.utf8, as: Self.examiner, key: key)
      }
      let list = try await service.get("/v1/forms", as: Self.examiner)
      #expect(list.text.contains(id) && !list.text.contains("SAMPLE"), "\(list.text)")
      let shown = try await service.get("/v1/forms/\(id)", as: Self.examiner)
      #expect(shown.text.contains(#""field":"28""#) && shown.text.contains(#""doubts":["total"]"#), "\(shown.text)")
      for path in ["pages/1", "crops/28"] {
        let picture = try await service.get("/v1/forms/\(id)/\(path)", as: Self.examiner)
        #expect(picture.status == 200 && picture.headers["content-type"] == "image/png", "\(path): \(picture.status)")
        #expect(picture.bytes.starts(with: [0x89, 0x50]) && picture.headers["cache-control"] == "no-store")
      }
      let early = try await post("accept", #"{"reason": "seen"}"#, "a-0")
      #expect(early.status == 422 && early.text.contains("in doubt"), "\(early.text)")
      let fix = #"{"field": "28", "value": "200.00", "reason": "the picture says 200", "version": 0}"#
      let corrected = try await post("correct", fix, "c-1")
      #expect(corrected.status == 200 && corrected.text.contains(#""by":"examiner""#), "\(corrected.text)")
      #expect(try await post("correct", fix, "c-1").isReplay)
      #expect(try await post("correct", fix, "c-2").status == 409, "the form has another version by now")
      let accepted = try await post("accept", #"{"reason": "checked"}"#, "a-1")
      #expect(accepted.status == 200 && accepted.text.contains(#""status":"paid""#), "\(accepted.text)")
      #expect(try await post("accept", #"{"reason": "checked"}"#, "a-1").isReplay)
      #expect(try await post("accept", #"{"reason": "checked"}"#, "a-2").text.contains(#""replayed":true"#))
      #expect(try await post("discard", #"{"reason": "no"}"#, "d-1").status == 422)
      #expect(try await office.bank().transfers().count == 1)
    }
    for word in ["W100000001", "SAMPLE", "ROBIN", "200.00"] { #expect(!run.errors.contains(word), "\(run.errors)") }
    try await office.verifiesClean()
  }

  @Test("who sends forms does not read them, and who reads them does not act on them")
  func permissions() async throws {
    let office = try Office()
    _ = try await Serving.open(in: office) { service in
      let id = try await Self.send(Self.torn, to: service)
      for path in ["", "/\(id)", "/\(id)/pages/1", "/\(id)/crops/28"] {
        let statuses = try await [Self.examiner, Serving.token(.auditor), Serving.token(.submitter), nil].asyncMap {
          try await service.get("/v1/forms\(path)", as: $0).status
        }
        #expect(statuses == [200, 200, 403, 401], "\(path)")
      }
      for act in ["correct", "accept", "discard"] {
        for role in [Role.auditor, .submitter, .operator] {
          let body = #"{"field": "28", "value": "1", "reason": "mine"}"#
          let reply = try await service.post(
            "/v1/forms/\(id)/\(act)", body.utf8, as: Serving.token(role), key: "\(role)-\(act)")
          #expect(reply.status == 403, "\(role) \(act)")
        }
      }
      for path in ["FRM-1", "FRM-00000000000000000000", "\(id)/pages/2", "\(id)/pages/x", "\(id)/crops/99"] {
        #expect(try await service.get("/v1/forms/\(path)", as: Self.examiner).status == 404, "\(path)")
      }
      for body in [#"{"reason": "x1"}"#, #"{"field": "28", "value": 1, "reason": "x1"}"#, #"{"reason": 1}"#, "[]"] {
        let reply = try await service.post(
          "/v1/forms/\(id)/correct", body.utf8, as: Self.examiner, key: UUID().uuidString)
        #expect(reply.status == 400, "\(body): \(reply.text)")
      }
      #expect(try await service.get("/v1/forms?state=lost", as: Self.examiner).status == 400)
      let keyless = try await service.post("/v1/forms/\(id)/discard", #"{"reason": "x1"}"#.utf8, as: Self.examiner)
      #expect(keyless.status == 400)
    }
  }

  @Test("above the amount of four eyes, another examiner accepts what one has corrected")
  func fourEyes() async throws {
    let office = try Office()
    _ = try await Serving.open(in: office, ["--four-eyes-above", "100"]) { service in
      let id = try await Self.send(Self.torn, to: service)
      let fix = #"{"field": "28", "value": "200.00", "reason": "the picture"}"#
      _ = try await service.post("/v1/forms/\(id)/correct", fix.utf8, as: Self.examiner, key: "c")
      let own = try await service.post(
        "/v1/forms/\(id)/accept", #"{"reason": "mine"}"#.utf8, as: Self.examiner, key: "a")
      #expect(own.status == 422 && own.text.contains("another accepts it"), "\(own.text)")
      let other = try await service.post(
        "/v1/forms/\(id)/accept", #"{"reason": "seen"}"#.utf8, as: Serving.token(.examiner, of: "second"), key: "a")
      #expect(other.status == 200, "\(other.text)")
    }
  }

  @Test("in the console the picture stands beside the field, and its form corrects and accepts without a script")
  func console() async throws {
    let office = try Office()
    _ = try await Serving.open(in: office) { service in
      let id = try await Self.send(Self.torn, to: service)
      let visitor = try await Visitor.signedIn(to: service, with: Self.examiner)
      #expect(try await visitor.open("/work").text.contains("1 paper form waits at the intake desk"))
      #expect(try await visitor.open("/forms").text.contains("/forms/\(id)"))
      let page = try await visitor.open("/forms/\(id)")
      let doubtful = try #require(page.text.firstRange(of: "One field is in doubt"))
      let clear = try #require(page.text.firstRange(of: "Fields without doubt"))
      let field = try #require(page.text.firstRange(of: "<h3>28 "))
      #expect(doubtful.lowerBound < field.lowerBound && field.lowerBound < clear.lowerBound)
      #expect(page.text.contains("href=\"/forms/\(id)/pages/1\"") && page.text.contains("<use href=\"#page-1\""))
      #expect(page.headers["content-security-policy"]?.contains("img-src 'self'") == true)
      #expect(try await visitor.open("/forms/\(id)/pages/1").headers["content-type"] == "image/png")
      let entry = ["field": "28", "value": "nothing", "version": "0", "reason": "a <try>"]
      #expect(try await visitor.send(entry, to: "/forms/\(id)/correct", from: page).status == 303)
      let wrong = try await visitor.open("/forms/\(id)")
      #expect(wrong.text.contains("malformed") && wrong.text.contains("a &lt;try&gt;"), "\(wrong.text)")
      let stale = try await visitor.send(entry, to: "/forms/\(id)/correct", from: wrong)
      #expect(stale.status == 409 && stale.text.contains("value=\"nothing\""), "what was typed is kept")
      let right = entry.merging(["value": "200.00", "version": "1"]) { $1 }
      let fixed = try await visitor.send(right, to: "/forms/\(id)/correct", from: wrong)
      #expect(fixed.headers["location"] == "/forms/\(id)?done=corrected", "\(fixed.text)")
      let ready = try await visitor.open("/forms/\(id)")
      let accept = ["version": "2", "reason": "checked"]
      let forged = try await visitor.send(
        accept.merging(["token": "x"]) { $1 }, to: "/forms/\(id)/accept", from: ready)
      #expect(forged.status == 422, "the form is not of this session")
      for _ in 1...2 {
        let accepted = try await visitor.send(accept, to: "/forms/\(id)/accept", from: ready)
        #expect(accepted.headers["location"] == "/forms/\(id)?done=accepted", "\(accepted.text)")
      }
      #expect(try await visitor.open("/forms/\(id)").text.contains("It is claim <a href=\"/claims/CLM-"))
      #expect(try await office.bank().transfers().count == 1)
      let auditor = try await Visitor.signedIn(to: service, with: Serving.token(.auditor))
      #expect(try await !auditor.open("/forms/\(id)").text.contains("<h3>Accept it</h3>"))
      let submitter = try await Visitor.signedIn(to: service, with: Serving.token(.submitter))
      for path in ["/forms", "/forms/\(id)", "/forms/\(id)/pages/1"] {
        #expect(try await submitter.open(path).status == 403, "\(path)")
      }
      let stranger = Visitor(service: service)
      #expect(try await stranger.open("/forms/\(id)/pages/1").status == 303, "signed out: to the sign-in page")
    }
  }
}

extension Sequence where Element: Sendable {
  fileprivate func asyncMap<Value>(_ change: (Element) async throws -> Value) async throws -> [Value] {
    var values: [Value] = []
    for element in self { values.append(try await change(element)) }
    return values
  }
}
