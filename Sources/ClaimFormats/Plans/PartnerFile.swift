package import ClaimsDomain

/// A trading partner's profile as YAML: `sender` (ISA06, or `"*"` for all others), optionally `application` (GS02) and
/// `usage`, and the severity of each check.
package struct PartnerFile {
  private let file: SourceFile

  package init(_ file: SourceFile) {
    self.file = file
  }

  private static let keys = ["sender", "application", "usage", "checks", "guide", "guide_errors", "guide_warnings"]

  /// - Throws: `PlanFileError` for all errors found.
  package func profile() throws(PlanFileError) -> PartnerProfile {
    let faults = FaultList()
    let root = try YAMLText(file: file).root()
    let object = YAMLObject(root, named: "the profile", keys: Self.keys, in: file.name, faults)
    return try faults.result(object.flatMap(profile))
  }

  private func profile(_ object: YAMLObject) -> PartnerProfile? {
    let usage = object.value("usage", .choice(of: PartnerProfile.Usage.self))
    let (severities, guide) = (severities(of: object), guide(of: object))
    return partner(of: object).map {
      PartnerProfile(partner: $0, usage: usage, severities: severities, guide: guide)
    }
  }

  /// `guide` is standard or strict; `guide_errors` and `guide_warnings` list the checks that differ from that profile.
  private func guide(of object: YAMLObject) -> GuideChecks {
    var checks = GuideChecks(object.value("guide", .choice(of: GuideChecks.Profile.self)) ?? .standard)
    for (key, isError) in [("guide_errors", true), ("guide_warnings", false)] {
      for text in object.values(key, .text) {
        if let place = GuideChecks.Place(parsing: text),
          ImplementationGuide.claims.contains(where: { $0.has(place) })
        {
          checks.moved[place] = isError
        } else {
          object.note(
            at: key, "\"\(text.prefix(40))\" is no segment or element of a guide",
            advice: "write the loop and the segment or element, such as 2010AA PER or 2400 SV104")
        }
      }
    }
    return checks
  }

  /// - Throws: `PlanFileError` for all errors found, or for a sender with two profiles.
  package static func profiles(of files: [SourceFile]) throws(PlanFileError) -> PartnerProfiles {
    let faults = FaultList()
    var profiles: [PartnerProfile] = []
    for file in files {
      guard let profile = faults.attempt({ () throws(PlanFileError) in try PartnerFile(file).profile() }) else {
        continue
      }
      if profiles.contains(where: { $0.partner == profile.partner }) {
        faults.note(
          PlanFileError(
            file: file.name, reason: "another file has a profile of this sender too", advice: "keep one of them"))
      }
      profiles.append(profile)
    }
    return try faults.result(PartnerProfiles(profiles))
  }

  private func partner(of object: YAMLObject) -> PartnerProfile.Partner? {
    guard let sender = object.require("sender", .text) else { return nil }
    let application = object.value("application", .text)
    guard sender == "*" else { return .sender(sender, application: application) }
    if application != nil {
      object.note(at: "application", "all others have no application in common", advice: "leave it out")
    }
    return .others
  }

  private func severities(of object: YAMLObject) -> [PartnerCheck: PartnerCheck.Severity] {
    guard let checks = object.object("checks", keys: PartnerCheck.allCases.map(\.rawValue)) else { return [:] }
    var severities: [PartnerCheck: PartnerCheck.Severity] = [:]
    for check in PartnerCheck.allCases {
      severities[check] = checks.value(check.rawValue, .choice(of: PartnerCheck.Severity.self))
    }
    return severities
  }
}
