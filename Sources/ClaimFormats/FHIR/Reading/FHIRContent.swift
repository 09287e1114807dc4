/// What a FHIR file is for.
package enum FHIRContent {
  case claims
  case enrollments
  case eligibilityRequest

  /// Finds it by the resources in the file. Claims and requests come with Coverages of their own.
  ///
  /// - Returns: `claims` also for a file with resources of none of these kinds.
  /// - Throws: `InputError` when the source cannot be read.
  package init(of source: any ClaimBytes) throws(InputError) {
    var scanner = FHIRScanner(source)
    var (hasCoverage, hasRequest) = (false, false)
    while let found = try scanner.next() {
      switch found.type {
      case "Claim":
        self = .claims
        return
      case "CoverageEligibilityRequest": hasRequest = true
      case "Coverage": hasCoverage = true
      default: break
      }
    }
    self = hasRequest ? .eligibilityRequest : hasCoverage ? .enrollments : .claims
  }
}
