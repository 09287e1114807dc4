import ClaimsDomain

extension FHIRClaim {
  /// The providers who treat, of those in `careTeam`.
  struct CareTeam {
    /// The claim's own; nil when the billing provider treats, or each line names its own.
    let claims: Provider?
    fileprivate let renderers: [Int: Provider]
    fileprivate let members: Set<Int>
    /// Whether each line has to name one, since nothing says which of several is the claim's own.
    fileprivate let isOpen: Bool
  }

  private static let rendering: Set = ["rendering", "performing"]

  private struct Member {
    let sequence: Int
    let role: String?
    let element: FHIRElement
  }

  /// Who treats: those whose role is rendering or performing, or else primary. The only member of a professional claim's
  /// team needs no role. The claim's own is the one who is responsible; the only one is, unless the claim says not.
  func careTeam(_ kind: ClaimKind) throws(FHIRProblem) -> CareTeam {
    let members = try teamMembers()
    if kind == .professional, members.count > 1, let member = members.first(where: { $0.role == nil }) {
      throw member.element.problem("role", "it does not say who treats: several are named")
    }
    var treating = members.filter { $0.role.map(Self.rendering.contains) ?? false }
    if treating.isEmpty { treating = members.filter { $0.role == "primary" } }
    if treating.isEmpty, kind == .professional { treating = members.filter { $0.role == nil } }
    var renderers: [Int: Provider] = [:]
    var responsible: [Int: Bool] = [:]
    for member in treating {
      guard let reference = try member.element.child("provider") else {
        throw member.element.problem("provider", "is missing")
      }
      renderers[member.sequence] = try provider(at: reference)
      responsible[member.sequence] = try member.element.bool("responsible") ?? (treating.count == 1 ? true : nil)
    }
    let own = responsible.filter(\.value).keys
    guard own.count <= 1 else { throw root.problem("careTeam", "several who treat are responsible for the claim") }
    return CareTeam(
      claims: own.first.flatMap { renderers[$0] }, renderers: renderers, members: Set(members.map(\.sequence)),
      isOpen: own.isEmpty && responsible.count < treating.count)
  }

  private func teamMembers() throws(FHIRProblem) -> [Member] {
    let problems = FHIRProblemList()
    var members: [Member] = []
    for element in try root.list("careTeam") {
      problems.attempt { () throws(FHIRProblem) in try FHIRShape.careTeam.check(element) }
      problems.attempt { () throws(FHIRProblem) in
        guard let sequence = try element.positive("sequence") else { throw element.problem("sequence", "is missing") }
        guard !members.contains(where: { $0.sequence == sequence }) else {
          throw element.problem("sequence", "two members have this number")
        }
        var role: String?
        if element.has("role") { role = try element.code("role", of: .careTeamRole).lowercased() }
        members.append(Member(sequence: sequence, role: role, element: element))
      }
    }
    return try problems.result(members)
  }
}

extension FHIRClaim.CareTeam {
  /// Returns who treats on a line, if not the claim's own.
  func provider(of line: FHIRElement) throws(FHIRProblem) -> Provider? {
    let sequences = Set(try line.positives("careTeamSequence"))
    guard sequences.isSubset(of: members) else {
      throw line.problem("careTeamSequence", "it points to nobody of the care team")
    }
    let own = sequences.compactMap { renderers[$0] }
    guard own.count <= 1 else { throw line.problem("careTeamSequence", "several treat on this line") }
    guard let provider = own.first else {
      guard !isOpen else {
        throw line.problem("careTeamSequence", "it does not say which of several providers treats")
      }
      return nil
    }
    return provider == claims ? nil : provider
  }
}
