import ClaimFormats
import ClaimsDomain
import Foundation
import Testing

/// Files of other projects, which we may not publish. They are read from the folder named by PAIDONCE_CORPUS, or from
/// beside the package.
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

@Suite("The corpus of other projects' 837 files")
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

  /// De-identified: the codes are X and the dates are nines on every line that has any. One claim has neither.
  private static let masked = "oop__837I_4010_Batch1.txt"

  /// Files whose claims are not read, and the element that their authors left out or mixed up. All other files are read
  /// completely.
  private static let refused = [
    // HI*BK*8901*BF*87200*BF:5559: the parts of a composite are split over several elements, and three lines point to
    // diagnoses that are missing.
    "ims_x12_bad_segment": "", "ims_x12_loop_errors1": "NM1", "ims_x12_missing_elements": "",
    "ims_x12_missing_required_loop": "", "ims_x12_many": "", "ims_x12_multiple": "", "ims_x12_no_errors": "",
    "ims_x12_valid": "",
    // The component separator differs from the one in ISA16.
    "lfh_005010X222A2_demo.example6": "CLM05", "lfh_005010X222A2_demo.example11": "CLM05",
    "lfh_005010X223A3_ppo-repriced-claim": "CLM05",
    // ST03 names the institutional guide, and GS08 the professional one.
    "oop_837I_5010_Spec": "ST03", "oop__InstitutionalClaim5010": "ST03",
    // The de-identified sample has nines as its version.
    "oop_837P_4010_837_DeIdent": "ST03",
    // Dental claims, some with the number of the institutional guide.
    "oop_837D": "CLM", "stupidedi_X224": "ST03",
    // Predeterminations.
    "stupidedi_X291": "ST03", "stupidedi_X292": "ST03",
    // HI*BK appears twice.
    "lfh_004010X096A1_automobile": "HI",
    // CLM05-2 is not A, and service dates have a qualifier that services do not have.
    "ims_x223-test": "",
    // A line points to the third of two diagnoses.
    "oop__ProfessionalClaim1": "SV107",
  ]

  @Test(
    "every reasonable claim is read, and every other claim is refused for its actual fault",
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
