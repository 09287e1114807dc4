package import Tracing

/// Where a span belongs: its trace and itself, as the header `traceparent` has it (W3C Trace Context, level 1).
package struct TraceContext: Hashable, Sendable {
  /// 32 lowercase hex digits, not all zero.
  package let trace: String
  /// 16 lowercase hex digits, not all zero.
  package let span: String
  /// Whether whoever began the trace records it.
  package let isSampled: Bool

  /// Makes a context with new random numbers.
  package init() {
    self.init(trace: Self.hex(UInt64.random(in: 1 ... .max)) + Self.hex(UInt64.random(in: .min ... .max)))
  }

  private init(trace: String, isSampled: Bool = true) {
    (self.trace, self.isSampled) = (trace, isSampled)
    span = Self.hex(UInt64.random(in: 1 ... .max))
  }

  /// Returns the context of a new span within the same trace.
  package var child: TraceContext { TraceContext(trace: trace, isSampled: isSampled) }

  /// Reads a header. A version that is not known is read as far as version 00 goes, as the standard has it.
  ///
  /// - Returns: nil for a header that is malformed; the trace then begins anew.
  package init?(header: String) {
    let parts = header.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count >= 4, Self.isHex(parts[0], 2), parts[0] != "ff", parts[0] != "00" || parts.count == 4,
      Self.isHex(parts[1], 32), parts[1].contains(where: { $0 != "0" }),
      Self.isHex(parts[2], 16), parts[2].contains(where: { $0 != "0" }), Self.isHex(parts[3], 2)
    else { return nil }
    (trace, span) = (String(parts[1]), String(parts[2]))
    isSampled = (Int(parts[3], radix: 16) ?? 0) & 1 == 1
  }

  package var header: String { "00-\(trace)-\(span)-\(isSampled ? "01" : "00")" }

  private static func isHex(_ text: Substring, _ count: Int) -> Bool {
    text.utf8.count == count && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  private static func hex(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

extension InstrumentationContext {
  private enum Key: InstrumentationContextKey {
    typealias Value = TraceContext
  }

  /// The span that is under way; nil outside any trace.
  package var traceContext: TraceContext? {
    get { self[Key.self] }
    set { self[Key.self] = newValue }
  }

  /// A context that is in a trace and nothing else; nil for the beginning of a new trace.
  package static func within(_ trace: TraceContext?) -> InstrumentationContext {
    var context = InstrumentationContext.topLevel
    context.traceContext = trace
    return context
  }
}
