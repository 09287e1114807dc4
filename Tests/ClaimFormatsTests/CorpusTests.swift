import ClaimFormats
import ClaimsDomain
import Foundation
import Testing

/// Files of other projects, which are not ours to publish: looked for where PAIDONCE_CORPUS says, else beside the package.
enum Corpus {
  static var folder: URL? {
    let named = ProcessInfo.processInfo.environment["PAIDONCE_CORPUS"].map { URL(filePath: $0) }
    let folder = (named ?? Fixture.packageRoot.appending(path: "../shared/corpus")).appending(path: "x12/837")
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
  }

  static func files() throws -> [URL] {
    guard let folder else { return [] }
    return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
  }
}

@Suite("The corpus of other people's 837 files")
struct CorpusTests {
  @Test("every CLM is accounted for", .enabled(if: Corpus.folder != nil, "no corpus: set PAIDONCE_CORPUS"))
  func accounted() throws {
    var reasons: [String: Int] = [:]
    var claims = 0
    for file in try Corpus.files() {
      let bytes = Array(try Data(contentsOf: file))
      let reading = try Reading(bytes)
      #expect(reading.accounted == ClaimSegmentCount.count(in: bytes), "\(file.lastPathComponent)")
      #expect(try Reading(bytes, longestRead: 61) == reading, "\(file.lastPathComponent)")
      claims += reading.claims.count
      for rejection in reading.rejections { reasons[rejection.reason, default: 0] += 1 }
    }
    print("corpus: \(claims) claims read; rejected:")
    for (reason, count) in reasons.sorted(by: { $0.value > $1.value }) { print("  \(count)  \(reason)") }
    #expect(claims > 30)
  }

  /// De-identified: code lists are X and dates nines on all lines that have any. One claim has none.
  private static let masked = "oop__837I_4010_Batch1.txt"

  /// Files whose claims are not read, and what their author left out or mixed up. All others are read whole.
  private static let refused = [
    // HI*BK*8901*BF*87200*BF:5559: the parts of a composite are split over elements, and three lines point to diagnoses
    // that are not there.
    "ims_x12_bad_segment": "", "ims_x12_loop_errors1": "NM1", "ims_x12_missing_elements": "",
    "ims_x12_missing_required_loop": "", "ims_x12_many": "", "ims_x12_multiple": "", "ims_x12_no_errors": "",
    "ims_x12_valid": "",
    // Another separator between components than ISA16 says.
    "lfh_005010X222A2_demo.example6": "CLM05", "lfh_005010X222A2_demo.example11": "CLM05",
    "lfh_005010X223A3_ppo-repriced-claim": "CLM05",
    // ST03 is of the institutional guide, GS08 of the professional one.
    "oop_837I_5010_Spec": "ST03", "oop__InstitutionalClaim5010": "ST03",
    // A version of nines, where the sample was de-identified.
    "oop_837P_4010_837_DeIdent": "ST03",
    // Dental claims, some of them under the number of the institutional guide.
    "oop_837D": "CLM", "stupidedi_X224": "ST03",
    // Predeterminations.
    "stupidedi_X291": "ST03", "stupidedi_X292": "ST03",
    // HI*BK stands twice.
    "lfh_004010X096A1_automobile": "HI",
    // CLM05-2 is not A, and dates of a service under a qualifier that services do not have.
    "ims_x223-test": "",
    // A line points to the third of two diagnoses.
    "oop__ProfessionalClaim1": "SV107",
  ]

  @Test(
    "every reasonable claim is read, and those that are not are refused for what they lack",
    .enabled(if: Corpus.folder != nil, "no corpus: set PAIDONCE_CORPUS"))
  func reasonable() throws {
    for file in try Corpus.files() {
      let reading = try Reading(Array(try Data(contentsOf: file)))
      let name = file.lastPathComponent
      guard name != Self.masked else {
        #expect(reading.claims.count == 1 && reading.rejections.count > 50, "\(name)")
        continue
      }
      guard let place = Self.refused.first(where: { name.hasPrefix($0.key) })?.value else {
        #expect(reading.rejections.isEmpty, "\(name): \(reading.rejections.map { "\($0.location) \($0.reason)" })")
        continue
      }
      #expect(reading.claims.isEmpty, "\(name)")
      for rejection in reading.rejections {
        #expect(
          rejection.location.element?.hasPrefix(place) == true, "\(name): \(rejection.location) \(rejection.reason)")
      }
    }
  }
}
