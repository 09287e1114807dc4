package import ClaimsDomain

/// A trading partner's profile as YAML: `sender` (ISA06, or `"*"` for all others), optionally `application` (GS02) and
/// `usage`, and the severity of each check.
package struct PartnerFile {
  private let file: SourceFile

  package init(_ file: SourceFile) {
    self.file = file
  }

  /// - Throws: `PlanFileError` for the first error found.
  package func profile() throws(PlanFileError) -> PartnerProfile {
    let object = try YAMLObject(
      YAMLText(file: file).root(), named: "the profile",
      keys: ["sender", "application", "usage", "checks", "guide", "guide_errors", "guide_warnings"],
      in: file.name)
    return PartnerProfile(
      partner: try partner(of: object),
      usage: try object.value("usage", .choice(Self.words(PartnerProfile.Usage.self))),
      severities: try severities(of: object), guide: try guide(of: object))
  }

  /// `guide` is standard or strict; `guide_errors` and `guide_warnings` list the checks that differ from that profile.
  private func guide(of object: YAMLObject) throws(PlanFileError) -> GuideChecks {
    var checks = GuideChecks(try object.value("guide", .choice(Self.words(GuideChecks.Profile.self))) ?? .standard)
    for (key, isError) in [("guide_errors", true), ("guide_warnings", false)] {
      for text in try object.values(key, .text) {
        guard let place = GuideChecks.Place(parsing: text),
          ImplementationGuide.claims.contains(where: { $0.has(place) })
        else {
          throw object.error(
            at: key, "\"\(text.prefix(40))\" is no segment or element of a guide",
            advice: "write the loop and the segment or element, such as 2010AA PER or 2400 SV104")
        }
        checks.moved[place] = isError
      }
    }
    return checks
  }

  /// - Throws: `PlanFileError` for the first error found, or for a sender with two profiles.
  package static func profiles(of files: [SourceFile]) throws(PlanFileError) -> PartnerProfiles {
    var profiles: [PartnerProfile] = []
    for file in files {
      let profile = try PartnerFile(file).profile()
      guard !profiles.contains(where: { $0.partner == profile.partner }) else {
        throw PlanFileError(
          file: file.name, reason: "another file has a profile of this sender too", advice: "keep one of them")
      }
      profiles.append(profile)
    }
    return PartnerProfiles(profiles)
  }

  private func partner(of object: YAMLObject) throws(PlanFileError) -> PartnerProfile.Partner {
    let sender = try object.require("sender", .text)
    let application = try object.value("application", .text)
    guard sender == "*" else { return .sender(sender, application: application) }
    guard application == nil else {
      throw object.error(at: "application", "all others have no application in common", advice: "leave it out")
    }
    return .others
  }

  private func severities(of object: YAMLObject) throws(PlanFileError) -> [PartnerCheck: PartnerCheck.Severity] {
    guard let checks = try object.object("checks", keys: PartnerCheck.allCases.map(\.rawValue)) else { return [:] }
    var severities: [PartnerCheck: PartnerCheck.Severity] = [:]
    for check in PartnerCheck.allCases {
      severities[check] = try checks.value(check.rawValue, .choice(Self.words(PartnerCheck.Severity.self)))
    }
    return severities
  }

  private static func words<Word: CaseIterable & RawRepresentable<String>>(_ type: Word.Type) -> [String: Word] {
    Dictionary(uniqueKeysWithValues: Word.allCases.map { ($0.rawValue, $0) })
  }
}
