import Foundation
import Tracing

/// Spans as OpenTelemetry's protocol has them in JSON (OTLP 1.x, `ExportTraceServiceRequest`).
struct OTLPDocument: Encodable {
  private let resourceSpans: [ResourceSpans]

  init(_ spans: [EndedSpan], service: String, version: String) {
    let resource = Resource(attributes: [
      Attribute("service.name", .string(service)), Attribute("service.version", .string(version)),
      Attribute("process.pid", .int64(Int64(ProcessInfo.processInfo.processIdentifier))),
    ])
    resourceSpans = [
      ResourceSpans(
        resource: resource, scopeSpans: [ScopeSpans(scope: Scope(name: service), spans: spans.map(WrittenSpan.init))])
    ]
  }

  private struct ResourceSpans: Encodable {
    let resource: Resource
    let scopeSpans: [ScopeSpans]
  }

  private struct Resource: Encodable {
    let attributes: [Attribute]
  }

  private struct ScopeSpans: Encodable {
    let scope: Scope
    let spans: [WrittenSpan]
  }

  private struct Scope: Encodable {
    let name: String
  }
}

/// IDs are in hex and 64-bit numbers are texts: so the protocol's JSON has them.
private struct WrittenSpan: Encodable {
  let traceId: String
  let spanId: String
  let parentSpanId: String?
  let name: String
  let kind: Int
  let startTimeUnixNano: String
  let endTimeUnixNano: String
  let attributes: [Attribute]
  let events: [Event]
  let links: [Link]
  let status: Status

  struct Event: Encodable {
    let timeUnixNano: String
    let name: String
    let attributes: [Attribute]
  }

  struct Link: Encodable {
    let traceId: String
    let spanId: String
  }

  struct Status: Encodable {
    /// 0 for none, 1 for ok, 2 for an error.
    let code: Int
  }

  init(_ span: EndedSpan) {
    (traceId, spanId, parentSpanId) = (span.trace.trace, span.trace.span, span.parent)
    (name, kind) = (span.name, span.kind.number)
    (startTimeUnixNano, endTimeUnixNano) = ("\(span.start)", "\(span.end)")
    attributes = Attribute.all(of: span.attributes)
    events = span.events.map {
      Event(
        timeUnixNano: "\($0.nanosecondsSinceEpoch)", name: $0.name, attributes: Attribute.all(of: $0.attributes))
    }
    links = span.links.map { Link(traceId: $0.trace, spanId: $0.span) }
    status = Status(code: span.status.map { $0.code == .ok ? 1 : 2 } ?? 0)
  }
}

extension SpanKind {
  fileprivate var number: Int {
    switch self {
    case .internal: 1
    case .server: 2
    case .client: 3
    case .producer: 4
    case .consumer: 5
    }
  }
}

private struct Attribute: Encodable {
  let key: String
  let value: Value

  init(_ key: String, _ value: SpanAttribute) { (self.key, self.value) = (key, Value(of: value)) }

  /// The names that are exported. Libraries also record paths, queries and addresses, which can name a member, so a name
  /// that is not listed here stays in the process.
  private static let exported: Set<String> = [
    "claims", "exception.type", "http.request.body.size", "http.request.method", "http.response.body.size",
    "http.response.status_code", "http.route", "server.address", "server.port", "url.scheme",
  ]

  static func all(of attributes: SpanAttributes) -> [Attribute] {
    var all: [Attribute] = []
    func add(_ key: String, _ value: SpanAttribute) {
      if exported.contains(key) { all.append(Attribute(key, value)) }
    }
    attributes.forEach(add)
    return all.sorted { $0.key < $1.key }
  }

  struct Value: Encodable {
    var stringValue: String?
    var intValue: String?
    var boolValue: Bool?
    var doubleValue: Double?

    init(of value: SpanAttribute) {
      switch value {
      case .string(let text): stringValue = text
      case .int32(let number): intValue = "\(number)"
      case .int64(let number): intValue = "\(number)"
      case .bool(let flag): boolValue = flag
      case .double(let number): doubleValue = number
      case .stringConvertible(let value): stringValue = "\(value)"
      default: stringValue = "\(value)"
      }
    }
  }
}
