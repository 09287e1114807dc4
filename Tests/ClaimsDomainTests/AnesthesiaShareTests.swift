import ClaimsDomain
import Testing

@Suite("Shares of a day's anesthesia")
struct AnesthesiaShareTests {
  private static let modifiers = ["AA", "QZ", "QK", "QY", "AD", "QX", "QS"]

  private func share(_ line: ServiceLine) throws -> AnesthesiaShare? {
    AnesthesiaShare(of: line, on: try Sample.day("2026-03-02"), member: Sample.member)
  }

  private func minutes(_ modifiers: String..., code: String = "00142") throws -> ServiceLine {
    var line = try Sample.line(1, code, charge: "100", modifiers: modifiers)
    line.basis = .minutes
    return line
  }

  @Test("exclude each other mutually or not at all; each excludes itself, and the whole excludes all")
  func symmetric() throws {
    let shares = try Self.modifiers.map { try #require(try share(minutes($0))) }
    for share in shares {
      #expect(share.excluded.contains(share))
      for other in shares {
        #expect(share.excluded.contains(other) == other.excluded.contains(share))
        if share.part == .whole { #expect(share.excluded.contains(other)) }
      }
    }
  }

  @Test(
    "for directing and for being directed are paid together, whatever the code",
    arguments: ["QK", "QY", "AD"])
  func directed(_ direction: String) throws {
    let directing = try #require(try share(minutes(direction)))
    let directed = try #require(try share(minutes("P3", "QX", code: "00840")))
    #expect(!directing.excluded.contains(directed) && !directed.excluded.contains(directing))
    #expect(Set([directing, directed].map(\.text)).count == 2)
  }

  @Test("do not exist for an add-on or for a line that does not count minutes")
  func others() throws {
    #expect(try share(minutes("AA", code: "01968")) == nil)
    #expect(try share(Sample.line(1, "00142", charge: "100", modifiers: ["AA"])) == nil)
  }
}
