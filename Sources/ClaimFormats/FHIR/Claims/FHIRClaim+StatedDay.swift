import ClaimsDomain

extension FHIRClaim {
  /// - Parameter number: The position of the claim's resource in its file, from 1.
  func statedDay(inRecord number: Int) -> StatedDay {
    func place(_ element: String) -> SourceLocation { SourceLocation(.record, number, element: element) }
    do throws(FHIRProblem) {
      guard let day = try root.day("created") else { throw root.problem("created", "is missing") }
      return .day(day, at: place("\(root.place).created"))
    } catch {
      return .unknown(at: place(error.place), reason: error.reason)
    }
  }
}
