/// How often one fault of a plan has struck. One that never did was not tested by whatever ran.
package struct FaultCount: Hashable, Sendable, Codable {
  /// As it is written in the plan.
  package let fault: String
  package let fired: Int
}
