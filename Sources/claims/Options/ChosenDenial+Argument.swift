import ArgumentParser
import ClaimsDomain

extension ChosenDenial: ExpressibleByArgument {
  /// `CO-16`. 42 and A2 were retired long ago: they are read, and never written.
  public init?(argument: String) {
    guard let match = argument.wholeMatch(of: /(CO|PR|OA|PI)-([A-Z]?[0-9]{1,3})/),
      let group = AdjustmentGroup(rawValue: String(match.1)), !["42", "A2"].contains(match.2)
    else { return nil }
    self.init(group: group, reason: String(match.2))
  }
}
