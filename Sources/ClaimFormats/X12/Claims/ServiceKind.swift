internal import ClaimsDomain

/// Which of the three 837s a service segment belongs to.
enum ServiceKind: Hashable {
  case billable(ClaimKind)
  /// SV3: we do not pay dental claims.
  case dental

  init?(_ segment: X12Code) {
    switch segment {
    case "SV1": self = .billable(.professional)
    case "SV2": self = .billable(.institutional)
    case "SV3": self = .dental
    default: return nil
    }
  }
}
