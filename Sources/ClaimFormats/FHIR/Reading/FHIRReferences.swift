import ClaimsDomain
import Crypto
import StrictText

/// The resources that one resource refers to, read from its file. They are all read before anything is decided about it.
struct FHIRReferences {
  private enum Target {
    case resource(FHIRElement)
    case missing(reason: String)
  }

  private var targets: [String: Target] = [:]
  /// Whether there are more than are read. None is followed then, since which ones would be chance.
  private var isOverfull = false

  /// - Parameter base: The full URL of the resource.
  /// - Throws: `InputError` when the source cannot be read.
  init(
    of resource: FHIRElement, base: String?, index: FHIRIndex, source: any ClaimBytes
  ) throws(InputError) {
    var open = Self.references(in: resource.value)
    for _ in 0..<FHIRLimits.referenceDepth {
      var found: [String] = []
      for reference in open where targets[reference] == nil && !reference.hasPrefix("#") {
        guard targets.count < FHIRLimits.references else {
          isOverfull = true
          return
        }
        let target = try Self.target(of: reference, base, index, source)
        targets[reference] = target
        if case .resource(let resource) = target { found += Self.references(in: resource.value) }
      }
      open = found
    }
  }

  private static func target(
    of reference: String, _ base: String?, _ index: FHIRIndex, _ source: any ClaimBytes
  ) throws(InputError) -> Target {
    switch index.place(of: reference, from: base) {
    case .none: return .missing(reason: "it refers to a resource that is not in the file; send the two together")
    case .twice: return .missing(reason: "it refers to a resource that is in the file twice")
    case .unknown:
      return .missing(
        reason:
          "it refers to a resource that is not among the first \(FHIRLimits.resources) of the file; send less at once")
    case .at(let range):
      guard range.count <= FHIRLimits.resourceLength else {
        return .missing(reason: "it refers to a resource of more than \(FHIRLimits.resourceLength >> 10) KB")
      }
      let bytes = try source.bytes(in: range)
      do throws(StrictJSON.Defect) {
        return .resource(FHIRElement(resource: try FHIRValue(parsing: bytes)))
      } catch {
        let whole = error.place == nil ? "" : " of the resource"
        return .missing(reason: "the resource that it refers to \(error.reason)\(whole)")
      }
    }
  }

  private static func references(in value: FHIRValue) -> [String] {
    switch value {
    case .object(let members):
      members.flatMap { name, value in
        if name == "reference", let text = value.text { [text] } else { references(in: value) }
      }
    case .list(let values): values.flatMap { references(in: $0) }
    case .text, .number, .bool, .null: []
    }
  }

  /// Returns the resource that a Reference names; nil when it names none.
  ///
  /// - Throws: `FHIRProblem` when it names one that is not there.
  func resource(_ name: String, of element: FHIRElement) throws(FHIRProblem) -> FHIRElement? {
    try element.child(name).flatMap { reference throws(FHIRProblem) in try resource(at: reference) }
  }

  func resource(at reference: FHIRElement) throws(FHIRProblem) -> FHIRElement? {
    guard let name = try reference.text("reference") else { return nil }
    guard !isOverfull else {
      throw reference.problem("reference", "it is one of more than \(FHIRLimits.references) references")
    }
    if name.hasPrefix("#") {
      guard let contained = reference.contained(String(name.dropFirst())) else {
        throw reference.problem("reference", "no contained resource has this id")
      }
      guard contained.value != .null else {
        throw reference.problem("reference", "two contained resources have this id")
      }
      return contained
    }
    switch targets[name] {
    case .resource(let resource): return resource
    case .missing(let reason): throw reference.problem("reference", reason)
    case nil: throw reference.problem("reference", "it refers to too many resources in a row")
    }
  }
}

// MARK: The digest

extension FHIRReferences {
  /// SHA-256 of a resource's own content in canonical form, with the resources that it refers to in place of their names.
  ///
  /// What a server gives a resource (id, version, narrative) is left out, so that the same claim in another bundle, or from
  /// another server, has the same digest.
  ///
  /// - Parameter prefix: What makes it another effect, such as a test.
  func digest(of resource: FHIRElement, prefix: String = "") -> String {
    var digests: [String: String] = [:]
    var hash = SHA256()
    hash.update(data: Array(prefix.utf8) + own(resource, named: "", depth: 0, &digests).canonical)
    return hash.finalize().hex
  }

  /// - Parameter digests: The digests of resources that were already found, by depth and name.
  private func own(
    _ resource: FHIRElement, named name: String, depth: Int, _ digests: inout [String: String]
  ) -> FHIRValue {
    guard case .object(var members) = resource.value else { return resource.value }
    for name in ["id", "meta", "text", "language", "contained"] { members[name] = nil }
    return inlined(.object(members), of: resource, named: name, depth, &digests)
  }

  private func inlined(
    _ value: FHIRValue, of resource: FHIRElement, named owner: String, _ depth: Int, _ digests: inout [String: String]
  ) -> FHIRValue {
    switch value {
    case .object(let members):
      if let name = members["reference"]?.text, depth < FHIRLimits.referenceDepth,
        let target = target(named: name, in: resource)
      {
        let key = "\(depth) \(name.hasPrefix("#") ? owner : "") \(name)"
        let digest =
          digests[key] ?? SHA256.hash(data: own(target, named: name, depth: depth + 1, &digests).canonical).hex
        digests[key] = digest
        return .object(["resource": .text(digest)])
      }
      return .object(members.mapValues { inlined($0, of: resource, named: owner, depth, &digests) })
    case .list(let values):
      return .list(values.map { inlined($0, of: resource, named: owner, depth, &digests) })
    case .text, .number, .bool, .null: return value
    }
  }

  private func target(named name: String, in resource: FHIRElement) -> FHIRElement? {
    if name.hasPrefix("#") { return resource.contained(String(name.dropFirst())) }
    guard case .resource(let target) = targets[name] else { return nil }
    return target
  }
}

extension ClaimBytes {
  /// Returns the bytes of a range, or those that there are.
  ///
  /// - Throws: `InputError` when the system cannot continue reading.
  package func bytes(in range: Range<Int>) throws(InputError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: range.count)
    var filled = 0
    while filled < bytes.count {
      let from = filled
      let count = try bytes.withUnsafeMutableBufferPointer { buffer throws(InputError) in
        try read(
          at: range.lowerBound + from,
          into: UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[from...])))
      }
      if count == 0 { break }
      filled += count
    }
    return Array(bytes[..<filled])
  }
}
