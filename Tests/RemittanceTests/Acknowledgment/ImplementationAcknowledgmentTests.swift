import ClaimFormats
import ClaimsDomain
import Foundation
import TestSupport
import Testing

@Suite("A 999 reports the result for each group and transaction", .temporaryFolder)
struct ImplementationAcknowledgmentTests {
  /// Reads the text, and returns its groups with the reader's rejections.
  private static func groups(_ text: String) throws -> [GroupAcknowledgment] {
    let source = MemoryBytes(text.utf8)
    var reader = try X12ClaimReader(source)
    var rejections: [ClaimRejection] = []
    while let item = try reader.next() {
      if case .rejected(let rejection) = item { rejections.append(rejection) }
    }
    return try AcknowledgmentReader.groups(in: source, rejections: rejections)
  }

  private static func written(_ groups: [GroupAcknowledgment]) throws -> String {
    let first = try #require(X12ControlNumber(1))
    let bytes = try AcknowledgmentFile.bytes(groups, in: Sample.envelope(), firstTransaction: first)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The segments from AK1 to AK9.
  private static func said(_ text: String) throws -> [String] {
    try written(groups(text)).split(separator: "\n").map { String($0.dropLast()) }
      .filter { ["AK1", "AK2", "IK3", "CTX", "IK4", "IK5", "AK9"].contains($0.prefix(3)) }
  }

  @Test("a complete file is accepted, transaction by transaction")
  func accepted() throws {
    #expect(
      try Self.said(Golden.claims("professional.x12")) == [
        "AK1*HC*1*005010X222A1", "AK2*837*0001*005010X222A1", "IK5*A", "AK9*A*1*1*1",
      ])
  }

  @Test(
    "a damaged envelope is rejected with the code for its damage",
    arguments: [
      ("SE*61*0001", "SE*41*0001", "IK5*R*4", "AK9*R*1*1*0"), ("SE*61*0001", "SE*61*0002", "IK5*R*3", "AK9*R*1*1*0"),
      ("GE*1*1~", "GE*7*1~", "IK5*R", "AK9*R*7*1*0*5"), ("GE*1*1~", "GE*1*9~", "IK5*R", "AK9*R*1*1*0*4"),
      ("GE*1*1~\n", "", "IK5*R", "AK9*R*1*1*0*3"),
      ("*0001*005010X222A1~", "*0001~", "IK5*R*I6", "AK9*R*1*1*0"), ("GS*HC", "GS*HP", "IK5*R", "AK9*R*1*1*0*1"),
    ])
  func damaged(part: String, replacement: String, transaction: String, group: String) throws {
    let said = try Self.said(Golden.claims("professional.x12").replacing(part, with: replacement))
    #expect(said.suffix(2) == [transaction, group])
  }

  @Test("of groups without transactions, each is told its own damage and no other's")
  func emptyGroups() throws {
    let text = try Golden.claims("professional.x12")
    let header = try #require(text.firstRange(of: "GS*")).lowerBound
    let version = "20260301*1200"
    let groups = [("1", "GE*0*1~"), ("2", "GE*9*2~"), ("3", ""), ("4", "GE*0*4~")].map { control, trailer in
      "GS*HC*A*B*\(version)*\(control)*X*005010X222A1~\(trailer)"
    }
    let said = try Self.said(text[..<header] + groups.joined() + "IEA*4*000000001~")
    #expect(
      said.filter { $0.hasPrefix("AK9") } == ["AK9*A*0*0*0", "AK9*R*9*0*0*5", "AK9*R*0*0*0*3", "AK9*A*0*0*0"], "\(said)"
    )
  }

  @Test("in test data the same damage is noted, and the transaction is accepted")
  func testData() throws {
    let text = try Golden.claims("professional.x12").replacing("*0*P*:~", with: "*0*T*:~")
    #expect(try Self.said(text.replacing("SE*61*", with: "SE*41*")).suffix(2) == ["IK5*E*4", "AK9*E*1*1*1"])
  }

  @Test("an unreadable claim is reported with segment, element and value; the other claims are accepted")
  func element() throws {
    let text = try Golden.claims("professional.x12")
    let claim = try #require(text.split(separator: "\n").first { $0.hasPrefix("CLM*CGC-1002*") })
    let fields = claim.split(separator: "*", omittingEmptySubsequences: false)
    let broken = text.replacing("CLM*CGC-1002*\(fields[2])*", with: "CLM*CGC-1002*4x4*")
    let said = try Self.said(broken)
    let position = try #require(text.split(separator: "\n").firstIndex(of: claim)) - 1
    #expect(
      said == [
        "AK1*HC*1*005010X222A1", "AK2*837*0001*005010X222A1", "IK3*CLM*\(position)**8", "CTX*CLM01:CGC-1002",
        "IK4*2**6*4x4", "IK5*E*5", "AK9*E*1*1*1",
      ])
  }

  @Test("faults in several elements of one segment are reported in one IK3")
  func elements() throws {
    let text = try Golden.claims("professional.x12")
    let said = try Self.said(
      text.replacing("DMG*D8*19810514*F", with: "DMG*D9*19810599*Q").replacing("*ABF:I10", with: "*XXX:I10*YYY:Z"))
    #expect(
      said.filter { ["IK3", "IK4", "CTX"].contains($0.prefix(3)) } == [
        "IK3*DMG*17**8", "CTX*CLM01:CGC-1001", "IK4*1**7*D9", "IK4*3**7*Q", "IK4*2**8*19810599", "IK3*HI*21**8",
        "CTX*CLM01:CGC-1001", "IK4*2:1**7*XXX", "IK4*3:1**7*YYY",
      ])
  }

  @Test("a transaction whose claims were all sent back is rejected, and each fault is located")
  func nothingLeft() throws {
    let text = try Golden.claims("institutional.x12")
    let said = try Self.said(text.replacing("*13:A:1**A*Y*Y~", with: "*13:A**A*Y*Y~"))
    #expect(said.contains { $0.hasPrefix("IK3*CLM*") } && said.suffix(2) == ["IK5*R*5", "AK9*R*1*1*0"], "\(said)")
  }

  @Test("an independent validator accepts all of them", .x12valid)
  func valid() async throws {
    let folder = try #require(TemporaryFolderTrait.current)
    let text = try Golden.claims("professional.x12")
    let damages = [
      ("", ""), ("SE*61*0001", "SE*41*0001"), ("SE*61*0001~\n", ""), ("GE*1*1~", "GE*7*1~"), ("CLM*CGC-1002*", "CLM**"),
      ("CLM*CGC-1002*", "CLM*CGC-1002*x"), ("DTP*472*D8*", "DTP*472*D8*9"), ("SV1*", "SX1*"),
    ]
    var groups: [GroupAcknowledgment] = []
    for (part, other) in damages {
      groups += try Self.groups(part.isEmpty ? text : text.replacing(part, with: other))
    }
    groups += try Self.groups(Golden.claims("two-interchanges.x12"))
    #expect(groups.count == damages.count + 3)
    let written = try Self.written(groups)
    let complaints = try await X12Valid.complaints(about: Array(written.utf8), in: folder)
    #expect(complaints.isEmpty, "\(complaints.prefix(4_000))\n\(written)")
  }
}
