import ClaimFormats
import ClaimsAPI
import Foundation
import HTTPTypes
import Hummingbird
import Mustache
import NIOCore

/// What a page shows. The stored properties are what its template names.
protocol PageView: Sendable {
  /// The name of the template.
  static var template: String { get }
  var title: String { get }
  /// The path of the entry in the menu that the page belongs to.
  static var place: String { get }
  /// Why what was asked for was not done.
  var alert: String? { get set }
  /// What was done.
  var notice: String? { get set }
}

/// Makes pages from templates. Whatever is put into a page is escaped.
struct PageTemplates: Sendable {
  private let library: MustacheLibrary

  /// What every page has around its own content.
  private struct Frame {
    let title: String
    let links: [Link]
    /// The name of the signed-in caller.
    let caller: String?
    let token: String?
    /// The key of the page's forms: the same form sent twice from one page is one sending.
    let key: String
    let alert: String?
    let notice: String?
  }

  private struct Link {
    let path: String
    let name: String
    let isHere: Bool
  }

  private struct Shown {
    let page: Frame
    let view: any PageView
  }

  /// - Throws: the parser's error if a built-in template is malformed; no request can cause it.
  init() throws {
    XHTMLText.register()
    library = MustacheLibrary(templates: try Self.sources.mapValues { try MustacheTemplate(string: Self.text($0)) })
  }

  private static let sources: [String: [UInt8]] = [
    "layout": PackageResources.layout_mustache, "seal": PackageResources.seal_mustache,
    "claims-table": PackageResources.claims_table_mustache, "problem": PackageResources.problem_mustache,
    "sign-in": PackageResources.sign_in_mustache, "today": PackageResources.today_mustache,
    "send": PackageResources.send_mustache, "sent": PackageResources.sent_mustache,
    "work": PackageResources.work_mustache, "find": PackageResources.find_mustache,
    "claim": PackageResources.claim_mustache, "acts": PackageResources.acts_mustache,
    "acts-more": PackageResources.acts_more_mustache, "acts-payer": PackageResources.acts_payer_mustache,
    "timeline": PackageResources.timeline_mustache, "member": PackageResources.member_mustache,
    "remittances": PackageResources.remittances_mustache, "key": PackageResources.key_mustache,
    "keys": PackageResources.keys_mustache, "queue": PackageResources.queue_mustache,
    "batches": PackageResources.batches_mustache, "batch": PackageResources.batch_mustache,
    "bulk": PackageResources.bulk_mustache, "bulk-done": PackageResources.bulk_done_mustache,
    "holds": PackageResources.holds_mustache, "holds-told": PackageResources.holds_told_mustache,
    "forms": PackageResources.forms_mustache, "form": PackageResources.form_mustache,
    "form-field": PackageResources.form_field_mustache,
  ]

  /// Every template is rendered with our own escaping.
  private static func text(_ bytes: [UInt8]) -> String {
    "{{% CONTENT_TYPE: XHTML}}" + String(decoding: bytes, as: UTF8.self)
  }

  func response(_ view: any PageView, status: HTTPResponse.Status = .ok, for visit: Visit) throws -> Response {
    try response(view, status: status, for: visit.context, token: visit.formToken)
  }

  /// Answers with a problem as a page.
  ///
  /// - Parameter token: the token of the session's forms, since the page has one: that to sign out.
  func problem(_ problem: APIProblem, for context: ConsoleContext, token: String?) throws -> Response {
    try response(
      ProblemView(title: problem.title, alert: problem.detail), status: .init(code: problem.status), for: context,
      token: token)
  }

  func response(
    _ view: any PageView, status: HTTPResponse.Status, for context: ConsoleContext, token: String?
  ) throws -> Response {
    let frame = Frame(
      title: view.title, links: context.caller.map { Self.links(of: $0, at: type(of: view).place) } ?? [],
      caller: context.caller?.name, token: token, key: UUID().uuidString.lowercased(), alert: view.alert,
      notice: view.notice)
    guard let page = library.render(Shown(page: frame, view: view), withTemplate: type(of: view).template) else {
      throw APIProblem.notFound("there is no such page")
    }
    return Response(
      status: status, headers: [.contentType: "text/html; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: page)))
  }

  private static func links(of caller: Caller, at place: String) -> [Link] {
    let all: [(String, String, Permission?)] = [
      ("/", "Today", nil), ("/send", "Send", .submit), ("/work", "Work list", .read), ("/forms", "Forms", .read),
      ("/claims", "Claims", .read),
      ("/bulk", "Many claims", .decide), ("/holds", "Holds", .read), ("/members", "Members", .read),
      ("/batches", "Batches", .follow), ("/remittances", "Remittances", .read), ("/keys", "Keys", .read),
      ("/queue", "Queue", .operate),
    ]
    return all.filter { link in link.2.map(caller.may) ?? true }
      .map { Link(path: $0.0, name: $0.1, isHere: $0.0 == place) }
  }
}

/// A request that is not served.
struct ProblemView: PageView {
  static let template = "problem"
  static let place = ""
  let title: String
  var alert: String?
  var notice: String?
}
