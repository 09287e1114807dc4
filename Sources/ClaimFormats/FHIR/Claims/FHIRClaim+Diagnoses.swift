import ClaimsDomain
import StrictText

extension FHIRClaim {
  /// The diagnoses of a claim, principal first.
  struct Diagnoses {
    let codes: [String]
    /// The positions in `codes`, from 1, by `diagnosis.sequence`.
    fileprivate let positions: [Int: Int]
  }

  /// Types of diagnoses that do not affect the decision: they are no diagnoses of the claim in X12 either (HI*BJ, BN, PR).
  private static let unused: Set = ["admitting", "externalcause", "externalcauseofinjury", "patientreasonforvisit"]

  func diagnoses(_ kind: ClaimKind) throws(FHIRProblem) -> Diagnoses {
    var found: [(sequence: Int, code: String, isPrincipal: Bool)] = []
    var sequences: Set<Int> = []
    let problems = FHIRProblemList()
    for diagnosis in try root.list("diagnosis") {
      problems.attempt { () throws(FHIRProblem) in try FHIRShape.diagnosis.check(diagnosis) }
      problems.attempt { () throws(FHIRProblem) in
        guard let read = try Self.diagnosis(diagnosis, &sequences) else { return }
        guard !read.isPrincipal || !found.contains(where: \.isPrincipal) else {
          throw diagnosis.problem("type", "the claim has two principal diagnoses")
        }
        found.append(read)
      }
    }
    try problems.result(())
    guard !found.isEmpty else { throw root.problem("diagnosis", "the claim has no diagnosis") }
    guard found.count <= kind.diagnosisLimit else {
      throw root.problem(
        "diagnosis", "the claim has \(found.count) diagnoses; \(kind.rawValue) claims may have \(kind.diagnosisLimit)")
    }
    found.sort { $0.isPrincipal != $1.isPrincipal ? $0.isPrincipal : $0.sequence < $1.sequence }
    let positions = found.enumerated().map { ($1.sequence, $0 + 1) }
    return Diagnoses(codes: found.map(\.code), positions: Dictionary(uniqueKeysWithValues: positions))
  }

  /// - Returns: nil for a diagnosis that does not affect the decision.
  private static func diagnosis(
    _ diagnosis: FHIRElement, _ sequences: inout Set<Int>
  ) throws(FHIRProblem) -> (sequence: Int, code: String, isPrincipal: Bool)? {
    guard let sequence = try diagnosis.positive("sequence") else { throw diagnosis.problem("sequence", "is missing") }
    guard sequences.insert(sequence).inserted else {
      throw diagnosis.problem("sequence", "two diagnoses have this number")
    }
    let types = try diagnosis.codes("type", of: .diagnosisType).map { $0.lowercased() }
    let isPrincipal = types.contains("principal")
    if !isPrincipal, types.contains(where: unused.contains) { return nil }
    let code = try diagnosis.code("diagnosisCodeableConcept", of: .diagnosis).capitals.filter { $0 != "." }
    return (sequence, code, isPrincipal)
  }
}

extension FHIRClaim.Diagnoses {
  /// Returns the positions of the diagnoses that a line points to, four at most; a professional service has at least one
  /// (TR3 005010X222, SV107).
  func pointers(of line: FHIRElement, _ kind: ClaimKind) throws(FHIRProblem) -> [Int] {
    var pointers: [Int] = []
    for (index, sequence) in try line.positives("diagnosisSequence").enumerated() {
      guard let position = positions[sequence] else {
        throw line.problem("diagnosisSequence[\(index)]", "it points to no diagnosis of the claim")
      }
      pointers.append(position)
    }
    guard pointers.count <= 4 else {
      throw line.problem("diagnosisSequence", "a line points to four diagnoses at most")
    }
    if kind == .professional, pointers.isEmpty {
      throw line.problem(
        "diagnosisSequence", "a professional service points to at least one of the claim's diagnoses")
    }
    return pointers
  }
}
