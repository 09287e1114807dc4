import ClaimFormats
import ClaimsAPI
import ClaimsDomain
import Fixtures
import Hummingbird

/// Sends claims: a file, or the sample claims that come with the program.
struct SendPage: Sendable {
  let console: ConsoleParts

  /// The day the sample claims are received on. On a later day some of them are past the limit for filing.
  private static let sampleDay = CalendarDate(year: 2026, month: 4, day: 1)

  struct View: PageView {
    static let template = "send"
    static let place = "/send"
    let title = "Send claims"
    var alert: String?
    var notice: String?
    let limit: String
    let textLimit: String
  }

  func add(to routes: PageRoutes) {
    routes.page("send", for: .submit) { _ in view }
    routes.form("send", for: .submit) { form, visit in
      let bytes = try bytes(of: form)
      return try await console.forms.take(bytes, of: visit.caller) {
        try await send(bytes, received: form["sample"] == nil ? nil : Self.sampleDay)
      }
    } again: { _, _ in
      view
    } show: { outcome, isReplay, visit in
      try SentView(outcome, isReplay: isReplay, linked: visit.caller.may(.read))
    }
  }

  private var view: View {
    View(
      limit: Self.text(console.settings.bodyLimit),
      textLimit: Self.text(min(console.settings.bodyLimit, Form.textLimit)))
  }

  private static func text(_ bytes: Int) -> String {
    bytes < 1024 * 1024 ? "\(bytes / 1024) kB" : "\(bytes / (1024 * 1024)) MB"
  }

  private func bytes(of form: Form) throws(APIProblem) -> [UInt8] {
    if form["sample"] != nil { return SampleFiles.claims }
    if let file = form.files["file"], !file.bytes.isEmpty { return file.bytes }
    guard let text = form["text"] else { throw .malformed("choose a file with claims, or paste them") }
    return Array(text.utf8)
  }

  /// - Returns: a report of each claim, as JSON: the first answer is kept, and shown again as it is.
  private func send(_ bytes: [UInt8], received: CalendarDate?) async throws -> String {
    let sent = try await Submission(bytes, received: received, console.app)
    var json = OrderedJSON()
    json.object { json in
      json.key("claims")
      json.array(sent.reports) { $1.write(to: &$0) }
      json.key("faults")
      json.array(sent.faults + [sent.unlisted].compactMap(\.self)) { $0.string("\($1)") }
    }
    return String(decoding: json.bytes, as: UTF8.self)
  }
}
