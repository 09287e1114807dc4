import ClaimFormats
import ClaimsDomain

/// The complete result of auditing some bytes.
struct Audited: Equatable {
  let refusal: FileFault?
  let envelope: [FileFault]
  let verdicts: [RemittanceVerdict]

  init(_ bytes: some Sequence<UInt8>, longestRead: Int = .max) throws {
    var audit = try RemittanceFileAudit(MemoryBytes(bytes, longestRead: longestRead))
    (refusal, envelope) = (audit.refusal, audit.envelopeFaults)
    var verdicts: [RemittanceVerdict] = []
    while let verdict = try audit.next() { verdicts.append(verdict) }
    self.verdicts = verdicts
  }

  init(_ text: String) throws { try self.init(text.utf8) }

  var isClean: Bool {
    refusal == nil && envelope.isEmpty && !verdicts.isEmpty && verdicts.allSatisfy(\.isBalanced)
  }

  var findings: [RemittanceFinding] { verdicts.flatMap(\.findings) }

  /// The level, place and difference of each finding, such as `line 1.2 -0.01`.
  var sums: [String] {
    findings.map { finding in
      let place = [finding.claim, finding.line].compactMap { $0.map(String.init) }.joined(separator: ".")
      let difference = finding.sum?.difference.description ?? "unreadable"
      return [finding.level.rawValue, place, difference].filter { !$0.isEmpty }.joined(separator: " ")
    }
  }
}
