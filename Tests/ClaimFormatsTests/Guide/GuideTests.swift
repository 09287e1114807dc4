import Foundation
import Testing

@testable import ClaimFormats

/// A transaction is checked against its implementation guide, and each fault is located in the terms of a 999.
@Suite struct GuideTests {
  @Test(arguments: ["professional.x12", "institutional.x12", "two-interchanges.x12", "odd-delimiters.x12", "demo.837"])
  func `what our samples say is as the guides have it`(_ name: String) throws {
    let faults = try GuideFault.all(in: Fixture.bytes(name))
    #expect(faults == [])
  }

  /// A change to a sample, and the fault that it causes.
  struct Change: Sendable, CustomTestStringConvertible {
    let from: String
    let to: String
    let fault: String
    var testDescription: String { "\(from) -> \(to)" }

    init(_ from: String, _ to: String, _ fault: String) {
      (self.from, self.to, self.fault) = (from, to, fault)
    }
  }

  @Test(arguments: [
    // Segments.
    Change("SBR*P*18*GRP100******CI~\n", "", "SBR 3 2000B"),
    Change("N3*12 ORCHARD LANE*SUITE 4~\n", "", "N3 3 2010AA"),
    Change("REF*EI*361234567~\n", "", "REF 3 2010AA"),
    Change("REF*EI*361234567~\n", "REF*EI*361234567~\nREF*EI*361234567~\n", "REF 5 2010AA"),
    Change("DMG*D8*19810514*F~\n", "DMG*D8*19810514*F~\nDMG*D8*19810514*F~\n", "DMG 5 2010BA"),
    Change("HI*ABK:E119*ABF:I10~\n", "HI*ABK:E119*ABF:I10~\nZZZ*1~\n", "ZZZ 1 2300"),
    Change("LX*1~\n", "LX*1~\nPAT*19~\n", "PAT 2 2400"),
    Change("DTP*472*D8*20260216~\nREF*6R*L1~\n", "REF*6R*L1~\n", "DTP 3 2400"),
    Change(
      "N3*7 WILLOW COURT~\nN4*SPRINGFIELD*IL*62704~\n", "N4*SPRINGFIELD*IL*62704~\nN3*7 WILLOW COURT~\n", "N3 7 2010BA"),
    // Elements.
    Change("HI*ABK:E119*ABF:I10~", "HI*ABK:E119*:I10~", "HI 8 2300 2-1 1"),
    Change("SV1*HC:G0463:25*180*UN*1***1:2~", "SV1*HC:G0463:25*180*UN****1:2~", "SV1 8 2400 4 1"),
    Change("SV1*HC:G0463:25*180*UN*1***1:2~", "SV1*HC:G0463:25*18x0*UN*1***1:2~", "SV1 8 2400 2 6"),
    Change("SV1*HC:G0463:25*180*UN*1***1:2~", "SV1*HC:G0463:25*180*YY*1***1:2~", "SV1 8 2400 3 7"),
    Change("SV1*HC:G0463:25*180*UN*1***1:2~", "SV1*HC:G0463:25*180*UN*1*11*9*1:2~", "SV1 8 2400 6 I10"),
    Change("SV1*HC:G0463:25*180*UN*1***1:2~", "SV1*HC:G0463:25:26:TC:59:text::8*180*UN*1***1:2~", "SV1 8 2400 1-8 12"),
    Change("SBR*P*18*GRP100******CI~", "SBR**18*GRP100******CI~", "SBR 8 2000B 1 1"),
    Change("CLM*CGC-1001*240.5***11:B:1*Y*A*Y*Y~", "CLM*CGC-1001*240.5***11:B*Y*A*Y*Y~", "CLM 8 2300 5-3 1"),
    Change("DMG*D8*19810514*F~", "DMG*D8*19810230*F~", "DMG 8 2010BA 2 8"),
    Change("N4*SPRINGFIELD*IL*62704~", "N4*S*IL*62704~", "N4 8 2010BA 1 4"),
    Change("REF*EI*361234567~", "REF*EI*361234567*******9~", "REF 8 2010AA 3 3"),
    Change("BHT*0019*00*B20260302*20260302*0815*CH~", "BHT*0019*00*B20260302*20260302*2515*CH~", "BHT 8  5 9"),
    Change("BHT*0019*00*B20260302*20260302*0815*CH~", "BHT*0019*00*B20260302*20260302*0815*XX~", "BHT 8  6 7"),
    // Notes.
    Change("NM1*85*2*CEDAR GROVE CLINIC*****XX*1234567893~", "NM1*85*2*CEDAR GROVE CLINIC*****XX~", "NM1 8 2010AA 9 2"),
    Change("N4*SPRINGFIELD*IL*62704~", "N4*SPRINGFIELD**62704****X~", "N4 8 2010BA 4 2"),
  ])
  func `one fault is told once, with loop, segment and element`(_ change: Change) throws {
    let sample = String(decoding: try Fixture.bytes("professional.x12"), as: UTF8.self)
    let range = try #require(sample.range(of: change.from), "the sample has changed")
    let changed = sample.replacingCharacters(in: range, with: change.to)
    let faults = try GuideFault.all(in: Array(changed.utf8))
    #expect(faults.map(\.short) == [change.fault])
  }

  @Test func `a fault names the segment's place in its transaction, counted from ST`() throws {
    let sample = String(decoding: try Fixture.bytes("professional.x12"), as: UTF8.self)
    let faults = try GuideFault.all(in: Array(sample.replacing("DMG*D8*19810514*F~", with: "DMG*D8*1981*F~").utf8))
    #expect(faults.map(\.position) == [17])
  }
}

extension GuideFault {
  /// Returns the faults of all transactions in a file, each checked against the guide of its group.
  static func all(in bytes: [UInt8]) throws -> [GuideFault] {
    var tokenizer = X12Tokenizer(MemoryBytes(bytes))
    var segment = X12Segment()
    var guide: ImplementationGuide?
    var walk: GuideWalk?
    var faults: [GuideFault] = []
    while try tokenizer.advance() {
      tokenizer.read(into: &segment)
      switch segment.name {
      case "ISA", "GE", "IEA": break
      case "GS": guide = ImplementationGuide.named(GuideName(st03: nil, gs08: segment.text(8)).text)
      case "ST":
        walk = guide.map { GuideWalk($0) }
        walk?.take(segment)
      case "SE":
        walk?.take(segment)
        faults += walk?.faults ?? []
        walk?.finish()
        faults += walk?.faults ?? []
        walk = nil
        continue
      default: walk?.take(segment)
      }
      faults += walk?.faults ?? []
    }
    return faults
  }

  /// The fault in one line: segment, IK304, loop, element, IK403, as in `SV1 8 2400 4 1`.
  var short: String {
    var words = ["\(segment)", code.rawValue, loop]
    if let element {
      words.append("\(element.position)" + (element.component.map { "-\($0)" } ?? ""))
      words.append(element.code.rawValue)
    }
    return words.joined(separator: " ")
  }
}
