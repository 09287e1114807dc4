import BankSimulator
import Foundation
import TestSupport
import Testing

/// Claims that were once read too leniently, each with the correct outcome. We may not publish them. They are read from
/// the folder named by PAIDONCE_CASES, or from beside the package.
enum SharedCases {
  static var folder: URL? {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let named = ProcessInfo.processInfo.environment["PAIDONCE_CASES"].map { URL(filePath: $0) }
    let folder = named ?? root.appending(path: "../shared/cases").standardizedFileURL
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
  }

  /// Returns a published file from beside the cases; nil if it is missing.
  static func reference(_ name: String) -> URL? {
    guard let file = folder?.appending(path: "../reference/\(name)").standardizedFileURL else { return nil }
    return FileManager.default.fileExists(atPath: file.path) ? file : nil
  }
}

@Suite(
  "A claim is read as it is written",
  .enabled(if: SharedCases.folder != nil, "no cases: set PAIDONCE_CASES"))
struct FieldCaseTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let id: String
    let file: String
    /// The outcome by claim number: the status, and for a paid claim the plan's payment.
    let ends: [String: String]
    var place: String?
    var options: [String] = []

    var testDescription: String { "\(id) \(file)" }
  }

  static let cases = [
    Case(id: "base", file: "00-base", ends: ["WB-1": "paid 30.00"]),
    Case(id: "F3", file: "21a-bht-rp", ends: ["21A": "denied"]),
    Case(id: "F4", file: "31i-6020", ends: ["31I": "rejected"], place: "ST03"),
    Case(id: "F5", file: "16f-wrong-parent", ends: ["HL-F1": "paid 30.00", "HL-F2": "paid 30.00"]),
    Case(id: "F6", file: "17g-two-il", ends: ["QD-G": "rejected"], place: "NM1"),
    Case(id: "F7", file: "26c-nonassigned", ends: ["26C": "suspended"]),
    Case(id: "F8", file: "12k-units", ends: ["UN-K": "rejected"], place: "SV104"),
    Case(id: "F8", file: "12r-sv104-missing-nothing", ends: ["12R": "rejected"], place: "SV103"),
    Case(id: "F8", file: "50z-sbr-blank", ends: ["50Z": "rejected"], place: "SBR01"),
    Case(id: "F8", file: "19k-hc-empty", ends: ["19K": "rejected"], place: "SV101-2"),
    Case(id: "F8+", file: "98k-freq-missing-replacement", ends: ["WB-1S": "rejected"], place: "CLM05-3"),
    Case(id: "F9", file: "50t-both-P", ends: ["50T": "suspended"]),
    Case(
      id: "F10", file: "50g-unbundled-rfi1747", ends: ["50G": "paid 30.00"], options: ["--plans", "field/plans-cob"]),
    Case(id: "F11", file: "12v-mj-fee", ends: ["12V": "suspended"]),
    Case(id: "F12", file: "30o-noncovered", ends: ["30O": "paid 0.00"]),
    Case(id: "F14", file: "08b-latin1", ends: ["WB-1": "rejected"], place: "NM1"),
    Case(
      id: "F15", file: "94g-one-noname-of-three",
      ends: ["94G1": "paid 30.00", "94G2": "rejected", "94G3": "paid 30.00"]),
    Case(id: "F16", file: "13m-150-151", ends: ["13M": "rejected"], place: "DTP*472"),
    Case(id: "F18", file: "10a-same-st02", ends: ["WB-A": "paid 30.00", "WB-B": "rejected"], place: "ST02"),
    Case(id: "F21", file: "15f-hi-big", ends: ["HI-F": "rejected"], place: "HI01-3"),
    Case(id: "F22", file: "18d-lx-dup", ends: ["18D": "rejected"]),
    Case(id: "F23", file: "97d-padded-f8", ends: ["97D": "suspended"]),
    Case(id: "F25", file: "10g-iea-gcount0", ends: ["WB-1": "rejected"], place: "IEA01"),
    Case(id: "F27", file: "98b-isa16-mismatch", ends: ["98": "rejected"], place: "CLM05-3"),
    Case(id: "F28", file: "99q-fee-lower", ends: ["99Q": "paid 0.00"]),
  ]

  @Test(arguments: cases)
  func `every case ends as is right, and the books hold`(_ item: Case) async throws {
    let folder = try #require(SharedCases.folder)
    let office = try Office()
    try office.write(
      Array(try Data(contentsOf: folder.appending(path: "field/\(item.file).837"))), to: "in.837")
    let options = item.options.map { $0.hasPrefix("-") ? $0 : folder.appending(path: $0).path }
    let run = try await office.process(
      ["in.837", "--enroll", "PPO", "--received", "2026-04-01", "--output", "json"] + options)
    let reports = try run.reports()
    let ends = reports.map { ($0.claimNumber ?? "", $0.status == "paid" ? "paid \($0.planPaid ?? "")" : $0.status) }
    #expect(Dictionary(ends) { first, _ in first } == item.ends, "\(run.text)\(run.errors)")
    if let place = item.place {
      #expect(reports.contains { $0.reason?.location?.hasSuffix(place) == true }, "\(run.text)")
    }
    try await office.verifiesClean()
  }

  @Test func `a line's own provider counts for it, so two colleagues' visits are no duplicate`() async throws {
    let folder = try #require(SharedCases.folder)
    let office = try Office()
    try office.write(
      Array(try Data(contentsOf: folder.appending(path: "field/90a-2420a-two-renderers.837"))), to: "in.837")
    let run = try await office.process(
      "in.837", "--enroll", "PPO", "--received", "2026-04-01", "--output", "json")
    #expect(run.text.contains("\"status\":\"paid\"") && !run.text.contains("\"code\":\"18\""), "\(run.text)")
  }

  @Test func `a claim that names ours and is no replacement is never paid beside it`() async throws {
    let folder = try #require(SharedCases.folder)
    let office = try Office()
    let base = String(decoding: try Data(contentsOf: folder.appending(path: "field/00-base.837")), as: UTF8.self)
    try office.write(base, to: "in.837")
    let options = ["--enroll", "PPO", "--received", "2026-04-01", "--output", "json"]
    let first = try await office.process(["in.837"] + options)
    let id = try #require(first.text.firstMatch(of: /"claim_intake_id":"(CLM-[0-9a-f]+)"/)).1
    for (written, status) in [("1", "suspended"), ("7", "denied")] {
      // A replacement with the same content is the same care: nothing more is due for it.
      let again = base.replacing("CLM*WB-1*100***11:B:1", with: "CLM*WB-2*100***11:B:\(written)")
        .replacing("HI*ABK", with: "REF*F8*\(id.uppercased())~\nHI*ABK").replacing("SE*23*", with: "SE*24*")
      try office.write(again, to: "again.837")
      let run = try await office.process(["again.837"] + options)
      #expect(try run.reports().map(\.status).allSatisfy { $0 == status || $0 == "paid" }, "\(run.text)\(run.errors)")
      let standing = try await office.bank().transfers()
      #expect(standing.count == 1, "\(written): \(run.text)")
    }
    try await office.verifiesClean()
  }

  /// A file, and segments that its answer must contain.
  static let answers: [(file: String, ending: String, segments: [String])] = [
    ("08b-latin1", "999", ["IK3*NM1*13**8", "IK4*3**6"]),
    ("94g-one-noname-of-three", "999", ["IK3*NM1*25**8", "IK4*3**1"]),
    ("13m-150-151", "999", ["IK3*DTP*24**3", "CTX*CLM01:13M"]),
    ("10a-same-st02", "999", ["IK5*R*23"]),
    ("31i-6020", "999", ["IK5*R*I6", "AK9*R*1*1*0*2"]),
    ("15f-hi-big", "999", ["IK3*HI*19**8", "CTX*CLM01:HI-F", "IK4*1:3**12*ABF"]),
    ("10g-iea-gcount0", "ta1", ["TA1*000000101*260401*0900*R*021"]),
  ]

  @Test(arguments: answers)
  func `the sender hears what is wrong, where, and of every other claim`(
    _ file: String, _ ending: String, _ segments: [String]
  ) async throws {
    let folder = try #require(SharedCases.folder)
    let office = try Office()
    try office.write(Array(try Data(contentsOf: folder.appending(path: "field/\(file).837"))), to: "in.837")
    let run = try await office.process("in.837", "--enroll", "PPO", "--received", "2026-04-01", "--ack", "out")
    #expect(run.way == .exited(65), "\(run.errors)")
    let answer = try office.text(of: "out/in.837.\(ending)").split(separator: "\n").map { String($0.dropLast()) }
    for segment in segments { #expect(answer.contains(segment), "\(segment): \(answer)") }
    if file.hasPrefix("94g") {
      let claims = try office.text(of: "out/in.837.277ca").split(separator: "\n")
      #expect(claims.count { $0.hasPrefix("REF*1K*") } == 2)
    }
  }

  @Test func `a remittance has the number of a line as it was sent, and none where none was`() async throws {
    let folder = try #require(SharedCases.folder)
    let office = try Office()
    try office.write(Array(try Data(contentsOf: folder.appending(path: "field/22a-6r.837"))), to: "in.837")
    let run = try await office.process(
      "in.837", "--enroll", "PPO", "--received", "2026-04-01", "--remit", "era")
    let files = try FileManager.default.contentsOfDirectory(atPath: office.path("era"))
    let text = try files.map { try office.text(of: "era/\($0)") }.joined()
    let numbers = text.split(separator: "\n").filter { $0.hasPrefix("REF*6R*") }
    #expect(numbers == ["REF*6R*LN-0077~", "REF*6R*LN-0078~"], "\(run.errors)\(text)")
  }
}
