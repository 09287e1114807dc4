import ClaimsAPI
import Foundation
import HTTPTypes
import TestSupport
import Testing

@Suite("A language model beside the engine that reads paper forms")
struct PageModelTests {
  private static let secret = "sk-made-up-secret"
  private static let torn = SampleForm { ($0.number, $0.total) = ("FORM-2", "250") }

  @Test(
    "a service sends the page of a form in doubt, shows what the model reads, counts it, and prints neither token nor member",
    .enabled(if: PaperTools.areThere, "no page tools: apt-get install poppler-utils tesseract-ocr"))
  func service() async throws {
    let office = try Office()
    let model = try await StandInModel(.says(#"{"28": "200 00", "1a": "W100000009"}"#))
    try office.write(
      #"{"page-model": "reader-1", "page-model-token": "\#(Self.secret)", "page-model-price": "0.02"}"#,
      to: "settings.json")
    let run = try await Serving.open(
      in: office, ["--send-pages-to", model.url], environment: ["CLAIMS_CONFIG": "settings.json"]
    ) { service in
      let sent = try await service.post(
        "/v1/claims", Self.torn.pdf, as: Serving.token(.submitter), key: "form",
        headers: [("Content-Type", "application/pdf")])
      let id = String(try #require(sent.text.firstMatch(of: /"form_id":"(FRM-[0-9a-f]{20})"/), "\(sent.text)").output.1)
      let shown = try await service.get("/v1/forms/\(id)", as: Serving.token(.examiner))
      #expect(shown.text.contains(#""model_value":"200.00""#), "\(shown.text)")
      #expect(shown.text.contains(#""doubts":["total"]"#) && !shown.text.contains("W100000009"), "\(shown.text)")
      let metrics = try await service.get("/metrics", as: Serving.token(.operator))
      for line in [
        #"model_pages_total{outcome="asked"} 1"#, #"model_pages_total{outcome="replayed"} 0"#,
        "model_saved_cents_total 0",
      ] {
        #expect(metrics.text.contains(line), "\(metrics.text)")
      }
    }
    #expect(model.charges == 1)
    #expect(model.questions.first?.headers[.authorization] == "Bearer \(Self.secret)")
    for word in [Self.secret, "W10000000", "SAMPLE"] { #expect(!run.errors.contains(word), "\(run.errors)") }
    try await office.verifiesClean()
  }

  @Test("where no address is given no page is sent, and a service counts no model", arguments: ["process", "submit"])
  func off(command: String) async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "samples.837")
    let setup = "CLAIMS_PAGE_MODEL=reader-1 CLAIMS_PAGE_MODEL_TOKEN=\(Self.secret)"
    let done = try await office.shell("\(setup) $CLAIMS \(command) samples.837")
    #expect(done.way == .exited(command == "process" ? 65 : 0) || done.way == .exited(0), "\(done.errors)")
    #expect(!done.errors.contains("model"), "\(done.errors)")
  }

  @Test(
    "a setting that does not fit is named in one line with the exit code for usage, and a token is not printed",
    arguments: [
      ("--send-pages-to http://models.example/v1 --page-model m", "https"),
      ("--send-pages-to https://me:\(secret)@models.example --page-model m", "no user, password"),
      ("--send-pages-to https://models.example/v1", "needs --page-model"),
      ("--page-model m", "need --send-pages-to"), ("--page-model-price 0.02", "need --send-pages-to"),
      ("--send-pages-to https://models.example/v1 --page-model m --page-model-price=-1", "--page-model-price"),
      ("--send-pages-to https://models.example/v1 --page-model m --page-model-price x", "--page-model-price"),
      ("--send-pages-to https://models.example/v1 --page-model 'a b'", "--page-model"),
    ])
  func refused(options: String, words: String) async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "samples.837")
    for command in ["process samples.837", "submit samples.837", "serve --port 0"] {
      let done = try await office.shell("CLAIMS_PAGE_MODEL_TOKEN=\(Self.secret) $CLAIMS \(command) \(options)")
      #expect(done.way == .exited(64) && done.errors.contains(words), "\(command): \(done.way) \(done.errors)")
      #expect(!(done.errors + done.text).contains(Self.secret), "\(command): \(done.errors)")
      #expect(done.errors.split(separator: "\n").count == 1, "\(command): \(done.errors)")
    }
    let bad = try await office.shell(
      "CLAIMS_PAGE_MODEL_TOKEN='\(Self.secret) x' $CLAIMS process samples.837 --send-pages-to https://models.example "
        + "--page-model m")
    #expect(
      bad.way == .exited(64) && bad.errors.contains("CLAIMS_PAGE_MODEL_TOKEN") && !bad.errors.contains(Self.secret))
  }
}
