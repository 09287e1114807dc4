import Testing

@testable import Telemetry

@Suite("A trace goes on from the header that came, and begins anew where the header is none")
struct TraceContextTests {
  private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"

  @Test("the header of the standard is read and written as it was")
  func roundTrip() throws {
    let header = "00-\(Self.trace)-00f067aa0ba902b7-01"
    let context = try #require(TraceContext(header: header))
    #expect(context.trace == Self.trace && context.span == "00f067aa0ba902b7" && context.isSampled)
    #expect(context.header == header)
    #expect(context.child.trace == Self.trace && context.child.span != context.span)
    let quiet = try #require(TraceContext(header: "00-\(Self.trace)-00f067aa0ba902b7-00"))
    #expect(!quiet.isSampled && !quiet.child.isSampled)
    let later = try #require(TraceContext(header: "cc-\(Self.trace)-00f067aa0ba902b7-01-what-may-come"))
    #expect(later.trace == Self.trace)
  }

  @Test(
    "a malformed header is none",
    arguments: [
      "", "-", "00", "00-\(trace)-00f067aa0ba902b7", "00-\(trace)-00f067aa0ba902b7-01-more",
      "00-\(trace.uppercased())-00f067aa0ba902b7-01", "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
      "00-\(trace)-0000000000000000-01", "ff-\(trace)-00f067aa0ba902b7-01", "00-\(trace)-00f067aa0ba902b7-1",
      "00-\(trace)x-00f067aa0ba902b7-01", "00-\(trace)-00f067aa0ba902b7-0g", " 00-\(trace)-00f067aa0ba902b7-01",
    ])
  func malformed(header: String) { #expect(TraceContext(header: header) == nil) }

  @Test("new contexts are well-formed and of their own")
  func fresh() {
    let contexts = (1...500).map { _ in TraceContext() }
    #expect(contexts.allSatisfy { TraceContext(header: $0.header) == $0 })
    #expect(Set(contexts.map(\.trace)).count == 500)
  }
}
