import Foundation
import TestSupport
import Testing

@testable import ClaimFormats

/// Compares our guides with those of pyx12, an independent implementation: for a valid file with one change, both must
/// accept it or both must refuse it.
@Suite(.temporaryFolder, .x12valid)
struct GuideAgreementTests {
  private static let mutants = 2_500

  @Test(arguments: ["professional.x12", "institutional.x12"])
  func `both accept a sample, and agree on what was done to it`(_ name: String) async throws {
    try await Self.compare([name: Fixture.text(name)], mutants: Self.mutants / 2)
  }

  @Test(arguments: [("professional.x12", "004010X098A1"), ("institutional.x12", "004010X096A1")])
  func `both agree on what was done to a sample of version 4010`(_ name: String, guide: String) async throws {
    try await Self.compare(
      ["\(guide) \(name)": Self.older(Fixture.text(name), guide: guide)], mutants: Self.mutants / 4)
  }

  /// Rewrites a sample according to the guide of 4010.
  private static func older(_ text: String, guide: String) -> String {
    let changes = [
      ("*^*00501*", "*U*00401*"), ("005010X222A1", guide), ("005010X223A2", guide), ("*0001*\(guide)", "*0001"),
      (":B:", "::"),
      ("ABK:", "BK:"), ("ABF:", "BF:"), ("~\nHI*ABJ:", "*BJ:"), ("*PXC*", "*ZZ*"),
      ("OTHERGRP******", "OTHERGRP**C1****"),
      ("13:A:1**A*Y*Y", "13:A:1*Y*A*Y*Y*********N"),
    ]
    let changed = changes.reduce(text) { $0.replacing($1.0, with: $1.1) }
    let header = changed.firstRange(of: /BHT\*[^~]*~\s*/)?.upperBound ?? changed.endIndex
    return changed[..<header] + "REF*87*\(guide)~\n" + changed[header...]
  }

  @Test(.enabled(if: Corpus.folder != nil, "no corpus: set PAIDONCE_CORPUS"))
  func `both agree on what was done to files of others`() async throws {
    var samples: [String: String] = [:]
    for file in try Corpus.files() where Self.explained[file.lastPathComponent] == nil {
      let bytes = Array(try Data(contentsOf: file))
      let text = String(decoding: bytes, as: UTF8.self)
      guard Self.isOneTransaction(text), try Self.isRead(bytes), try GuideFault.all(in: bytes).isEmpty else { continue }
      samples[file.lastPathComponent] = text
    }
    #expect(samples.count >= 5)
    try await Self.compare(samples, mutants: Self.mutants / 2)
  }

  /// Whether the text is one transaction with the usual delimiters, so that it can be split without a reader.
  private static func isOneTransaction(_ text: String) -> Bool {
    text.hasPrefix("ISA*") && text.count(where: { $0 == "~" }) > 5
      && text.ranges(of: "~ST*").count + text.ranges(of: /~\s+ST\*/).count == 1
      && text.prefix(106).hasSuffix(":~")
  }

  private static func isRead(_ bytes: [UInt8]) throws -> Bool {
    let versions = try versions(in: bytes)
    return !versions.isEmpty
      && versions.allSatisfy { ["005010X222A1", "005010X223A2", "004010X098A1", "004010X096A1"].contains($0) }
  }

  /// - Parameter samples: files that both implementations accept, by name.
  private static func compare(_ samples: [String: String], mutants: Int) async throws {
    let seed = UInt64.random(in: 0...UInt64(UInt32.max))
    var random = SeededGenerator(seed: seed)
    var files: [String: [UInt8]] = [:]
    var changes: [String: String] = [:]
    for (index, sample) in samples.sorted(by: { $0.key < $1.key }).enumerated() {
      let whole = try Transaction(sample.value)
      files["\(index)-whole"] = whole.bytes
      changes["\(index)-whole"] = "\(sample.key) whole"
      for number in 1...(mutants / samples.count) {
        let (mutant, change) = whole.mutant(using: &random)
        files["\(index)-\(number)"] = mutant.bytes
        changes["\(index)-\(number)"] = samples.count == 1 ? change : "\(sample.key): \(change)"
      }
    }
    let folder = try #require(TemporaryFolderTrait.current)
    let theirs = try await X12Valid.verdicts(on: files, in: folder)
    #expect(theirs.count == files.count)
    #expect(files.keys.filter { $0.hasSuffix("-whole") }.allSatisfy { theirs[$0] == true })
    var (agreed, differing) = (0, [String]())
    var explained: [Difference: Int] = [:]
    for (name, bytes) in files {
      let ours = try GuideFault.all(in: bytes)
      if ours.isEmpty == theirs[name] {
        agreed += 1
      } else if let difference = Difference(
        in: bytes, changes[name] ?? "", ours: ours, theirs: theirs[name] ?? false)
      {
        explained[difference, default: 0] += 1
      } else {
        differing.append("\(changes[name] ?? ""): ours \(ours.map(\.short)), theirs \(theirs[name] ?? false)")
      }
    }
    print(
      "guide agreement, \(samples.keys.sorted().joined(separator: ", ")), seed \(seed): \(files.count) files, "
        + "\(agreed) agreed, explained: "
        + explained.map { "\($0.key.rawValue) \($0.value)" }.sorted().joined(separator: ", "))
    #expect(
      differing.isEmpty, "seed \(seed): \(differing.count): \(differing.sorted().prefix(40).joined(separator: "\n"))")
  }

  /// The files on which the two implementations differ, with the reasons.
  private static let explained = [
    "two-interchanges.x12": "prose before the ISA, which pyx12 does not pass over",
    "odd-delimiters.x12": "a byte order mark, and delimiters that pyx12 does not read",
    "oop_837P_5010_ST1309-XX.txt": "a byte order mark, which pyx12 does not pass over",
  ]

  /// For the files of the corpus and our own samples, both implementations give the same verdict if pyx12 has the
  /// guide.
  @Test(.enabled(if: Corpus.folder != nil, "no corpus: set PAIDONCE_CORPUS"))
  func `both say the same of the files of others, and of our samples`() async throws {
    var files: [String: [UInt8]] = [:]
    for file in try Corpus.files() { files[file.lastPathComponent] = Array(try Data(contentsOf: file)) }
    for name in Fixture.x12 + ["demo.837"] { files[name] = try Fixture.bytes(name) }
    files = try files.filter { _, bytes in try Self.isRead(bytes) }
    let folder = try #require(TemporaryFolderTrait.current)
    let theirs = try await X12Valid.verdicts(on: files, in: folder)
    var (agreed, differing) = (0, [String]())
    for (name, bytes) in files {
      let ours = try GuideFault.all(in: bytes)
      let envelope = try EnvelopeCheck.report(on: MemoryBytes(bytes)).fileFaults
      let isRefused = !ours.isEmpty || !envelope.isEmpty
      if isRefused == (theirs[name] == false) {
        agreed += 1
        #expect(Self.explained[name] == nil, "\(name) needs no explanation any longer")
      } else if Self.explained[name] != nil {
        continue
      } else {
        differing.append("\(name): ours \(ours.prefix(5).map(\.short)), theirs \(String(describing: theirs[name]))")
      }
    }
    print("guide agreement, files of others: \(files.count) files, \(agreed) agreed; \(differing)")
    #expect(differing.isEmpty, "\(differing.sorted().joined(separator: "\n"))")
  }

  /// The GS08 of each group.
  private static func versions(in bytes: [UInt8]) throws -> [String] {
    var tokenizer = X12Tokenizer(MemoryBytes(bytes))
    var segment = X12Segment()
    var versions: [String] = []
    while try tokenizer.advance() {
      guard tokenizer.name == "GS" else { continue }
      tokenizer.read(into: &segment)
      versions.append(segment.text(8) ?? "")
    }
    return versions
  }
}

/// Differences for which both implementations have a reason.
private enum Difference: String, Hashable {
  /// Blank elements at the end of a segment: X12.6 forbids them, but nothing is lost.
  case blankEnd
  /// A loop that begins again at once: pyx12 does not check that the first one is complete.
  case loopWithoutContent
  /// A caret: it is text in 4010, but pyx12 does not count it in the basic character set.
  case caretOf4010
  /// A repetition separator in an element that does not repeat: pyx12 reads it as text.
  case separatorAsText
  /// The required first part of an optional composite: pyx12 does not require it when other parts are present.
  case partOfSituationalComposite
  /// Assigned numbers of institutional lines: pyx12 checks them on professional claims only.
  case countOfInstitutionalLines
  /// Loops at the same position of the standard: their order is free, but pyx12 requires the guide's order.
  case loopsOfOnePosition

  init?(in bytes: [UInt8], _ change: String, ours: [GuideFault], theirs: Bool) {
    let text = String(decoding: bytes, as: UTF8.self)
    let counted = ours.filter { $0.element?.code != .patternMismatch }
    let isInstitutional = text.contains("005010X223")
    if theirs, isInstitutional, counted.isEmpty, !ours.isEmpty {
      self = .countOfInstitutionalLines
      return
    }
    let ours = isInstitutional ? counted : ours
    let segments = text.split(separator: "\n").map { $0.dropLast() }
    if ours.isEmpty, segments.contains(where: { $0.hasSuffix("*") }) {
      self = .blankEnd
    } else if ours.isEmpty, change.hasSuffix("repeated"), text.contains("*U*00401*") {
      self = .caretOf4010
    } else if theirs, change.hasSuffix("repeated"), ours.allSatisfy({ $0.element?.code == .invalidCharacter }) {
      self = .separatorAsText
    } else if theirs, !ours.isEmpty,
      ours.allSatisfy({ $0.element?.component == 1 && $0.element?.code == .requiredMissing })
    {
      self = .partOfSituationalComposite
    } else if ours.isEmpty, change.contains(": NM1*"), change.contains("moved to") {
      self = .loopsOfOnePosition
    } else if theirs, !ours.isEmpty, ours.allSatisfy({ $0.code == .requiredMissing }),
      zip(segments, segments.dropFirst()).contains(where: { $0 == $1 })
    {
      self = .loopWithoutContent
    } else {
      return nil
    }
  }
}

/// One transaction with its envelope, as text.
private struct Transaction {
  private let head: [String]
  private var segments: [[String]]
  private let tail: [String]

  /// - Parameter text: one interchange with one transaction and the usual delimiters.
  init(_ text: String) throws {
    let all = text.split(separator: "~").map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
      .filter { !$0.isEmpty }
    let start = try #require(all.firstIndex { $0.hasPrefix("ST*") })
    let end = try #require(all.firstIndex { $0.hasPrefix("SE*") })
    head = Array(all[..<start])
    segments = all[start..<end].map { $0.split(separator: "*", omittingEmptySubsequences: false).map(String.init) }
    tail = Array(all[(end + 1)...])
  }

  /// The bytes, with a trailer that counts the segments.
  var bytes: [UInt8] {
    let body = segments.map { $0.joined(separator: "*") } + ["SE*\(segments.count + 1)*\(segments[0][2])"]
    return Array(((head + body + tail).joined(separator: "~\n") + "~\n").utf8)
  }

  /// Returns a copy with one change below the header, and a description of the change.
  func mutant(using random: inout SeededGenerator) -> (Transaction, String) {
    var mutant = self
    let index = Int.random(in: 2..<segments.count, using: &random)
    let segment = segments[index]
    let element = segment.count > 1 ? Int.random(in: 1..<segment.count, using: &random) : 0
    let change: String
    switch Int.random(in: 0..<13, using: &random) {
    case 0:
      mutant.segments.remove(at: index)
      change = "dropped"
    case 1:
      mutant.segments.insert(segment, at: index)
      change = "doubled"
    case 2:
      let other = Int.random(in: 2..<segments.count - 1, using: &random)
      mutant.segments.remove(at: index)
      mutant.segments.insert(segment, at: other)
      change = "moved to \(other)"
    case 3:
      mutant.segments[index][element] = ""
      change = "\(element) emptied"
    case 4:
      mutant.segments[index].remove(at: element)
      change = "\(element) removed"
    case 5:
      mutant.segments[index][element] += String(repeating: "9", count: 90)
      change = "\(element) lengthened"
    case 6:
      mutant.segments[index][element] = "ZQ"
      change = "\(element) is ZQ"
    case 7:
      mutant.segments[index] += ["", "X"]
      change = "one element more"
    case 8:
      mutant.segments[index][element] += "^" + segment[element]
      change = "\(element) repeated"
    case 9, 10:
      change = mutant.changeComponent(of: element, in: index, using: &random)
    case 11:
      let loops = loops
      let first = Int.random(in: 0..<loops.count, using: &random)
      let second = (first + 1) % loops.count
      guard loops[first].upperBound == loops[second].lowerBound else { return self.mutant(using: &random) }
      mutant.segments.replaceSubrange(
        loops[first].lowerBound..<loops[second].upperBound, with: segments[loops[second]] + segments[loops[first]])
      return (
        mutant, "\(loops[first]): \(segments[loops[first].lowerBound].joined(separator: "*")): loop moved to \(second)"
      )
    default:
      let loops = loops
      let loop = loops[Int.random(in: 0..<loops.count, using: &random)]
      mutant.segments.insert(contentsOf: segments[loop], at: loop.upperBound)
      return (mutant, "\(loop): \(segments[loop.lowerBound].joined(separator: "*")): loop doubled")
    }
    return (mutant, "\(index): \(segment.joined(separator: "*")): \(change)")
  }

  /// The ranges from the first segment of each loop up to the next loop.
  private var loops: [Range<Int>] {
    let begins: Set<String> = ["HL", "NM1", "CLM", "LX", "SBR", "SVD", "LIN"]
    let starts = segments.indices.dropFirst(2).filter { begins.contains(segments[$0][0]) }
    return zip(starts, starts.dropFirst() + [segments.count]).map { $0..<$1 }
  }

  private mutating func changeComponent(
    of element: Int, in index: Int, using random: inout SeededGenerator
  ) -> String {
    var parts = segments[index][element].split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let part = Int.random(in: 0..<parts.count, using: &random)
    let change: String
    switch Int.random(in: 0..<4, using: &random) {
    case 0:
      parts[part] = ""
      change = "emptied"
    case 1:
      parts.remove(at: part)
      change = "removed"
    case 2:
      parts[part] += "99999999999999999999999999999999"
      change = "lengthened"
    default:
      parts.insert("ZQ", at: part)
      change = "put before it"
    }
    segments[index][element] = parts.joined(separator: ":")
    return "\(element)-\(part + 1) \(change)"
  }
}
