import ClaimFormats
import ClaimsDomain
import Foundation
import Testing

/// Files of other projects, which we may not publish. They are read from the folder named by PAIDONCE_CORPUS, or from
/// beside the package.
private enum Corpus {
  static let folder: URL? = {
    let named = ProcessInfo.processInfo.environment["PAIDONCE_CORPUS"].map { URL(filePath: $0) }
    let folder = (named ?? Golden.packageRoot.appending(path: "../shared/corpus")).appending(path: "x12/835")
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
  }()
}

@Suite("The corpus of other projects' 835 files", .enabled(if: Corpus.folder != nil, "no corpus: set PAIDONCE_CORPUS"))
struct RemittanceCorpusTests {
  /// The expected figures, computed from the files by other means: the claims, the payment, its difference from the sum
  /// of claims and provider adjustments, and the number of lines and claims that do not balance.
  private struct Expected {
    var claims: Int
    var payment: String
    var difference = "0.00"
    var lines = 0
    var ofClaims = 0
    var unreadable = 0
    /// The id of the published case that the file is.
    var id = ""
  }

  private static let expected: [String: Expected] = [
    "era_emedny_sample.txt": Expected(claims: 3, payment: "45.75", id: "R6"),
    "lfh_005010X221A1_cob-contractural-adjustment.835": Expected(claims: 1, payment: "34.00", id: "R4"),
    "lfh_005010X221A1_managed-care.835": Expected(claims: 2, payment: "945.00", id: "R3"),
    // De-identified: the amounts are replaced by nines.
    "oop_835_4010_835_DeIdent_01.dat": Expected(
      claims: 96, payment: "99999.99", difference: "33582.37", lines: 185, ofClaims: 86),
    "oop_835_4010_Example1_GripElements.txt": Expected(claims: 9, payment: "5.75", difference: "-1.27", id: "R7"),
    // The last CLP ends after its status.
    "oop_835_5010_Example1.txt": Expected(claims: 10, payment: "5.75", difference: "-1.27", unreadable: 2, id: "R7"),
    "pyx12_835_mult_loops.txt": Expected(claims: 1, payment: "0.00"),
    "stupidedi_X091A1_case_1.edi": Expected(claims: 1, payment: "20.61"),
    "stupidedi_X221A1_dollars-and-data-sent-separate.edi": Expected(claims: 2, payment: "945.00", id: "R3"),
    "stupidedi_X221A1_era-sample.edi": Expected(claims: 1, payment: "132.00"),
    "stupidedi_X221A1_multiple-claims-single-check.edi": Expected(claims: 9, payment: "810.80", id: "R5"),
    "stupidedi_X221A1_secondary-payment-with-higher-fee-schedule.edi": Expected(claims: 1, payment: "34.00", id: "R4"),
    "stupidedi_X221_case_2.edi": Expected(claims: 2, payment: "945.00", id: "R3"),
  ]

  private static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: #require(Corpus.folder).appending(path: name)))
  }

  @Test("the table contains every file of the corpus")
  func complete() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: #require(Corpus.folder).path)
    #expect(Set(names) == Set(Self.expected.keys))
  }

  @Test(
    "every 835 is read; balanced files have no findings, and the others have findings with level and difference",
    arguments: Self.expected.keys.sorted())
  func verdicts(name: String) throws {
    let expected = try #require(Self.expected[name])
    let bytes = try Self.bytes(name)
    let audited = try Audited(bytes)
    #expect(audited.envelope.isEmpty && audited.verdicts.count == 1)
    let verdict = try #require(audited.verdicts.first)
    #expect(verdict.claims == expected.claims && verdict.payment?.description == expected.payment)
    let off = { (level: RemittanceFinding.Level) in verdict.findings.filter { $0.level == level && $0.sum != nil } }
    #expect(off(.line).count == expected.lines && off(.claim).count == expected.ofClaims)
    #expect(verdict.findings.filter { $0.sum == nil }.count == expected.unreadable)
    #expect((off(.check).first?.sum?.difference.description ?? "0.00") == expected.difference)
    #expect(try Audited(bytes, longestRead: 61) == audited)
  }

  @Test(
    "R3, R4, R5, R6: the payments of the published files, claim by claim",
    arguments: [
      ("lfh_005010X221A1_managed-care.835", "450.00 495.00"),
      ("stupidedi_X221A1_dollars-and-data-sent-separate.edi", "450.00 495.00"),
      ("stupidedi_X221A1_secondary-payment-with-higher-fee-schedule.edi", "34.00"),
      (
        "stupidedi_X221A1_multiple-claims-single-check.edi",
        "132.00 74.00 108.00 14.00 16.80 132.00 108.00 82.00 144.00"
      ),
      ("era_emedny_sample.txt", "34.25 0.00 11.50"),
    ])
  func payments(name: String, paid: String) throws {
    var reader = RemittanceReader(MemoryBytes(try Self.bytes(name)))
    var found: [String] = []
    while let item = try reader.next() {
      if case .claim(let claim) = item { found.append(claim.paid?.description ?? "?") }
    }
    #expect(found.joined(separator: " ") == paid)
  }
}
